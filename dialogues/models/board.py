"""A board: the shared surface of one World Café, its tables, rounds and the people at them."""

from __future__ import annotations

import secrets
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import Badge, BoardFormat, Moderation, Phase, RoundState
from portal.models import SampleModel, TimeStampedModel

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 O 1 I L: read aloud and typed from a wall
CODE_LENGTH = 5


def new_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))


class Board(SampleModel, TimeStampedModel):
    """`seq` numbers everything that happens here without a gap; `epoch` changes on restore or reset (LIVE.md)."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    event = models.ForeignKey("dialogues.Event", null=True, blank=True, on_delete=models.CASCADE, related_name="boards")
    title = models.CharField(_("Titel"), max_length=200)
    format = models.CharField(_("Form"), max_length=10, choices=BoardFormat, default=BoardFormat.WORLDCAFE)
    epoch = models.UUIDField(default=uuid4, editable=False)
    seq = models.BigIntegerField(default=0, editable=False)
    phase = models.CharField(_("Phase"), max_length=10, choices=Phase, default=Phase.LOBBY)
    moderation = models.CharField(_("Moderation"), max_length=10, choices=Moderation, default=Moderation.AFTER)
    vote_budget = models.PositiveSmallIntegerField(_("Punkte je Person und Runde"), default=3)
    totals_hidden = models.BooleanField(_("Punkte erst nach der Abstimmung zeigen"), default=False)
    seat_limit = models.PositiveSmallIntegerField(_("Plätze je Tisch"), null=True, blank=True, default=8)
    is_practice = models.BooleanField(_("Probelauf"), default=False)
    simulated_guests = models.PositiveSmallIntegerField(_("erfundene Gäste"), default=0)
    observers_allowed = models.BooleanField(_("Zuschauen von zu Hause"), default=False)
    rotation = models.JSONField(_("Plan der Tischwechsel"), null=True, blank=True, editable=False)
    access_version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = _("Tafel")
        verbose_name_plural = _("Tafeln")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return self.title

    @property
    def socket_path(self) -> str:
        return f"/ws/board/{self.uuid}/"


class Table(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="tables")
    number = models.PositiveSmallIntegerField(_("Tisch"))
    code = models.CharField(_("Code"), max_length=12, unique=True, default=new_code)
    host = models.ForeignKey(
        "dialogues.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="hosted_tables"
    )
    help_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("Tisch")
        verbose_name_plural = _("Tische")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=["board", "number"], name="table_number_unique_on_board")]

    def __str__(self) -> str:
        return f"{_('Tisch')} {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("dialogues:table-join", args=[self.code])


class Round(models.Model):
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("Runde"))
    question = models.CharField(_("Frage"), max_length=300, blank=True)
    question_en = models.CharField(_("Frage auf Englisch"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=RoundState, default=RoundState.PLANNED)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Runde")
        verbose_name_plural = _("Runden")
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["board", "number"], name="round_number_unique_on_board"),
            models.UniqueConstraint(
                fields=["board"], condition=Q(state=RoundState.RUNNING), name="one_running_round_per_board"
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Runde')} {self.number}"

    @property
    def seconds_left(self) -> int:
        if self.state != RoundState.RUNNING or self.ends_at is None:
            return 0
        return max(0, int((self.ends_at - (self.paused_at or timezone.now())).total_seconds()))


class Participant(models.Model):
    """A guest at a table: a pseudonym and a signed token, no account. `slot` is the place in the rotation plan."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="participants")
    table = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="participants")
    pseudonym = models.CharField(_("Name am Tisch"), max_length=40)
    token_hash = models.CharField(max_length=64, editable=False)
    blocked = models.BooleanField(default=False)
    badge = models.CharField(_("Abzeichen"), max_length=10, choices=Badge, blank=True)
    slot = models.PositiveIntegerField(null=True, blank=True, editable=False)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    feedback_given = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("Gast")
        verbose_name_plural = _("Gäste")
        indexes = [models.Index(fields=["table", "blocked"])]

    def __str__(self) -> str:
        return self.pseudonym


class Handover(models.Model):
    """What the table's host passes on to the guests of the next round."""

    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="handovers")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="handovers")
    text = models.TextField(_("Übergabe"), max_length=1000)

    class Meta:
        verbose_name = _("Übergabe")
        verbose_name_plural = _("Übergaben")
        ordering = ("round__number",)
        constraints = [models.UniqueConstraint(fields=["table", "round"], name="one_handover_per_table_and_round")]

    def __str__(self) -> str:
        return self.text[:60]
