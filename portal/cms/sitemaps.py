"""`/sitemap.xml`: published pages, and what other apps register. Empty where DEMO is on: nothing invented is found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.cms.models import BasePage

Entry = tuple[str, datetime | None]
MOST = 50_000

_sources: dict[str, Callable[[], Iterable[Entry]]] = {}


def register(key: str, source: Callable[[], Iterable[Entry]]) -> None:
    """`source()` yields (absolute path, time of the last change or None) of what everyone may see."""
    _sources[key] = source


def pages() -> Iterable[Entry]:
    for page in BasePage.objects.live().public().filter(depth__gt=1).select_related("locale").order_by("path"):
        if page.url:
            yield page.url, page.last_published_at


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    entries: list[Entry] = [] if settings.DEMO else [*pages()]
    for source in () if settings.DEMO else _sources.values():
        entries += source()
    context = {"entries": entries[:MOST], "base": settings.BASE_URL}
    return render(request, "cms/sitemap.xml", context, content_type="application/xml")
