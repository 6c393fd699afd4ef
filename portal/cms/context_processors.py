"""The running warnings, for base.html. Asked once per rendered page, and only where a template looks."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from portal import cache
from portal.cms.domain.warnings import running


def warnings(request: HttpRequest) -> dict[str, Any]:
    """`warnings`: what `components/warning.html` shows, gravest first. The page leaves the cache when that changes."""

    def read() -> list[dict[str, Any]]:
        here, changes = running()
        if changes is not None:
            cache.expires_at(request, changes)
        return [_shown(warning) for warning in sorted(here, key=lambda w: ORDER.index(w.kind))]

    return {"warnings": SimpleLazyObject(read)}


ORDER = ["danger", "warning", "info"]


def _shown(warning: Any) -> dict[str, Any]:
    language = get_language() or "de"
    title, text, lang = warning.words(language)
    return {
        "title": title,
        "text": text,
        "lang": lang if lang != language else "",
        "url": warning.link,
        "kind": warning.kind,
        "label": warning.get_kind_display(),
        "ends": warning.ends,
        "sample": warning.sample,
    }
