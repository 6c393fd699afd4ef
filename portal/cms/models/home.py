"""The home page: one per language."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from portal.cms import figures, now
from portal.cms.areas import AREAS
from portal.cms.blocks import BodyBlock
from portal.cms.models.base import BasePage


class HomePage(BasePage):
    """What it is in one sentence, what is going on now, three doors, the nine Zielbilder, the figures of the year."""

    lead = models.TextField(
        _("Leitsatz"), max_length=300, help_text=_("Was die Digitale Heimat ist, in einem Satz. Er steht ganz oben.")
    )
    body = StreamField(BodyBlock(), verbose_name=_("Inhalt"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("lead"), FieldPanel("body")]
    search_fields = [*BasePage.search_fields, index.SearchField("lead"), index.SearchField("body")]

    class Meta:
        verbose_name = _("Startseite")
        verbose_name_plural = _("Startseiten")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"now": now.items(), "figures": figures.items(), "areas": AREAS}
