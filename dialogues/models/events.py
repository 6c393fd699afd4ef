"""A dialogue event (UI: Bürger-DigiLog, or an event of a club) and what came out of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import Access, Circle, EventKind, EventStatus
from dialogues.models.online import RESERVED_SLUGS
from portal.accounts.enums import Role
from portal.models import SampleModel, TimeStampedModel
from projects.enums import Area

OUTSIDE = frozenset({Role.ETHICS_MEMBER, Role.ETHICS_CHAIR})
"""Roles of people who sit on a council of citizens; they are not employed by the city."""


def works_for_the_city(user: Any) -> bool:
    """An account with a role in the city's service, signed in as that service demands (second factor)."""
    if not (getattr(user, "is_authenticated", False) and user.is_active) or user.lacks_second_factor:
        return False
    return bool(user.is_staff or user.is_superuser or user.granted_roles - OUTSIDE)


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        """Published and cancelled events for all: who reads of a cancellation stands before no closed door."""
        return self.filter(circle=Circle.PUBLIC).exclude(status=EventStatus.DRAFT)

    def visible_to(self, user: Any) -> EventQuerySet:
        if getattr(user, "is_authenticated", False) and user.has_perm("dialogues.change_event"):
            return self
        if works_for_the_city(user):
            return self.exclude(status=EventStatus.DRAFT)
        return self.public()

    def upcoming(self) -> EventQuerySet:
        """Not over yet, the next first. Events without an end count until the end of their day's start."""
        return self.filter(ends_at__gte=timezone.now()).order_by("starts_at", "pk")

    def past(self) -> EventQuerySet:
        return self.filter(ends_at__lt=timezone.now()).order_by("-starts_at", "-pk")


class Event(SampleModel, TimeStampedModel):
    slug = models.SlugField(_("Kurzname in der Adresse"), unique=True, max_length=80)
    kind = models.CharField(_("Art"), max_length=10, choices=EventKind, default=EventKind.DIGILOG)
    status = models.CharField(_("Stand"), max_length=10, choices=EventStatus, default=EventStatus.DRAFT)
    circle = models.CharField(
        _("Für wen?"),
        max_length=10,
        choices=Circle,
        default=Circle.PUBLIC,
        help_text=_("Eine interne Werkstatt sehen nur Beschäftigte, die angemeldet sind."),
    )
    title = models.CharField(_("Titel"), max_length=200)
    topic = models.TextField(_("Worum geht es?"), max_length=4000)
    question = models.CharField(_("Frage an den Tischen"), max_length=300, blank=True)
    area = models.CharField(
        _("Thema"),
        max_length=20,
        choices=Area,
        blank=True,
        help_text=_("Danach lässt sich der Kalender filtern. Leer bedeutet: wie das Projekt."),
    )
    series = models.ForeignKey(
        "dialogues.Series",
        verbose_name=_("Reihe"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
    )
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    venue = models.CharField(_("Ort"), max_length=300, blank=True)
    address = models.CharField(_("Anschrift"), max_length=300, blank=True)
    lat = models.FloatField(_("Breite"), null=True, blank=True)
    lng = models.FloatField(_("Länge"), null=True, blank=True)
    district = models.CharField(_("Stadtteil"), max_length=40, blank=True, editable=False)
    directions = models.TextField(_("So kommen Sie hin"), max_length=2000, blank=True)
    access = models.JSONField(_("Barrierefrei vor Ort"), default=list, blank=True)
    accessibility = models.TextField(_("Barrierefreiheit vor Ort"), max_length=2000, blank=True)
    stream_url = models.URLField(_("Adresse der Übertragung"), max_length=500, blank=True)
    organiser = models.CharField(
        _("Veranstalter"), max_length=150, blank=True, help_text=_("Leer bedeutet: die Stadt.")
    )
    project = models.ForeignKey(
        "projects.Project",
        verbose_name=_("Projekt"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="dialogue_events",
    )
    thread = models.OneToOneField("comments.Thread", on_delete=models.PROTECT, related_name="dialogue_event")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    cancel_reason = models.CharField(_("Warum fällt der Dialog aus?"), max_length=500, blank=True)
    moved_from = models.DateTimeField(_("Früherer Beginn"), null=True, blank=True, editable=False)
    move_reason = models.CharField(_("Warum ist der Dialog verschoben?"), max_length=500, blank=True)
    sequence = models.PositiveIntegerField(
        default=0, editable=False, help_text="Number of the revision that calendars compare (RFC 5545, SEQUENCE)."
    )
    results_summary = models.TextField(_("Zusammenfassung der Ergebnisse"), max_length=4000, blank=True)
    results_published_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dialog")
        verbose_name_plural = _("Dialoge")
        ordering = ("-starts_at", "-pk")
        indexes = [models.Index(fields=["status", "starts_at"])]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="dialogue_event_ends_after_start"),
            models.CheckConstraint(condition=~Q(slug__in=RESERVED_SLUGS), name="dialogue_event_slug_reserved"),
            models.CheckConstraint(
                condition=Q(lat=None, lng=None) | Q(lat__range=(-90, 90), lng__range=(-180, 180)),
                name="dialogue_event_whole_point",
            ),
        ]
        permissions = [("moderate_board", "Kann ein World Café leiten")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/dialoge/{self.slug}/"

    @property
    def is_over(self) -> bool:
        return self.ends_at < timezone.now()

    @property
    def is_public(self) -> bool:
        return self.status != EventStatus.DRAFT and self.circle == Circle.PUBLIC

    @property
    def is_internal(self) -> bool:
        return self.circle == Circle.STAFF

    @property
    def has_place(self) -> bool:
        return self.lat is not None and self.lng is not None

    @property
    def is_online_only(self) -> bool:
        return bool(self.stream_url) and not self.venue

    @property
    def access_labels(self) -> list[str]:
        """What the venue has, in the order of the vocabulary; unknown keys of old data are left out."""
        return [str(item.label) for item in Access if item.value in self.access]


class Result(SampleModel, TimeStampedModel):
    """One result of an event, made from a card or a cluster of a board; public once `published_at` is set.

    A proposal is what a table's host suggests; it becomes a result when the moderation accepts it.
    """

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="results")
    card = models.OneToOneField(
        "dialogues.Card", null=True, blank=True, on_delete=models.SET_NULL, related_name="result"
    )
    cluster = models.OneToOneField(
        "dialogues.Cluster", null=True, blank=True, on_delete=models.SET_NULL, related_name="result"
    )
    text = models.CharField(_("Ergebnis"), max_length=500)
    votes = models.PositiveIntegerField(_("Punkte"), default=0)
    position = models.PositiveIntegerField(default=0)
    published_at = models.DateTimeField(null=True, blank=True)
    is_proposal = models.BooleanField(_("Vorschlag eines Tisches"), default=False)
    proposed_by = models.ForeignKey(
        "dialogues.Participant", null=True, blank=True, on_delete=models.SET_NULL, related_name="proposals"
    )

    class Meta:
        verbose_name = _("Ergebnis")
        verbose_name_plural = _("Ergebnisse")
        ordering = ("position", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_proposal=False) | Q(published_at__isnull=True), name="result_proposal_is_unpublished"
            )
        ]

    def __str__(self) -> str:
        return self.text
