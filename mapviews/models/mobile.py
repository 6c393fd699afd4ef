"""Stations on the move: where they were (for the owner alone, for weeks at most) and what may be told of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Fix(models.Model):
    """A place of a mobile station at a moment (ms). Leaves through no door; deleted once its month is counted."""

    station = models.ForeignKey("mapviews.Station", on_delete=models.CASCADE, related_name="fixes")
    ts = models.BigIntegerField()
    latitude = models.FloatField()
    longitude = models.FloatField()

    class Meta:
        ordering = ("station", "ts")
        constraints = [models.UniqueConstraint(fields=["station", "ts"], name="fix_once")]

    def __str__(self) -> str:
        return f"{self.station_id}@{self.ts}"


class MobileCell(models.Model):
    """What all mobile stations together measured in a 500 m cell in a month. Names no station, no day, no order."""

    phenomenon = models.ForeignKey("mapviews.Phenomenon", on_delete=models.CASCADE, related_name="+")
    month = models.DateField(_("Monat"))
    zone = models.PositiveSmallIntegerField()
    column = models.IntegerField()
    row = models.IntegerField()
    n = models.PositiveIntegerField()
    total = models.FloatField()

    class Meta:
        verbose_name = _("Feld unterwegs")
        verbose_name_plural = _("Felder unterwegs")
        ordering = ("-month", "zone", "column", "row")
        constraints = [
            models.UniqueConstraint(fields=["phenomenon", "month", "zone", "column", "row"], name="mobile_cell_once")
        ]

    def __str__(self) -> str:
        return f"{self.phenomenon_id} {self.month:%Y-%m} {self.column}/{self.row}"
