"""The banner over every page: warnings of the city."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.cms.enums import WarningKind
from portal.models import SampleModel, TimeStampedModel


class SiteWarningQuerySet(models.QuerySet["SiteWarning"]):
    def not_over(self, at: datetime | None = None) -> SiteWarningQuerySet:
        """Those that run now or start later, in order of their start."""
        return self.filter(ends__gt=at or timezone.now()).order_by("starts", "pk")


class SiteWarning(SampleModel, TimeStampedModel):
    """A Warnhinweis. It needs no workflow: it stands from `starts` until `ends`, and then goes by itself.

    German is required; where another language has no text of its own, the German one is shown and marked as German.
    """

    kind = models.CharField(_("Art"), max_length=10, choices=WarningKind, default=WarningKind.WARNING)
    title = models.CharField(_("Titel"), max_length=120)
    text = models.TextField(_("Text"), max_length=600)
    title_en = models.CharField(_("Titel auf Englisch"), max_length=120, blank=True)
    text_en = models.TextField(_("Text auf Englisch"), max_length=600, blank=True)
    title_plain = models.CharField(_("Titel in Leichter Sprache"), max_length=120, blank=True)
    text_plain = models.TextField(_("Text in Leichter Sprache"), max_length=600, blank=True)
    link = models.CharField(
        _("Link"), max_length=300, blank=True, help_text=_("Beginnt mit / oder https://. Führt zu mehr Informationen.")
    )
    starts = models.DateTimeField(_("beginnt"), default=timezone.now)
    ends = models.DateTimeField(_("endet"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )

    objects = SiteWarningQuerySet.as_manager()

    class Meta:
        verbose_name = _("Warnhinweis")
        verbose_name_plural = _("Warnhinweise")
        ordering = ("-ends", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="warning_ends_after_start"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(text=""), name="warning_german_required"),
        ]

    def __str__(self) -> str:
        return self.title

    def is_running(self, at: datetime | None = None) -> bool:
        """Whether the banner stands at this moment."""
        return self.starts <= (at or timezone.now()) < self.ends

    def words(self, language: str) -> tuple[str, str, str]:
        """Title, text and the language they are in, for a reader of `language`."""
        own = {"en": (self.title_en, self.text_en), "de-x-leicht": (self.title_plain, self.text_plain)}.get(language)
        if own and own[0] and own[1]:
            return (*own, language)
        return self.title, self.text, "de"
