"""The home page: one per language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index
from wagtail.url_routing import RouteResult

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

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """As every page; a path that exists in German only leads from another language to the German page."""
        try:
            return super().route(request, path_components)
        except Http404:
            german = None if self.locale.language_code == settings.LANGUAGE_CODE else self._german()
            if german is None:
                raise
            found = german.route(request, path_components)
            return RouteResult(self, kwargs={"instead": found.page.get_url(request)})

    def _german(self) -> BasePage | None:
        other = self.get_translations().filter(locale__language_code=settings.LANGUAGE_CODE).live().first()
        return other.specific if other is not None else None

    def serve(self, request: HttpRequest, instead: str = "", **kwargs: Any) -> HttpResponse:
        return redirect(instead) if instead else super().serve(request, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | {"now": now.items(), "figures": figures.items(), "areas": AREAS}
