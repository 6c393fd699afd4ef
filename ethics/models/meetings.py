"""Meetings: what is on the agenda, who was invited, who came."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ethics.enums import Presence
from ethics.models.cases import ReviewCase
from portal.models import SampleModel, TimeStampedModel


class Meeting(SampleModel, TimeStampedModel):
    title = models.CharField(_("Titel"), max_length=200)
    starts_at = models.DateTimeField(_("Beginn"))
    place = models.CharField(_("Ort"), max_length=200)
    invited_at = models.DateTimeField(_("eingeladen am"), null=True, blank=True)
    short_notice_reason = models.TextField(_("Grund der verkürzten Ladungsfrist"), blank=True)
    second_invitation_of = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="second_invitation"
    )

    class Meta:
        verbose_name = _("Sitzung")
        verbose_name_plural = _("Sitzungen")
        ordering = ("-starts_at",)

    def __str__(self) -> str:
        return self.title

    def get_office_url(self) -> str:
        return f"/ethikrat/buero/sitzungen/{self.pk}/"


class AgendaItem(models.Model):
    """A case on the agenda of a meeting. `inquorate` marks that it was put off for want of a quorum (VwVfG § 90)."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    case = models.ForeignKey(ReviewCase, on_delete=models.CASCADE, related_name="agenda_items")
    position = models.PositiveSmallIntegerField()
    current = models.BooleanField(default=True)
    inquorate = models.BooleanField(_("mangels Beschlussfähigkeit vertagt"), default=False)

    class Meta:
        verbose_name = _("Tagesordnungspunkt")
        verbose_name_plural = _("Tagesordnungspunkte")
        ordering = ("meeting", "position")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "case"], name="case_once_a_meeting"),
            models.UniqueConstraint(fields=["case"], condition=Q(current=True), name="one_current_agenda_item"),
        ]

    def __str__(self) -> str:
        return f"{self.meeting_id} TOP {self.position}"


class Invitation(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Einladung")
        verbose_name_plural = _("Einladungen")
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: #{self.member_id}"


class Attendance(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    presence = models.CharField(_("Anwesenheit"), max_length=14, choices=Presence)

    class Meta:
        verbose_name = _("Anwesenheit")
        verbose_name_plural = _("Anwesenheiten")
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.meeting_id}: #{self.member_id} {self.presence}"
