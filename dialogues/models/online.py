"""An online dialogue: phases with dates, categories with the department that answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import DialogueKind, EventStatus, Stage
from portal.models import SampleModel, TimeStampedModel

RESERVED_SLUGS = (
    "kalender",
    "neu",
    "probe",
    "online",
    "antworten",
    "vorgang",
    "vorschlag",
    "vorschlaege",
    "reihen",
    "zahlen",
)
MOMENTS = (
    (Stage.INFORM, "inform_from"),
    (Stage.COLLECT, "collect_from"),
    (Stage.DISCUSS, "discuss_from"),
    (Stage.DECIDE, "decide_from"),
    (Stage.CLOSED, "closes_at"),
)


class OnlineDialogueQuerySet(models.QuerySet["OnlineDialogue"]):
    def public(self) -> OnlineDialogueQuerySet:
        return self.filter(status=EventStatus.PUBLISHED)

    def visible_to(self, user: Any) -> OnlineDialogueQuerySet:
        """Published ones; drafts too for those who run dialogues."""
        if getattr(user, "is_authenticated", False) and user.has_perm("dialogues.run_dialogue"):
            return self
        return self.public()

    def running(self) -> OnlineDialogueQuerySet:
        """Begun and not closed, the one that closes next first."""
        now = timezone.now()
        return self.filter(inform_from__lte=now, closes_at__gt=now).order_by("closes_at", "pk")


class OnlineDialogue(SampleModel, TimeStampedModel):
    """Each phase begins at its moment and lasts until the next one; equal moments leave a phase out."""

    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True, max_length=80)
    kind = models.CharField(_("Art"), max_length=10, choices=DialogueKind, default=DialogueKind.TOPIC)
    status = models.CharField(_("Stand"), max_length=10, choices=EventStatus, default=EventStatus.DRAFT)
    title = models.CharField(_("Titel"), max_length=200)
    topic = models.TextField(_("Worum geht es?"), max_length=6000)
    question = models.CharField(_("Frage an alle"), max_length=300)
    inform_from = models.DateTimeField(_("Informieren ab"))
    collect_from = models.DateTimeField(_("Sammeln ab"))
    discuss_from = models.DateTimeField(_("Diskutieren ab"))
    decide_from = models.DateTimeField(_("Die Stadt antwortet ab"))
    closes_at = models.DateTimeField(_("Abgeschlossen ab"))
    answer_days = models.PositiveSmallIntegerField(
        _("Antwort innerhalb von … Tagen"), default=28, help_text=_("Ab dem Eingang eines Beitrags.")
    )
    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("Projekt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="online_dialogues",
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = OnlineDialogueQuerySet.as_manager()

    class Meta:
        verbose_name = _("Online-Dialog")
        verbose_name_plural = _("Online-Dialoge")
        ordering = ("-inform_from", "-pk")
        indexes = [models.Index(fields=["status", "closes_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(collect_from__gte=F("inform_from"))
                & Q(discuss_from__gte=F("collect_from"))
                & Q(decide_from__gte=F("discuss_from"))
                & Q(closes_at__gte=F("decide_from")),
                name="online_dialogue_phases_in_order",
            ),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="online_dialogue_slug_reserved"),
        ]
        permissions = [
            ("run_dialogue", "Kann Online-Dialoge planen und führen"),
            ("record_contribution", "Kann Beiträge von Telefon, Brief und vor Ort eintragen"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/dialoge/{self.slug}/"

    @property
    def is_public(self) -> bool:
        return self.status == EventStatus.PUBLISHED

    def stage_at(self, moment: datetime) -> Stage:
        """The phase that holds at this moment."""
        held = Stage.BEFORE
        for stage, field in MOMENTS:
            if getattr(self, field) <= moment:
                held = stage
        return held

    @property
    def stage(self) -> Stage:
        return self.stage_at(timezone.now())

    @property
    def next_change(self) -> datetime | None:
        """When the next phase begins, or None after the last."""
        now = timezone.now()
        return min((getattr(self, field) for _stage, field in MOMENTS if getattr(self, field) > now), default=None)


class Category(models.Model):
    """A subject of one dialogue, with the department that answers by default."""

    dialogue = models.ForeignKey(OnlineDialogue, on_delete=models.CASCADE, related_name="categories")
    name = models.CharField(_("Name"), max_length=80)
    department = models.CharField(_("Amt oder Dienststelle"), max_length=120)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("Thema eines Dialogs")
        verbose_name_plural = _("Themen eines Dialogs")
        ordering = ("position", "pk")
        constraints = [models.UniqueConstraint(fields=["dialogue", "name"], name="dialogue_category_unique")]

    def __str__(self) -> str:
        return self.name
