"""Stations on the move. Their values are told by 500 m cell and calendar month, from a day after the month's end.

So that no way can be rebuilt: the first and last kilometre and ten minutes of each trip count for nothing, a cell needs
three trips, and a published month never changes, so that two looks at it tell nothing more. Fixes are deleted after.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain import places
from mapviews.enums import EXCLUDED, Exposure, StationStatus
from mapviews.models import Channel, Fix, Measurement, MobileCell, Station
from mapviews.permissions import can_own_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed

CELL = 500  # m
DELAY = timedelta(hours=24)
PAUSE = 20 * 60_000  # ms without a fix end a trip
TRIM_TIME = 10 * 60_000
TRIM_WAY = 1000.0  # m around the ends of a trip
TRIPS = 3
NEAR = 60_000  # ms between a value and the fix that places it


class Place(NamedTuple):
    """Where a station was at `ts` (ms)."""

    ts: int
    latitude: float
    longitude: float


CellKey = tuple[int, int, int]


def share(user: Any, *, station: Station, shared: bool) -> None:
    """The owner's consent, which can be taken back at any time. Raises `not_allowed`, `not_mobile`."""
    if not can_own_station(user, station):
        raise NotAllowed()
    if station.exposure != Exposure.MOBILE:
        raise DomainError("not_mobile", _("Das geht nur für Stationen, die unterwegs sind."))
    with transaction.atomic():
        station.share_cells = shared
        station.save(update_fields=["share_cells", "updated_at"])
        if not shared:
            Fix.objects.filter(station=station).delete()
        audit.record(actor=user, action="station.cells_shared" if shared else "station.cells_ended", obj=station)


def remember(station: Station, found: Iterable[Place]) -> None:
    """Keeps places of a mobile station whose owner shares cells; of every other station none is kept."""
    if station.exposure != Exposure.MOBILE or not station.share_cells:
        return
    rows = []
    for place in found:
        try:
            places.check(place.latitude, place.longitude)
        except DomainError:
            continue
        rows.append(Fix(station=station, ts=place.ts, latitude=place.latitude, longitude=place.longitude))
    Fix.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def month_of(ts: int) -> date:
    return datetime.fromtimestamp(ts / 1000, tz=UTC).date().replace(day=1)


def _start(month: date) -> int:
    return int(datetime(month.year, month.month, 1, tzinfo=UTC).timestamp() * 1000)


def _next(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def publish(now: datetime | None = None) -> int:
    """The periodic job: counts each month that ended a day ago and has fixes; returns the number of cells."""
    done = month_of(int(((now or timezone.now()) - DELAY).timestamp() * 1000))
    made = 0
    while (oldest := Fix.objects.filter(ts__lt=_start(done)).order_by("ts").first()) is not None:
        made += _count(month_of(oldest.ts))
    return made


def _count(month: date) -> int:
    start, end = _start(month), _start(_next(month))
    with transaction.atomic():
        fixes = Fix.objects.filter(ts__gte=start, ts__lt=end)
        cells = []
        if not MobileCell.objects.filter(month=month).exists():  # a month is published once and never changed
            cells = _cells(month, fixes)
            MobileCell.objects.bulk_create(cells, batch_size=500)
        fixes.delete()
    return len(cells)


def _cells(month: date, fixes: Any) -> list[MobileCell]:
    values: dict[tuple[str, CellKey], list[float]] = defaultdict(list)
    trips: dict[tuple[str, CellKey], set[tuple[int, int]]] = defaultdict(set)
    sharing = Station.objects.filter(share_cells=True, exposure=Exposure.MOBILE, status=StationStatus.ACTIVE)
    for station in sharing.order_by("pk"):
        found = [
            Place(*row)
            for row in fixes.filter(station=station).order_by("ts").values_list("ts", "latitude", "longitude")
        ]
        channels = list(Channel.objects.filter(station=station).exclude(phenomenon=None))
        for number, trip in enumerate(split(found)):
            kept = trim(trip)
            for channel in channels if kept else ():
                for key, value in _placed(channel, kept):
                    values[channel.phenomenon_id or "", key].append(value)
                    trips[channel.phenomenon_id or "", key].add((station.pk, number))
    return [
        MobileCell(phenomenon_id=slug, month=month, zone=key[0], column=key[1], row=key[2], n=len(v), total=sum(v))
        for (slug, key), v in sorted(values.items())
        if len(trips[slug, key]) >= TRIPS
    ]


def split(found: Sequence[Place]) -> list[list[Place]]:
    """Trips: places with no longer pause between them."""
    trips: list[list[Place]] = []
    for place in found:
        if trips and place.ts - trips[-1][-1].ts <= PAUSE:
            trips[-1].append(place)
        else:
            trips.append([place])
    return trips


def trim(trip: Sequence[Place]) -> list[Place]:
    """The trip without its ends: neither ten minutes nor a kilometre around where it began and ended."""
    first, last = trip[0], trip[-1]
    return [
        p
        for p in trip
        if p.ts - first.ts > TRIM_TIME
        and last.ts - p.ts > TRIM_TIME
        and distance(p, first) > TRIM_WAY
        and distance(p, last) > TRIM_WAY
    ]


def distance(a: Place, b: Place) -> float:
    """Metres, on a plane around the two, good to a percent below 100 km."""
    across = math.cos(math.radians((a.latitude + b.latitude) / 2)) * (a.longitude - b.longitude)
    return 111_195 * math.hypot(a.latitude - b.latitude, across)


def _placed(channel: Channel, kept: Sequence[Place]) -> Iterable[tuple[CellKey, float]]:
    times = [p.ts for p in kept]
    rows = Measurement.objects.filter(channel=channel, ts__gte=times[0] - NEAR, ts__lte=times[-1] + NEAR)
    for ts, value, flags in rows.values_list("ts", "value", "flags"):
        index = bisect_left(times, ts)
        near = min((p for p in kept[max(0, index - 1) : index + 1]), key=lambda p: abs(p.ts - ts))
        if abs(near.ts - ts) <= NEAR and not flags & EXCLUDED:
            yield cell_of(near.latitude, near.longitude), value


def cell_of(latitude: float, longitude: float) -> CellKey:
    zone = places.zone_of(longitude)
    easting, northing = places.to_utm(latitude, longitude, zone)
    return zone, math.floor(easting / CELL), math.floor(northing / CELL)


def middle(cell: MobileCell) -> tuple[float, float]:
    """Latitude and longitude of a cell's middle."""
    point = places.from_utm((cell.column + 0.5) * CELL, (cell.row + 0.5) * CELL, cell.zone)
    return round(point[0], 5), round(point[1], 5)


def has_samples() -> bool:
    """Whether invented rides (the demo's) are among what is told."""
    return Station.objects.filter(exposure=Exposure.MOBILE, share_cells=True, sample=True).exists()
