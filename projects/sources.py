"""What the projects give to the registries of the editorial site: search, sitemap, figures of the year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.cms import figures, search_sources, sitemaps
from portal.templatetags.portal_ui import local_path
from projects.domain import catalogue
from projects.models import Project


def register() -> None:
    search_sources.register("projects", search_sources.Source(label=_("Projekte"), find=find_projects, order=10))
    sitemaps.register("projects", addresses)
    figures.register("projects", count)


def find_projects(terms: list[str], user: Any, limit: int) -> search_sources.Found:
    """Public projects only: a draft has no page that a hit could lead to, not even for its lead."""
    found = catalogue.find(catalogue.Filters(text=" ".join(terms)))
    hits = [
        search_sources.Hit(
            title=project.title,
            url=local_path(project.get_absolute_url()),
            text=project.aim,
            meta=project.get_area_display(),
            sample=project.sample,
            lang="de",
        )
        for project in found[:limit]
    ]
    return search_sources.Found(total=found.count() if len(hits) == limit else len(hits), hits=hits)


def addresses() -> Iterable[tuple[str, datetime | None]]:
    """The project pages are Wagtail pages and listed already; the map is not."""
    yield "/projekte/karte/", None


def count(year: int) -> figures.Figure | None:
    number = Project.objects.public().count()
    return figures.Figure(value=number, label=_("Projekte im Portal"), url="/projekte/", order=10) if number else None
