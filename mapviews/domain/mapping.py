"""What the live map shows: single stations while they are few, cells of a grid from about a thousand."""

from __future__ import annotations

import hashlib
import math
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Prefetch

from mapviews.domain import cells, groups, map_keys, moments
from mapviews.domain.areas import ALL, WORLD, Box, Cell, Only, box_of
from mapviews.enums import Publicity
from mapviews.models import Channel, Station, StationLocation

__all__ = ["ALL", "WORLD", "Box", "Cell", "Only", "box_of", "count", "grid", "stations_in", "with_channels"]

GRID_FROM = 1000
CELL_PIXELS = 64
MOST_CELLS = 30  # per side of the asked box
GRID_SECONDS = 5
PAST_SECONDS = 30  # hours and days that are over; what is deleted is gone from here soon after


def step_for(box: Box, zoom: int) -> float:
    """The side of a cell in degrees: 64 pixels, and never more than 30 cells across the box."""
    by_zoom: float = CELL_PIXELS * 360 / (256 * 2**zoom)
    return max(by_zoom, (box.east - box.west) / MOST_CELLS, (box.north - box.south) / MOST_CELLS, 1e-6)


def count(box: Box, *, more_than: int = GRID_FROM) -> int:
    """How many public stations lie in the box, counted no further than just above `more_than`."""
    found = StationLocation.objects.filter(
        map_cell__isnull=False,
        public_latitude__range=(box.south, box.north),
        public_longitude__range=(box.west, box.east),
    )
    return len(found.order_by().values_list("pk")[: more_than + 1])


def stations_in(box: Box, *, phenomenon: str = "", only: Only = ALL) -> list[Station]:
    """Public stations in the box with `current` (place) and `shown_channels` (empty where only means are public)."""
    queryset = Station.objects.visible_to(AnonymousUser()).filter(
        locations__is_current=True,
        locations__public_latitude__range=(box.south, box.north),
        locations__public_longitude__range=(box.west, box.east),
    )
    if phenomenon:
        queryset = queryset.measuring(phenomenon)
    if only.exposure:
        queryset = queryset.filter(exposure=only.exposure)
    if only.project:
        queryset = queryset.filter(project__slug=only.project)
    if only.licence:
        queryset = queryset.filter(licence=only.licence)
    if only.group:
        queryset = groups.for_group(queryset, only.group, AnonymousUser())
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


def grid(box: Box, *, zoom: int, phenomenon: str, only: Only = ALL, moment: moments.Moment | None = None) -> list[Cell]:
    """Cells of the box with the latest values of one phenomenon, or its means in a moment; kept for some seconds."""
    step = step_for(box, zoom)
    level = None if moment or any(only) else map_keys.level_for(step)
    if level is not None:
        step = map_keys.BASE * 2**level
    box = Box(
        *(math.floor(edge / step) * step if i < 2 else math.ceil(edge / step) * step for i, edge in enumerate(box))
    )
    asked = f"{phenomenon}:{':'.join(only)}:{moment.text if moment else ''}"
    digest = hashlib.blake2b(asked.encode(), digest_size=8).hexdigest()  # a cache key must not hold foreign signs
    key = f"mapviews:grid:{digest}:{step:.8f}:{','.join(f'{edge:.5f}' for edge in box)}"
    found: list[Cell] | None = cache.get(key)
    if found is None:
        if level is None:
            found = cells.read(box, step, phenomenon, only, moment)
        else:
            found = map_keys.read(box, level, phenomenon)
        cache.set(key, found, GRID_SECONDS if moment is None else PAST_SECONDS)
    return found
