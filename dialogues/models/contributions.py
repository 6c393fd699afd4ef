"""What people bring into an online dialogue, with pictures, supports and earlier wordings."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import WAITING, AnswerStatus, Channel, ContributionKind, EventStatus
from dialogues.models.online import Category, OnlineDialogue
from portal.comments.enums import State
from portal.models import SampleModel, TimeStampedModel

TITLE_LIMIT = 120
TEXT_LIMIT = 4000
RECEIPT_ALPHABET = "ABCDEFGHKLMNPRSTUVWXYZ23456789"  # without 0 1 I J O Q, which are mistaken on the phone


def new_receipt() -> str:
    """Seven signs in two groups, such as `PB-K7M4-R2T`: about 10**10 possibilities."""
    signs = "".join(secrets.choice(RECEIPT_ALPHABET) for _sign in range(7))
    return f"PB-{signs[:4]}-{signs[4:]}"


class ContributionQuerySet(models.QuerySet["Contribution"]):
    def public(self) -> ContributionQuerySet:
        return self.filter(state=State.VISIBLE, dialogue__status=EventStatus.PUBLISHED)

    def visible_to(self, user: Any) -> ContributionQuerySet:
        """What everyone sees, one's own held and hidden ones, and for staff of dialogues everything not deleted."""
        if not getattr(user, "is_authenticated", False):
            return self.public()
        if user.has_perm("dialogues.run_dialogue"):
            return self.exclude(state=State.DELETED)
        own = Q(author=user, dialogue__status=EventStatus.PUBLISHED) & ~Q(state=State.DELETED)
        return self.filter(Q(state=State.VISIBLE, dialogue__status=EventStatus.PUBLISHED) | own)

    def standing(self) -> ContributionQuerySet:
        """Not merged into another one."""
        return self.filter(merged_into=None)

    def awaiting_answer(self) -> ContributionQuerySet:
        return self.public().standing().filter(status__in=WAITING)

    def overdue(self, at: datetime | None = None) -> ContributionQuerySet:
        """Public, still waiting for an answer, and past the date by which it was promised."""
        return self.awaiting_answer().filter(answer_due__lt=at or timezone.now())


class Contribution(SampleModel, TimeStampedModel):
    """`author` is null for what came by phone, letter or on the spot, for harvests, and after an erasure."""

    dialogue = models.ForeignKey(OnlineDialogue, on_delete=models.PROTECT, related_name="contributions")
    receipt = models.CharField(_("Vorgangsnummer"), max_length=12, unique=True, default=new_receipt)
    kind = models.CharField(_("Art"), max_length=10, choices=ContributionKind, default=ContributionKind.IDEA)
    category = models.ForeignKey(
        Category, verbose_name=_("Thema"), on_delete=models.PROTECT, related_name="contributions"
    )
    title = models.CharField(_("Titel"), max_length=TITLE_LIMIT)
    text = models.TextField(_("Text"), max_length=TEXT_LIMIT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="contributions"
    )
    channel = models.CharField(_("Eingang"), max_length=10, choices=Channel, default=Channel.WEB)
    received_at = models.DateTimeField(_("eingegangen"), default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact = models.TextField(_("Anschrift für die Antwort"), max_length=500, blank=True)
    district = models.CharField(_("Ort"), max_length=40, blank=True)
    lat = models.FloatField(_("Breite"), null=True, blank=True)
    lng = models.FloatField(_("Länge"), null=True, blank=True)
    state = models.CharField(max_length=10, default=State.VISIBLE)  # portal.comments.enums.State
    held_until = models.DateTimeField(null=True, blank=True)
    held_rule = models.CharField(max_length=20, blank=True)
    hidden_reason = models.CharField(max_length=20, blank=True)  # portal.comments.enums.Reason
    edited_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    result = models.OneToOneField(
        "dialogues.Result", null=True, blank=True, on_delete=models.SET_NULL, related_name="contribution"
    )
    support_count = models.PositiveIntegerField(default=0)
    status = models.CharField(_("Antwort"), max_length=10, choices=AnswerStatus, default=AnswerStatus.OPEN)
    department = models.CharField(_("zuständig"), max_length=120)
    answer_due = models.DateTimeField(_("Antwort bis"))
    answered_at = models.DateTimeField(null=True, blank=True)
    overdue_told_at = models.DateTimeField(null=True, blank=True, editable=False)
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="contribution")

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Beitrag")
        verbose_name_plural = _("Beiträge")
        ordering = ("-received_at", "-pk")
        indexes = [
            models.Index(fields=["dialogue", "-received_at", "-id"], name="contribution_newest"),
            models.Index(fields=["dialogue", "-support_count", "-id"], name="contribution_supported"),
            models.Index(fields=["dialogue", "answer_due", "id"], name="contribution_due_in_dialogue"),
            models.Index(fields=["status", "answer_due"], name="contribution_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lat__isnull=True, lng__isnull=True) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
                name="contribution_place_whole",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")), name="contribution_not_in_itself"
            ),
        ]
        permissions = [("answer_contribution", "Kann Beiträge für die Stadt beantworten")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"{self.dialogue.get_absolute_url()}beitraege/{self.receipt}/"

    @property
    def is_visible(self) -> bool:
        return self.state == State.VISIBLE

    @property
    def is_waiting(self) -> bool:
        """The clock runs: no final answer yet."""
        return self.status in WAITING and self.is_visible and self.merged_into_id is None

    @property
    def is_overdue(self) -> bool:
        return self.is_waiting and self.answer_due < timezone.now()

    @property
    def has_place(self) -> bool:
        return self.lat is not None and self.lng is not None

    @property
    def byline(self) -> str:
        """Who or what it comes from, for everyone to read."""
        if self.channel != Channel.WEB:
            return str(Channel(self.channel).label)
        return self.author.public_name if self.author else str(_("gelöschtes Konto"))


class ContributionRevision(models.Model):
    """An earlier wording, shown below the text."""

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="revisions")
    title = models.CharField(max_length=TITLE_LIMIT)
    text = models.TextField(max_length=TEXT_LIMIT)
    replaced_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("frühere Fassung")
        verbose_name_plural = _("frühere Fassungen")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.contribution_id}: {self.title}"


class ContributionImage(models.Model):
    """A picture, drawn anew by us: without the data of the camera, at most 1,600 pixels wide or high."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="images")
    file = models.FileField(upload_to="beitraege/")
    alt = models.CharField(_("Was ist zu sehen?"), max_length=250)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Bild eines Beitrags")
        verbose_name_plural = _("Bilder von Beiträgen")
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.alt


class ContributionSupport(models.Model):
    """One person supports once. `user` is null after an erasure: the count stays, the name goes.

    `via` is the duplicate from which a merge brought the support, so that a merge can be undone.
    """

    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="supports")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="contribution_supports"
    )
    via = models.ForeignKey(Contribution, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Unterstützung")
        verbose_name_plural = _("Unterstützungen")
        constraints = [models.UniqueConstraint(fields=["contribution", "user"], name="contribution_supported_once")]

    def __str__(self) -> str:
        return f"{self.user_id} > {self.contribution_id}"


class ContributionKey(models.Model):
    """The index behind "similar contributions": stems of words, their beginnings and ends."""

    dialogue = models.ForeignKey(OnlineDialogue, on_delete=models.CASCADE, related_name="+")
    contribution = models.ForeignKey(Contribution, on_delete=models.CASCADE, related_name="keys")
    key = models.CharField(max_length=24)

    class Meta:
        verbose_name = _("Suchwort")
        verbose_name_plural = _("Suchwörter")
        indexes = [models.Index(fields=["dialogue", "key", "contribution"], name="contribution_key")]

    def __str__(self) -> str:
        return self.key
