"""Votes by name, each with the rule and the quorum calculation it was taken under."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import Choice, Form, Procedure
from ethics.models.cases import ReviewCase
from ethics.models.meetings import AgendaItem


class Vote(models.Model):
    """One motion: the draft recommendation in one of the five forms, bound to its hash and the version's hash."""

    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="votes")
    procedure = models.CharField(_("Verfahren"), max_length=10, choices=Procedure, default=Procedure.MEETING)
    agenda_item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="votes")
    due = models.DateTimeField(_("Stimmen bis"), null=True, blank=True)
    presiding = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(_("beantragte Form"), max_length=30, choices=Form)
    version_hash = models.CharField(max_length=64)
    motion = models.JSONField(_("Vorlage"))
    motion_hash = models.CharField(_("Hash der Vorlage"), max_length=64)
    rule = models.JSONField(_("Regel"))
    quorum = models.JSONField(_("Beschlussfähigkeit"))
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    tally = models.JSONField(_("Ergebnis"), default=dict)
    carried = models.BooleanField(_("angenommen"), null=True)

    class Meta:
        verbose_name = _("Abstimmung")
        verbose_name_plural = _("Abstimmungen")
        ordering = ("opened_at", "pk")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(closed_at__isnull=True), name="one_open_vote"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, carried__isnull=True)
                | Q(closed_at__isnull=False, carried__isnull=False),
                name="closed_vote_has_result",
            ),
            models.CheckConstraint(
                condition=Q(procedure=Procedure.MEETING, agenda_item__isnull=False)
                | Q(procedure=Procedure.WRITTEN, agenda_item__isnull=True, due__isnull=False),
                name="vote_in_a_meeting_or_in_writing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.form}"


class Ballot(models.Model):
    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="ballots")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(_("Stimme"), max_length=10, choices=Choice)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("Stimme")
        verbose_name_plural = _("Stimmen")
        constraints = [models.UniqueConstraint(fields=["vote", "member"], name="one_ballot_a_member")]

    def __str__(self) -> str:
        return f"{self.vote_id}: #{self.member_id}"


class WrittenObjection(models.Model):
    """A member wants a meeting instead of the written procedure; one suffices."""

    vote = models.ForeignKey(Vote, on_delete=models.CASCADE, related_name="objections")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("Grund"), blank=True)
    raised_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Widerspruch gegen das Umlaufverfahren")
        verbose_name_plural = _("Widersprüche gegen das Umlaufverfahren")

    def __str__(self) -> str:
        return f"{self.vote_id}: #{self.member_id}"
