"""What the live map shows: single stations while they are few, cells of a grid from about a thousand."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.db.models import Prefetch

from mapviews.enums import EXCLUDED, Exposure, Publicity, StationStatus
from mapviews.models import Channel, Station, StationLocation

GRID_FROM = 1000
CELL_PIXELS = 64
MOST_CELLS = 30  # per side of the asked box
GRID_SECONDS = 5


class Box(NamedTuple):
    """West, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, latitude: float, longitude: float) -> bool:
        return self.south <= latitude <= self.north and self.west <= longitude <= self.east


WORLD = Box(-180.0, -90.0, 180.0, 90.0)


def box_of(text: str) -> Box | None:
    """`w,s,e,n` as a box, None where it is not one."""
    try:
        parts = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    if len(parts) != 4 or not all(map(math.isfinite, parts)):
        return None
    west, south, east, north = parts
    if west > east or south > north or not (-90 <= south <= 90 and -90 <= north <= 90):
        return None
    return Box(max(west, -180.0), south, min(east, 180.0), north)


@dataclass(frozen=True)
class Cell:
    """A cell of the grid: its middle, how many stations, the mean of their latest values and whether one is flagged."""

    key: str
    latitude: float
    longitude: float
    count: int
    mean: float | None
    flagged: bool


def step_for(box: Box, zoom: int) -> float:
    """The side of a cell in degrees: 64 pixels, and never more than 30 cells across the box."""
    by_zoom: float = CELL_PIXELS * 360 / (256 * 2**zoom)
    return max(by_zoom, (box.east - box.west) / MOST_CELLS, (box.north - box.south) / MOST_CELLS, 1e-6)


def count(box: Box, *, more_than: int = GRID_FROM) -> int:
    """How many public stations lie in the box, counted no further than just above `more_than`."""
    return len(_public_locations(box).values_list("pk")[: more_than + 1])


def _public_locations(box: Box) -> Any:
    return StationLocation.objects.filter(
        is_current=True,
        station__in=Station.objects.public(),
        public_latitude__range=(box.south, box.north),
        public_longitude__range=(box.west, box.east),
    )


class Only(NamedTuple):
    """Which stations are asked for; empty means all. `project` is a slug."""

    exposure: str = ""
    project: str = ""


ALL = Only()


def stations_in(box: Box, *, phenomenon: str = "", only: Only = ALL) -> list[Station]:
    """Public stations in the box with `current` (place) and `shown_channels` (empty where only means are public)."""
    queryset = Station.objects.visible_to(AnonymousUser()).filter(
        locations__is_current=True,
        locations__public_latitude__range=(box.south, box.north),
        locations__public_longitude__range=(box.west, box.east),
    )
    if phenomenon:
        queryset = queryset.filter(pk__in=Channel.objects.filter(phenomenon=phenomenon).values("station"))
    if only.exposure:
        queryset = queryset.filter(exposure=only.exposure)
    if only.project:
        queryset = queryset.filter(project__slug=only.project)
    return with_channels(queryset.order_by("pk"))


def with_channels(queryset: Any) -> list[Station]:
    """Stations with place and channels in three queries."""
    found = list(
        queryset.prefetch_related(
            Prefetch("locations", StationLocation.objects.filter(is_current=True), to_attr="places"),
            Prefetch("channels", Channel.objects.select_related("phenomenon"), to_attr="all_channels"),
        )
    )
    for station in found:
        station.current = station.places[0] if station.places else None
        station.shown_channels = [] if station.publicity == Publicity.DAILY else station.all_channels
        for channel in station.all_channels:
            channel.station = station
    return found


def grid(box: Box, *, zoom: int, phenomenon: str, only: Only = ALL) -> list[Cell]:
    """Cells of the box with the latest values of one phenomenon; asked at most every five seconds."""
    step = step_for(box, zoom)
    box = Box(
        *(math.floor(edge / step) * step if i < 2 else math.ceil(edge / step) * step for i, edge in enumerate(box))
    )
    asked = f"{phenomenon}:{only.exposure}:{only.project}"
    digest = hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()  # a cache key must not hold foreign signs
    key = f"mapviews:grid:{digest}:{step:.8f}:{','.join(f'{edge:.5f}' for edge in box)}"
    cells: list[Cell] | None = cache.get(key)
    if cells is None:
        cells = _grid(box, step, phenomenon, only)
        cache.set(key, cells, GRID_SECONDS)
    return cells


def _asked(only: Only) -> tuple[str, list[str]]:
    """Conditions and their parameters; the texts are parameters, never SQL."""
    sql, params = "", []
    if only.exposure:
        sql, params = " AND s.exposure = %s", [only.exposure]
    if only.project:
        sql += " AND s.project_id IN (SELECT id FROM projects_project WHERE slug = %s)"
        params = [*params, only.project]
    return sql, params


def _grid(box: Box, step: float, phenomenon: str, only: Only) -> list[Cell]:
    # Only finished sums leave the database: CAST rounds on PostgreSQL, so floor() stands there.
    floor = "floor({})" if connection.vendor == "postgresql" else "CAST({} AS INTEGER)"
    row = floor.format("(l.public_latitude - %s) / %s")
    column = floor.format("(l.public_longitude - %s) / %s")
    good = f"c.latest_value IS NOT NULL AND (c.latest_flags & {int(EXCLUDED)}) = 0"
    asked, given = _asked(only)
    sql = (
        f"SELECT {row} AS y, {column} AS x, count(DISTINCT s.id),"  # noqa: S608
        f" avg(CASE WHEN {good} THEN c.latest_value END), max(COALESCE(c.latest_flags, 0))"
        " FROM mapviews_stationlocation l JOIN mapviews_station s ON s.id = l.station_id"
        " LEFT JOIN mapviews_channel c ON c.station_id = s.id AND c.phenomenon_id = %s AND s.publicity = %s"
        " WHERE l.is_current AND s.status = %s AND s.publicity <> %s AND s.exposure <> %s"
        " AND l.public_latitude BETWEEN %s AND %s AND l.public_longitude BETWEEN %s AND %s"
        f"{asked} GROUP BY y, x"
    )
    params: list[Any] = [
        box.south,
        step,
        box.west,
        step,
        phenomenon,
        Publicity.PUBLIC,
        StationStatus.ACTIVE,
        Publicity.PRIVATE,
    ]
    params += [Exposure.MOBILE, box.south, box.north, box.west, box.east, *given]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    return [
        Cell(
            f"{step:.6f}:{math.floor(box.south / step + y + 0.5)}:{math.floor(box.west / step + x + 0.5)}",
            round(box.south + (y + 0.5) * step, 5),
            round(box.west + (x + 0.5) * step, 5),
            n,
            round(mean, 2) if mean is not None else None,
            bool(flags),
        )
        for y, x, n, mean, flags in sorted(rows)
    ]
