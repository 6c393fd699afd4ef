"""The pages of the projects: the list, and one page for each project and language.

What they show is made by functions in `projects.views`, which `AppConfig.ready()` binds to `view`: models import no
views.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Locale
from wagtail.url_routing import RouteResult

from portal.cms.models import BasePage
from projects.models.project import RESERVED_SLUGS, Project

RICH_TEXT = ["h3", "bold", "italic", "ol", "ul", "link", "document-link"]


class ProjectIndexPage(BasePage):
    """`/projekte/`: the filterable list of all public projects."""

    intro = models.TextField(_("Einleitung"), blank=True, max_length=600)

    view: ClassVar[Callable[[HttpRequest, Any], HttpResponse]]
    max_count_per_parent = 1
    subpage_types: ClassVar[list[str]] = ["projects.ProjectPage"]
    content_panels: ClassVar[list[Any]] = [*BasePage.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("Projektübersicht")
        verbose_name_plural = _("Projektübersichten")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Falls back to the German page of a project that this language does not have (its text is marked German)."""
        if len(path_components) == 1 and not self._has_live_child(path_components[0]):
            original = self._in_default_language()
            if original and original.pk != self.pk and original._has_live_child(path_components[0]):
                return original.route(request, path_components)
        return super().route(request, path_components)

    def _has_live_child(self, slug: str) -> bool:
        return self.get_children().live().filter(slug=slug).exists()

    def _in_default_language(self) -> ProjectIndexPage | None:
        return self.get_translation_or_none(Locale.get_default())

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return type(self).view(request, self)


class ProjectPage(BasePage):
    """A project in one language. Its slug is the project's; drafts stay drafts as with every page."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="pages", verbose_name=_("Projekt"))
    body = RichTextField(_("Worum es geht"), blank=True, features=RICH_TEXT)

    view: ClassVar[Callable[[HttpRequest, Any], HttpResponse]]
    parent_page_types: ClassVar[list[str]] = ["projects.ProjectIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    content_panels: ClassVar[list[Any]] = [
        *BasePage.content_panels,
        FieldPanel("project"),
        FieldPanel("summary"),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("change_note")], heading=_("Änderung")),
    ]

    class Meta:
        verbose_name = _("Projektseite")
        verbose_name_plural = _("Projektseiten")

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        if self.project_id:
            self.slug = self.project.slug
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        if self.slug in RESERVED_SLUGS:
            raise ValidationError({"slug": _("Diese Adresse gehört der Projektkarte.")})

    @property
    def in_other_language(self) -> bool:
        """Whether this page's text is in another language than the interface around it."""
        return self.locale.language_code != get_language()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return type(self).view(request, self)
