"""Places one can name: the parts of the city and some well-known spots, from the shipped GeoJSON."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from portal.exceptions import DomainError

FILE = Path(settings.BASE_DIR) / "portal" / "static" / "geo" / "orte_paderborn.geojson"
BOX = (51.55, 51.85, 8.5, 9.05)  # south, north, west, east: the city and what lies around it


@dataclass(frozen=True)
class Place:
    key: str
    name: str
    lat: float
    lng: float
    is_district: bool


@cache
def places() -> dict[str, Place]:
    """By key, the parts of the city first, each group by name."""
    found = []
    for feature in json.loads(FILE.read_text(encoding="utf-8"))["features"]:
        if feature["properties"]["in_city"]:
            lng, lat = feature["geometry"]["coordinates"]
            key = feature["id"]
            found.append(Place(key, feature["properties"]["name"], lat, lng, key.startswith("st_")))
    found.sort(key=lambda place: (not place.is_district, place.name))
    return {place.key: place for place in found}


def districts() -> list[Place]:
    return [place for place in places().values() if place.is_district]


def name_of(key: str) -> str:
    place = places().get(key)
    return place.name if place else ""


def nearest_district(lat: float, lng: float) -> str:
    """The key of the part of the city whose middle is nearest; good enough for a filter, not a boundary."""

    def away(place: Place) -> float:
        return math.hypot(place.lat - lat, (place.lng - lng) * math.cos(math.radians(lat)))

    return min(districts(), key=away).key


def resolve(*, place: str, lat: float | None, lng: float | None) -> tuple[str, float | None, float | None]:
    """(district, lat, lng) of what a form says: a point wins over a named place; all may be empty.

    Raises DomainError `bad_place` for half a point, an unknown name or a point outside the city's surroundings.
    """
    if (lat is None) != (lng is None):
        raise DomainError("bad_place", _("Bitte geben Sie Breite und Länge an, oder beides nicht."), field="lat")
    if lat is not None and lng is not None:
        south, north, west, east = BOX
        if not (south <= lat <= north and west <= lng <= east):
            raise DomainError("bad_place", _("Dieser Punkt liegt nicht in Paderborn oder der Nähe."), field="lat")
        return nearest_district(lat, lng), round(lat, 5), round(lng, 5)
    if not place:
        return "", None, None
    found = places().get(place)
    if found is None:
        raise DomainError("bad_place", _("Diesen Ort kennen wir nicht."), field="place")
    if found.is_district:
        return found.key, None, None
    return nearest_district(found.lat, found.lng), found.lat, found.lng
