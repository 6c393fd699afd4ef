"""Klassenraum: a class or group that measures together, its boxes, its members without account, what they note."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mapviews.enums import Exposure, GroupKind, NoteRelease, NoteState, StationStatus
from portal.models import SampleModel, TimeStampedModel


class ClassroomQuerySet(models.QuerySet["Classroom"]):
    def public(self) -> ClassroomQuerySet:
        """Classes whose teacher wants a public page, and whose texts the moderation has not taken away."""
        return self.filter(is_public=True, withheld=False)

    def led_by(self, user: Any) -> ClassroomQuerySet:
        """Classes of this teacher or deputy."""
        if not getattr(user, "is_authenticated", False) or user.pk is None:
            return self.none()
        return self.filter(Q(teacher_id=user.pk) | Q(deputy_id=user.pk))

    def visible_to(self, user: Any) -> ClassroomQuerySet:
        """The public ones and one's own."""
        if not getattr(user, "is_authenticated", False) or user.pk is None:
            return self.public()
        return self.filter(Q(is_public=True, withheld=False) | Q(teacher_id=user.pk) | Q(deputy_id=user.pk))


class Classroom(SampleModel, TimeStampedModel):
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("Name"), max_length=120)
    kind = models.CharField(_("Art"), max_length=10, choices=GroupKind, default=GroupKind.SCHOOL)
    description = models.TextField(_("Beschreibung"), max_length=1000, blank=True)
    teacher = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="classrooms")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="deputy_classrooms"
    )
    ends_on = models.DateField(_("Ende des Schuljahres"))
    project = models.ForeignKey(
        "projects.Project", null=True, blank=True, on_delete=models.SET_NULL, related_name="classrooms"
    )
    join_code = models.CharField(max_length=12, null=True, blank=True, unique=True)
    approve_first = models.BooleanField(default=True)
    is_public = models.BooleanField(default=False)
    withheld = models.BooleanField(default=False)
    held_until = models.DateTimeField(null=True, blank=True)
    told_end_at = models.DateTimeField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = ClassroomQuerySet.as_manager()

    class Meta:
        verbose_name = _("Klasse oder Gruppe")
        verbose_name_plural = _("Klassen und Gruppen")
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("mapviews:classroom-detail", args=[self.slug])

    @property
    def canonical_url(self) -> str:
        """The address in the default language, as stored in activity."""
        return f"/sensoren/klassen/{self.slug}/"


class ClassBoxQuerySet(models.QuerySet["ClassBox"]):
    def live(self) -> ClassBoxQuerySet:
        """Boxes that still belong to the class: active, not on the move, not handed over to somebody else."""
        ours = Q(station__owner=F("classroom__teacher")) | Q(station__owner=F("classroom__deputy"))
        return self.filter(ours, station__status=StationStatus.ACTIVE).exclude(station__exposure=Exposure.MOBILE)


class ClassBox(models.Model):
    """A station of the class. `at_school`: it stands in the school's rooms, so its values tell of nobody's home."""

    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="boxes")
    station = models.OneToOneField("mapviews.Station", on_delete=models.CASCADE, related_name="class_box")
    number = models.PositiveSmallIntegerField()
    at_school = models.BooleanField(default=False)
    printed_at = models.DateTimeField(null=True, blank=True)

    objects = ClassBoxQuerySet.as_manager()

    class Meta:
        verbose_name = _("Box einer Klasse")
        verbose_name_plural = _("Boxen einer Klasse")
        ordering = ("classroom", "number")
        constraints = [models.UniqueConstraint(fields=["classroom", "number"], name="class_box_number_once")]

    def __str__(self) -> str:
        return f"{self.classroom_id}/{self.number}"

    @property
    def class_sees_every(self) -> bool:
        """Single values from homes stay with the owner: the class sees daily means of boxes in private rooms."""
        return self.station.exposure != Exposure.INDOOR or self.at_school


class Pupil(models.Model):
    """Somebody who joined with the code: a pseudonym and the hash of a return code, no account."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="pupils")
    pseudonym = models.CharField(_("Name in der Klasse"), max_length=30)
    token_hash = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Mitglied einer Klasse")
        verbose_name_plural = _("Mitglieder einer Klasse")
        ordering = ("pseudonym", "pk")
        constraints = [models.UniqueConstraint(fields=["classroom", "pseudonym"], name="pupil_pseudonym_once")]

    def __str__(self) -> str:
        return self.pseudonym


class ClassNote(models.Model):
    """What was noticed at a moment or span of a channel. Times in ms as those of values; `ends` None: a moment."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="notes")
    channel = models.ForeignKey("mapviews.Channel", on_delete=models.CASCADE, related_name="class_notes")
    pupil = models.ForeignKey(Pupil, null=True, blank=True, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="class_notes"
    )
    starts = models.BigIntegerField()
    ends = models.BigIntegerField(null=True, blank=True)
    text = models.CharField(_("Notiz"), max_length=280, blank=True)
    state = models.CharField(max_length=10, choices=NoteState, default=NoteState.WAITING)
    release = models.CharField(max_length=10, choices=NoteRelease, default=NoteRelease.NONE)
    held_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Notiz einer Klasse")
        verbose_name_plural = _("Notizen einer Klasse")
        ordering = ("-starts", "-pk")
        indexes = [models.Index(fields=["channel", "starts"], name="class_note_channel_time")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(release=NoteRelease.PUBLIC) | Q(state=NoteState.SHOWN), name="class_note_public_is_shown"
            ),
            models.CheckConstraint(condition=Q(ends=None) | Q(ends__gt=F("starts")), name="class_note_ends_later"),
            models.CheckConstraint(condition=Q(pupil=None) | Q(author=None), name="class_note_one_writer"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.starts}"


class ClassInvitation(models.Model):
    """An open invitation to be the class's deputy; the code is kept hashed."""

    classroom = models.OneToOneField(Classroom, on_delete=models.CASCADE, related_name="invitation")
    email = models.EmailField(_("E-Mail-Adresse"))
    code_hash = models.CharField(max_length=64, unique=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Einladung zur Vertretung")
        verbose_name_plural = _("Einladungen zur Vertretung")

    def __str__(self) -> str:
        return f"{self.classroom_id} bis {self.expires_at:%Y-%m-%d}"
