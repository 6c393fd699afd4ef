"""The programme of an event as ordered points, and who speaks at each."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.enums import PointKind

if TYPE_CHECKING:
    from datetime import time

    from dialogues.models.events import Event

LONGEST = 720  # minutes


class ProgrammePoint(models.Model):
    """`clock` is the time on the wall of the hall, so that a programme moves with its event; None: right after."""

    event = models.ForeignKey("dialogues.Event", on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Art"), max_length=10, choices=PointKind, default=PointKind.OTHER)
    title = models.CharField(_("Was geschieht?"), max_length=200)
    clock = models.TimeField(_("Uhrzeit"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("Dauer in Minuten"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(LONGEST)]
    )
    description = models.TextField(_("Erläuterung"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("Programmpunkt")
        verbose_name_plural = _("Programmpunkte")
        ordering = ("event", "position")
        constraints = [
            models.UniqueConstraint(fields=["event", "position"], name="programme_point_position_unique"),
            models.CheckConstraint(
                condition=models.Q(minutes=None) | models.Q(minutes__range=(1, LONGEST)),
                name="programme_point_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def starts_at(self) -> datetime | None:
        return moment_of(self.event, self.clock) if self.clock is not None else None

    @property
    def ends_at(self) -> datetime | None:
        begins = self.starts_at
        return begins + timedelta(minutes=self.minutes) if begins is not None and self.minutes else None


def moment_of(event: Event, clock: time) -> datetime:
    """The first moment at or after the event's beginning at which the hall's clock shows this time."""
    begins = timezone.localtime(event.starts_at)
    moment = timezone.make_aware(datetime.combine(begins.date(), clock), begins.tzinfo)
    if moment < event.starts_at.replace(second=0, microsecond=0):
        moment = timezone.make_aware(datetime.combine(begins.date() + timedelta(days=1), clock), begins.tzinfo)
    return moment


class Speaker(models.Model):
    """Who takes part in a point: a function or office, and a name where the person wants to be named."""

    point = models.ForeignKey(ProgrammePoint, on_delete=models.CASCADE, related_name="speakers")
    position = models.PositiveSmallIntegerField()
    function = models.CharField(_("Funktion oder Stelle"), max_length=150)
    name = models.CharField(_("Name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("Mitwirkende")
        verbose_name_plural = _("Mitwirkende")
        ordering = ("point", "position")
        constraints = [models.UniqueConstraint(fields=["point", "position"], name="speaker_position_unique")]

    def __str__(self) -> str:
        return f"{self.name}, {self.function}" if self.name else self.function
