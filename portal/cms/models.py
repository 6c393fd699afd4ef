"""The editorial site: the base of all pages."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta

from portal.models import SampleModel


class BasePage(SampleModel, AbstractPage):
    """What every page has: a summary in plain words and a line on what changed last."""

    summary = models.TextField(
        _("Kurz gesagt"), blank=True, max_length=600, help_text=_("Zwei Sätze, die jede Person versteht.")
    )
    change_note = models.CharField(_("Was hat sich geändert?"), max_length=200, blank=True)

    class Meta(AbstractPageMeta):
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
