"""Notes about barriers, as BITVNRW asks for beside the accessibility statement."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.models import TimeStampedModel


class BarrierNote(TimeStampedModel):
    """What someone could not use. An e-mail address only where an answer is wanted."""

    page = models.CharField(_("Betroffene Seite"), max_length=300, blank=True)
    text = models.TextField(_("Was hat nicht funktioniert?"), max_length=3000)
    email = models.EmailField(_("E-Mail-Adresse für die Antwort"), blank=True)
    handled_at = models.DateTimeField(_("erledigt"), null=True, blank=True)

    class Meta:
        verbose_name = _("Gemeldete Barriere")
        verbose_name_plural = _("Gemeldete Barrieren")
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return self.text[:60]
