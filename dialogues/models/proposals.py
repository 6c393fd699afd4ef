"""Events that clubs and institutions propose for the city's calendar."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogues.enums import ProposalState
from dialogues.models.events import Event
from portal.models import SampleModel, TimeStampedModel


class EventProposal(SampleModel, TimeStampedModel):
    """Seen by its proposer and the staff who release it; `event` is what became of it."""

    uuid = models.UUIDField(default=uuid4, unique=True, editable=False)
    organiser = models.CharField(_("Verein oder Einrichtung"), max_length=150)
    title = models.CharField(_("Titel der Veranstaltung"), max_length=200)
    topic = models.TextField(_("Worum geht es?"), max_length=2000)
    starts_at = models.DateTimeField(_("Beginn"))
    ends_at = models.DateTimeField(_("Ende"))
    venue = models.CharField(_("Ort"), max_length=300)
    accessibility = models.TextField(_("Barrierefreiheit vor Ort"), max_length=2000, blank=True)
    proposer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="event_proposals"
    )
    state = models.CharField(_("Stand"), max_length=10, choices=ProposalState, default=ProposalState.NEW)
    answer = models.CharField(_("Nachricht an den Verein"), max_length=1000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    event = models.OneToOneField(Event, null=True, blank=True, on_delete=models.SET_NULL, related_name="proposal")

    class Meta:
        verbose_name = _("Vorschlag für den Kalender")
        verbose_name_plural = _("Vorschläge für den Kalender")
        ordering = ("created_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="event_proposal_ends_after_start")
        ]
        permissions = [("release_event", "Kann vorgeschlagene Veranstaltungen freigeben")]

    def __str__(self) -> str:
        return self.title
