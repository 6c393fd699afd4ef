"""`/projekte/karte/`: the list of projects with a map beside it, and the map's script as a file of our own."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapviews.maps import layers
from mapviews.maps.projects_layer import points_of
from portal.templatetags.portal_ui import local_path
from projects.domain import catalogue
from projects.forms import FilterForm, chips
from projects.views.cards import cards

PLACES = Path(__file__).resolve().parent.parent.parent / "portal" / "static" / "geo" / "orte_paderborn.geojson"
ATTRIBUTION = "© GeoBasis-DE / BKG 2019, dl-de/by-2-0"
QUARTER = "st_"


@require_safe
def project_map(request: HttpRequest) -> HttpResponse:
    """The same projects and filters as the list; without JavaScript the list says where each project is."""
    filters = FilterForm(request.GET).filters()
    found = list(catalogue.find(filters).with_details())
    points = _all_points(request, found)
    query = f"?{filters.query()}" if filters else ""
    context = {
        "form": FilterForm.shown(filters, catalogue.facets(filters)),
        "filters": filters,
        "chips": chips(filters),
        "cards": cards(found),
        "placed": sum(1 for project in found if project.places.all()),
        "points": _for_script(points),
        "labels": _labels(),
        "attribution": ATTRIBUTION,
        "list_url": local_path("/projekte/") + query,
        "script_url": local_path("/projekte/karte/skript.js") + query,
        "breadcrumb": [{"title": _("Projekte"), "url": local_path("/projekte/")}, {"title": _("Karte"), "url": ""}],
    }
    return render(request, "mapviews/maps/project_map.html", context)


@require_safe
def project_map_script(request: HttpRequest) -> HttpResponse:
    """What folium draws, as a script of our own origin with an ETag; no words of editors or citizens are in it."""
    from mapviews.maps.render import script  # folium takes a second to load: at first use, not at start

    found = catalogue.find(FilterForm(request.GET).filters()).with_details()
    drawn = script([(p.lat, p.lng, len(p.cards)) for p in _all_points(request, list(found))])
    etag = f'"{hashlib.sha256(drawn.encode()).hexdigest()[:32]}"'
    if etag in {part.strip() for part in request.headers.get("If-None-Match", "").replace("W/", "").split(",")}:
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(drawn, content_type="text/javascript; charset=utf-8")
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _all_points(request: HttpRequest, projects: list[Any]) -> list[layers.Point]:
    """Points of the projects first, then those of every other registered layer, in an order both views share."""
    points = points_of(projects)
    for layer in layers.registered():
        if layer.key != "projects":
            points.extend(layer.points(request.GET.dict()))
    return points


def _for_script(points: list[layers.Point]) -> list[dict[str, Any]]:
    """Names and cards by the number of each point; the template writes them with `json_script`, which escapes them."""
    return [
        {
            "name": point.name,
            "note": point.note,
            "radius": point.radius_m,
            "cards": [
                {"title": card.title, "url": card.url, "text": card.text, "sample": card.sample} for card in point.cards
            ],
        }
        for point in points
    ]


@lru_cache(maxsize=1)
def _labels() -> list[dict[str, Any]]:
    """Names of the city's quarters for the base map."""
    places = json.loads(PLACES.read_text(encoding="utf-8"))["features"]
    return [
        {"name": place["properties"]["name"], "at": list(reversed(place["geometry"]["coordinates"]))}
        for place in places
        if str(place["id"]).startswith(QUARTER)
    ]
