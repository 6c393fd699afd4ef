"""The base of all pages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import AbstractPage
from wagtail.models.pages import AbstractPageMeta
from wagtail.search import index

from portal.models import SampleModel


class BasePage(SampleModel, AbstractPage):
    """What every page has: a summary in plain words, a share picture and a line on what changed last."""

    summary = models.TextField(
        _("Kurz gesagt"), blank=True, max_length=600, help_text=_("Zwei Sätze, die jede Person versteht.")
    )
    change_note = models.CharField(
        _("Was hat sich geändert?"),
        max_length=200,
        blank=True,
        help_text=_("Ein Satz; er steht unten auf der Seite neben dem Datum."),
    )
    share_image = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("Bild für geteilte Links"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    content_panels = [*AbstractPage.content_panels, FieldPanel("summary")]
    promote_panels = [
        MultiFieldPanel([FieldPanel("slug")], heading=_("Adresse")),
        MultiFieldPanel([FieldPanel("share_image")], heading=_("Wenn jemand die Seite teilt")),
    ]
    settings_panels = [
        PublishingPanel(),
        FieldPanel("change_note"),
        FieldPanel("sample"),
    ]
    search_fields = [
        *AbstractPage.search_fields,
        index.SearchField("summary"),
        index.AutocompleteField("summary"),
    ]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"breadcrumb": self.breadcrumb(), "alternates": self.alternates()}

    def breadcrumb(self) -> list[dict[str, str]]:
        """The way from the home page to this one, without the home page. One query."""
        if self.depth is None or self.depth <= 2:
            return []
        above = self.get_ancestors().filter(depth__gt=2).live().select_related("locale")
        return [{"title": page.title, "url": page.url or ""} for page in [*above, self]]

    def alternates(self) -> dict[str, str]:
        """This page in every language: {code: path}; its home page where it has no translation. One query."""
        known = {code: "/" if code == settings.LANGUAGE_CODE else f"/{code}/" for code, _name in settings.LANGUAGES}
        if self.pk is None:
            return known
        same = self.get_translations(inclusive=True).live().select_related("locale")
        return known | {page.locale.language_code: page.url for page in same if page.url}

    class Meta(AbstractPageMeta):
        verbose_name = _("Seite")
        verbose_name_plural = _("Seiten")
