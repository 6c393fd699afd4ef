"""What the moderation has taken away of a station's texts. The station itself and its values stay."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from mapviews.models.stations import Station


class WithheldText(models.Model):
    """Name, address and description as the owner wrote them, while the station stands under a neutral name.

    Both texts are empty once they were deleted for good; the row then keeps the neutral name in force.
    """

    station = models.OneToOneField(Station, on_delete=models.CASCADE, related_name="withheld")
    name = models.CharField(_("Name"), max_length=120, blank=True)
    slug = models.CharField(max_length=80, blank=True)
    description = models.TextField(_("Beschreibung"), max_length=2000, blank=True)
    held_until = models.DateTimeField(_("wird entschieden bis"), null=True, blank=True)
    reason = models.CharField(_("Grund"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("Zurückgehaltener Text")
        verbose_name_plural = _("Zurückgehaltene Texte")

    def __str__(self) -> str:
        return f"{self.station_id}"
