"""Draws with folium, tamed: nothing but a same-origin script comes out. The only file that imports folium.

folium as it comes loads ten files from four hosts, writes inline scripts and styles, invents ids and inlines text raw.
So the map and its layers load nothing, the head is dropped, ids are fixed, and only numbers and keys go in.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

import folium
from folium.map import CustomPane

MAP_ID = "projektkarte"
MAP_ELEMENT = f"map_{MAP_ID}"
OUTLINE = Path(__file__).resolve().parent.parent.parent / "portal" / "static" / "geo" / "kreis_paderborn.geojson"
CENTRE = (51.722, 8.745)

Coordinates = tuple[float, float, int]
"""Latitude, longitude, and how many things are there."""


class QuietMap(folium.Map):
    """A map that loads neither scripts nor styles of its own, and whose id does not change."""

    default_js: ClassVar[list[tuple[str, str]]] = []
    default_css: ClassVar[list[tuple[str, str]]] = []

    def __init__(self, **options: Any) -> None:
        super().__init__(tiles=None, **options)
        self._id = MAP_ID


class QuietPane(CustomPane):
    """A pane for the base map below names and points."""

    def __init__(self, name: str, **options: Any) -> None:
        super().__init__(name, **options)
        self._id = name


class QuietGeoJson(folium.GeoJson):
    """GeoJSON with a fixed id; what it draws carries keys only."""

    def __init__(self, data: dict[str, Any], *, key: str, **options: Any) -> None:
        super().__init__(data, control=False, **options)
        self._id = key


def script(points: Sequence[Coordinates]) -> str:
    """The script that draws base map and points into `#map_projektkarte`; equal input gives equal text (for the ETag).

    Point number n is the GeoJSON feature with `"key": n`; the page's own script gives it name, popup and keyboard.
    """
    return _script(tuple(points))


@lru_cache(maxsize=64)
def _script(points: tuple[Coordinates, ...]) -> str:
    drawn = QuietMap(
        location=CENTRE,
        zoom_start=12,
        min_zoom=9,
        max_zoom=17,
        control_scale=True,
        zoom_control="bottomright",
        scroll_wheel_zoom=False,
    )
    QuietPane("grund", z_index=300).add_to(drawn)
    QuietGeoJson(_outline(), key="umriss", interactive=False, pane="grund").add_to(drawn)
    features = [_feature(number, point) for number, point in enumerate(points)]
    QuietGeoJson(
        {"type": "FeatureCollection", "features": features},
        key="punkte",
        marker=folium.CircleMarker(radius=11, weight=3, fill=True, fill_opacity=1),
    ).add_to(drawn)
    figure = drawn.get_root()
    figure.render()
    return str(figure.script.render()).strip() + "\n"


def _feature(number: int, point: Coordinates) -> dict[str, Any]:
    lat, lng, count = point
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [lng, lat]},
        "properties": {"key": number, "count": count},
    }


@lru_cache(maxsize=1)
def _outline() -> dict[str, Any]:
    """Outline of Kreis Paderborn without the names of its source, as one feature."""
    source = json.loads(OUTLINE.read_text(encoding="utf-8"))
    features = source["features"] if source.get("type") == "FeatureCollection" else [source]
    plain = [{"type": "Feature", "geometry": f["geometry"], "properties": {"key": "kreis"}} for f in features]
    return {"type": "FeatureCollection", "features": plain}
