"""`mobile-cells.geojson`: what stations on the move measured, by 500 m cell and calendar month."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router

from mapviews.domain import mobile
from mapviews.models import MobileCell
from mapviews.responses import open_json
from portal.exceptions import DomainError

MOST = 20_000


def add(router: Router) -> None:
    router.get("/mobile-cells.geojson", response={200: dict}, summary="Unterwegs gemessen, je Feld und Monat")(cells)


def cells(
    request: HttpRequest,
    month: str = Query(..., max_length=7, description="2026-04"),
    phenomenon: str = Query("pm10", max_length=50),
) -> HttpResponse:
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise DomainError("bad_month", _("„month“ muss ein Monat sein, zum Beispiel 2026-04."))
    found = MobileCell.objects.filter(month=date.fromisoformat(f"{month}-01"), phenomenon=phenomenon)
    features: list[dict[str, Any]] = [_feature(cell) for cell in found[:MOST]]
    data = {
        "type": "FeatureCollection",
        "month": month,
        "cell_m": mobile.CELL,
        "sample": mobile.has_samples(),
        "features": features,
    }
    return open_json(request, data, content_type="application/geo+json", seconds=3600)


def _feature(cell: MobileCell) -> dict[str, Any]:
    latitude, longitude = mobile.middle(cell)
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        "properties": {"phenomenon": cell.phenomenon_id, "n": cell.n, "mean": round(cell.total / cell.n, 3)},
    }
