"""What owners set up around their channels: thresholds, calibrations, handing a station over."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mapviews.enums import Direction
from portal.models import TimeStampedModel


class Threshold(TimeStampedModel):
    """One mail to the owner when the newest value of a channel passes a limit; `raised` until it is back."""

    channel = models.ForeignKey("mapviews.Channel", on_delete=models.CASCADE, related_name="thresholds")
    direction = models.CharField(_("Richtung"), max_length=5, choices=Direction, default=Direction.ABOVE)
    limit = models.FloatField(_("Grenze"))
    raised = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("Schwelle")
        verbose_name_plural = _("Schwellen")
        ordering = ("channel", "limit")
        constraints = [models.UniqueConstraint(fields=["channel", "direction", "limit"], name="threshold_once")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.direction} {self.limit}"


class Calibration(models.Model):
    """A version of a channel's correction: value x factor + offset, for values that arrive from `created_at` on."""

    channel = models.ForeignKey("mapviews.Channel", on_delete=models.CASCADE, related_name="calibrations")
    version = models.PositiveIntegerField()
    factor = models.FloatField(_("Faktor"), default=1.0)
    offset = models.FloatField(_("Versatz"), default=0.0)
    note = models.CharField(_("Anmerkung"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Kalibrierung")
        verbose_name_plural = _("Kalibrierungen")
        ordering = ("channel", "-version")
        constraints = [
            models.UniqueConstraint(fields=["channel", "version"], name="calibration_version_once"),
            models.CheckConstraint(condition=~Q(factor=0), name="calibration_factor_not_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} v{self.version}"


class Handover(models.Model):
    """An open offer of a station to the person who reads mails at an address; the code is kept hashed."""

    station = models.OneToOneField("mapviews.Station", on_delete=models.CASCADE, related_name="handover")
    email = models.EmailField(_("E-Mail-Adresse"))
    code_hash = models.CharField(max_length=64, unique=True)
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()

    class Meta:
        verbose_name = _("Übergabe")
        verbose_name_plural = _("Übergaben")

    def __str__(self) -> str:
        return f"{self.station_id} bis {self.expires_at:%Y-%m-%d}"
