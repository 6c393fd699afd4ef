"""`surface.geojson`: the estimate between stations, with what it rests on and how far it is off."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Query, Router

from mapviews.api.stations import moment_of
from mapviews.domain import surface, surface_values
from mapviews.models import Phenomenon
from mapviews.responses import open_json
from portal.rest import Failure


def add(router: Router) -> None:
    router.get(
        "/surface.geojson",
        response={200: dict, 400: Failure, 404: Failure},
        summary="Schätzung zwischen den Stationen",
        description="Gewichtet mit 1/Entfernung². Ohne Fläche sagt `refused`, warum: `not_sensible`, `too_few`,"
        " `too_many`, `too_far`.",
    )(read)


def read(
    request: HttpRequest,
    phenomenon: str = Query(..., max_length=50),
    at: str = Query("", max_length=25, description="Stunde (2026-11-22T13Z) oder Tag (2026-11-21), die vorbei sind"),
) -> HttpResponse:
    found = Phenomenon.objects.filter(pk=phenomenon).first()
    if found is None:
        raise Http404
    return open_json(
        request,
        as_geojson(surface_values.surface_of(found, moment_of(at))),
        content_type="application/geo+json",
        seconds=30,
    )


def as_geojson(made: surface.Surface) -> dict[str, Any]:
    """One MultiPolygon for each step, near and far."""
    rings: dict[tuple[int, bool], list[Any]] = defaultdict(list)
    for patch in made.patches:
        rings[patch.step, patch.far].append([surface.ring(patch)])
    bounds = {step.number: step for step in made.steps}
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            "properties": {"step": step, "far": far, "low": bounds[step].low, "high": bounds[step].high},
        }
        for (step, far), polygons in sorted(rings.items())
    ]
    data: dict[str, Any] = {
        "type": "FeatureCollection",
        "phenomenon": made.phenomenon,
        "method": "idw2",
        "stations": made.n,
        "reach_m": made.reach,
        "refused": made.refused,
        "features": features,
    }
    if not made.refused:
        data |= {
            "mean_error": round(made.error, 3),
            "mean_error_of_plain_mean": round(made.plain_error, 3),
            "checked": made.checked,
            "mean_distance_m": round(made.distance),
        }
    return data
