"""Public channels by phenomenon, district, project and words, for the choice in the Reallabor."""

from __future__ import annotations

import math
from typing import Any

from django.db.models import Q

from mapviews.domain import places
from mapviews.models import Channel, Station, StationLocation

MOST_FOUND = 30
PREFIX = "st_"
NEAR = (0.045, 0.07)  # degrees of latitude and longitude around a district's middle: about five kilometres


def districts() -> list[tuple[str, str]]:
    """Key and name of each district."""
    named = [(key, place["name"]) for key, place in places.known_places().items() if key.startswith(PREFIX)]
    return sorted(named, key=lambda pair: pair[1])


def channels(
    *, phenomenon: str = "", district: str = "", project: Any = None, words: str = "", without: Any = ()
) -> tuple[list[Channel], bool]:
    """At most thirty public channels with values, by station; and whether there are more."""
    stations = Station.objects.public()
    if project is not None:
        stations = stations.filter(project=project)
    if district:
        stations = stations.filter(pk__in=_in_district(district))
    rows = Channel.objects.filter(station__in=stations, latest_ts__isnull=False, phenomenon__isnull=False)
    if phenomenon:
        rows = rows.filter(phenomenon=phenomenon)
    for word in words.split()[:5]:
        rows = rows.filter(
            Q(station__name__icontains=word)
            | Q(phenomenon__label_de__icontains=word)
            | Q(phenomenon__label_en__icontains=word)
        )
    rows = rows.exclude(pk__in=without).select_related("station", "phenomenon")
    found = list(rows.order_by("phenomenon__position", "station__name", "pk")[: MOST_FOUND + 1])
    return found[:MOST_FOUND], len(found) > MOST_FOUND


def _in_district(key: str) -> list[int]:
    """Stations whose public point is nearer to this district's middle than to any other's."""
    middles = {k: p for k, p in places.known_places().items() if k.startswith(PREFIX)}
    if key not in middles:
        return []
    here = middles[key]
    latitude, longitude = here["latitude"], here["longitude"]
    points = StationLocation.objects.filter(
        is_current=True,
        station__in=Station.objects.public(),
        public_latitude__range=(latitude - NEAR[0], latitude + NEAR[0]),
        public_longitude__range=(longitude - NEAR[1], longitude + NEAR[1]),
    ).values_list("station_id", "public_latitude", "public_longitude")
    return [pk for pk, lat, lng in points if _nearest(middles, lat, lng) == key]


def _nearest(middles: dict[str, Any], latitude: float, longitude: float) -> str:
    def far(place: Any) -> float:
        east = (place["longitude"] - longitude) * math.cos(math.radians(latitude))
        return math.hypot(place["latitude"] - latitude, east)

    return min(middles, key=lambda key: far(middles[key]))
