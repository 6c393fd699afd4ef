"""What guests write and how they weigh it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dialogues.enums import AnswerState, CardKind, CardState, HideReason
from dialogues.models.board import Board, Participant, Round, Table
from portal.models import SampleModel

TEXT_LIMIT = 500
TITLE_LIMIT = 120
REPLY_LIMIT = 200


class Cluster(models.Model):
    """A group of cards. Dissolving it keeps the cards and the votes."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="clusters")
    table = models.ForeignKey(Table, null=True, blank=True, on_delete=models.CASCADE, related_name="clusters")
    title = models.CharField(_("Titel"), max_length=TITLE_LIMIT)
    votes = models.PositiveIntegerField(default=0)
    dissolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Gruppe von Karten")
        verbose_name_plural = _("Gruppen von Karten")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.title


class Card(SampleModel):
    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="cards")
    table = models.ForeignKey(Table, on_delete=models.CASCADE, related_name="cards")
    round = models.ForeignKey(Round, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards")
    participant = models.ForeignKey(Participant, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards")
    text = models.CharField(_("Text"), max_length=TEXT_LIMIT)
    kind = models.CharField(_("Art"), max_length=10, choices=CardKind, default=CardKind.IDEA)
    state = models.CharField(_("Stand"), max_length=10, choices=CardState, default=CardState.VISIBLE)
    hidden_reason = models.CharField(max_length=10, choices=HideReason, blank=True)
    hidden_note = models.CharField(max_length=200, blank=True)
    reply_to = models.ForeignKey("self", null=True, blank=True, on_delete=models.SET_NULL, related_name="replies")
    answer = models.CharField(_("Antwort auf dem Podium"), max_length=10, choices=AnswerState, blank=True)
    paper = models.BooleanField(_("von Papier abgeschrieben"), default=False)
    lang = models.CharField(_("Sprache"), max_length=8, default="de")
    cluster = models.ForeignKey(Cluster, null=True, blank=True, on_delete=models.SET_NULL, related_name="cards")
    x = models.FloatField(default=0)
    y = models.FloatField(default=0)
    pinned = models.BooleanField(_("angeheftet"), default=False)
    votes = models.PositiveIntegerField(_("Punkte"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Karte")
        verbose_name_plural = _("Karten")
        ordering = ("pk",)
        indexes = [models.Index(fields=["board", "state"])]

    def __str__(self) -> str:
        return self.text[:60]


class Vote(models.Model):
    """One dot of one guest on a card or a cluster; a guest may put several on the same one."""

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="votes")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="votes")
    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="votes")
    card = models.ForeignKey(Card, null=True, blank=True, on_delete=models.CASCADE, related_name="dots")
    cluster = models.ForeignKey(Cluster, null=True, blank=True, on_delete=models.CASCADE, related_name="dots")

    class Meta:
        verbose_name = _("Punkt")
        verbose_name_plural = _("Punkte")
        indexes = [models.Index(fields=["participant", "round"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(card__isnull=False, cluster__isnull=True) | Q(card__isnull=True, cluster__isnull=False),
                name="vote_has_one_target",
            )
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} → {self.card_id or self.cluster_id}"
