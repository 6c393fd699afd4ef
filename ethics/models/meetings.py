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
    course = models.TextField(_("Verlauf der Beratung"), blank=True)

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


class Minutes(models.Model):
    """The minutes of a meeting (VwVfG § 93). `content` and its hash are kept at the release by the chair."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="minutes")
    remarks = models.TextField(_("Bemerkungen"), blank=True)
    content = models.JSONField(_("Inhalt"), default=dict)
    anchors = models.JSONField(_("Anker"), default=list)
    hash = models.CharField(max_length=64, blank=True)
    released_at = models.DateTimeField(_("freigegeben am"), null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("Niederschrift")
        verbose_name_plural = _("Niederschriften")
        constraints = [
            models.CheckConstraint(
                condition=Q(released_at__isnull=True, hash="") | (Q(released_at__isnull=False) & ~Q(hash="")),
                name="released_minutes_have_hash",
            )
        ]

    def __str__(self) -> str:
        return f"Niederschrift {self.meeting_id}"


class FolderMark(models.Model):
    """A member's own bookmark and note in the personal file of a meeting. Nobody else reads it."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="marks")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    bookmarked = models.BooleanField(_("gemerkt"), default=False)
    note = models.TextField(_("Notiz"), blank=True)

    class Meta:
        verbose_name = _("Merkzeichen der Sitzungsmappe")
        verbose_name_plural = _("Merkzeichen der Sitzungsmappe")
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_mark_a_member")]

    def __str__(self) -> str:
        return f"{self.item_id}: #{self.member_id}"
