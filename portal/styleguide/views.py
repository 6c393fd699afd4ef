"""Renders the style guide from the examples; each line that is shown is the line that was rendered."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from portal.styleguide.examples import GROUPS, day_of_values
from portal.templatetags.portal_ui import PICTURES

STATIC = settings.BASE_DIR / "portal" / "static"
SVG = "{http://www.w3.org/2000/svg}"


def icon_names() -> list[str]:
    tree = ElementTree.parse(STATIC / "img" / "icons.svg")  # noqa: S314  our own file
    return [symbol.attrib["id"] for symbol in tree.getroot().iter(f"{SVG}symbol")]


def picture_names() -> list[str]:
    return sorted(file.stem for file in PICTURES.glob("*.svg"))


def colours() -> list[str]:
    """Names of the colour tokens in tokens.css, in order."""
    return re.findall(r"^  --(color-[a-z-]+): light-dark\(#", (STATIC / "css" / "tokens.css").read_text(), re.MULTILINE)


@require_safe
def show_styleguide(request: HttpRequest) -> HttpResponse:
    """/gestaltung/: nothing is read from the database, nothing is translated."""
    with translation.override("de"):
        groups = [
            {"slug": group.slug, "title": group.title, "examples": [(e, e.html(request)) for e in group.examples]}
            for group in GROUPS
        ]
        context = {
            "groups": groups,
            "icons": icon_names(),
            "pictures": picture_names(),
            "colours": colours(),
            "day": day_of_values(),
            "breadcrumb": [{"title": "Gestaltung", "url": ""}],
            "local": [{"title": g["title"], "url": f"#{g['slug']}"} for g in groups],
        }
        return render(request, "styleguide/index.html", context)
