"""Which latest values changed: what the live map polls, since it must hear of every process (worker, simulator)."""

from __future__ import annotations

from typing import NamedTuple

from mapviews.enums import Publicity
from mapviews.models import Channel, Station

OVERLAP = 5000  # ms: a transaction may commit later than its stamp says
MOST = 2000


class Change(NamedTuple):
    """A channel's newest value; place is the public one or None. `stamp` is when it was written (ms)."""

    station: int
    channel: int
    phenomenon: str | None
    ts: int
    value: float
    flags: int
    latitude: float | None
    longitude: float | None
    stamp: int


def since(stamp: int) -> list[Change]:
    """Changes of open stations written after `stamp` minus an overlap, oldest first; the reader drops what it has."""
    rows = (
        Channel.objects.filter(
            latest_changed__gt=stamp - OVERLAP,
            station__in=Station.objects.public().filter(publicity=Publicity.PUBLIC).values("pk"),
        )
        .order_by("latest_changed")
        .values_list("station_id", "pk", "phenomenon_id", "latest_ts", "latest_value", "latest_flags", "latest_changed")
    )[:MOST]
    found = list(rows)
    places = {
        pk: (lat, lng)
        for pk, lat, lng in Station.objects.filter(
            pk__in={row[0] for row in found}, locations__is_current=True
        ).values_list("pk", "locations__public_latitude", "locations__public_longitude")
    }
    changes = []
    for station, channel, phenomenon, ts, value, flags, changed in found:
        if ts is not None and value is not None:
            latitude, longitude = places.get(station, (None, None))
            changes.append(Change(station, channel, phenomenon, ts, value, flags, latitude, longitude, changed))
    return changes
