"""Integer keys of map cells, kept beside the public place and the channels of every station on the open map.

The grid of any zoom is then one pass over an index, without a join. Whatever is not on the map has no key; signals of
the models renew keys in the transaction that changes a station, so what is taken off the map leaves the grid with it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.signals import post_save

from mapviews.domain.areas import Box, Cell
from mapviews.enums import EXCLUDED, Publicity
from mapviews.models import Channel, Station, StationLocation

SIDE = 65_536  # cells around the Earth: 0.0055 degrees, as wide as a map's cell of 64 pixels at zoom 14
BASE = 360 / SIDE
SHOWN = {"status", "publicity", "exposure"}
PART = 500


def key_of(latitude: float, longitude: float) -> int:
    row, column = math.floor((latitude + 90) / BASE), math.floor((longitude + 180) / BASE)
    return row * SIDE + min(column, SIDE - 1)


def renew(stations: Iterable[int]) -> None:
    """Keys of these stations (ids) from what they are now."""
    wanted = list(stations)
    for first in range(0, len(wanted), PART):
        _renew(wanted[first : first + PART])


def renew_all() -> None:
    renew(Station.objects.order_by("pk").values_list("pk", flat=True))


def _renew(part: list[int]) -> None:
    public = dict(Station.objects.public().filter(pk__in=part).values_list("pk", "publicity"))
    places = StationLocation.objects.filter(station__in=part)
    current = places.filter(is_current=True, station__in=public)
    keys = {
        station: (pk, key_of(latitude, longitude), kept)
        for pk, station, latitude, longitude, kept in current.values_list(
            "pk", "station", "public_latitude", "public_longitude", "map_cell"
        )
    }
    stale = places.exclude(map_cell=None).exclude(pk__in=[pk for pk, _key, _kept in keys.values()])
    stale.update(map_cell=None)
    for pk, key, kept in keys.values():
        if kept != key:
            StationLocation.objects.filter(pk=pk).update(map_cell=key)
    every: dict[int, list[int]] = defaultdict(list)
    for station, (_pk, key, _kept) in keys.items():
        if public[station] == Publicity.PUBLIC:
            every[key].append(station)
    shown = [station for stations in every.values() for station in stations]
    Channel.objects.filter(station__in=part).exclude(Q(map_cell=None) | Q(station__in=shown)).update(map_cell=None)
    for key, stations in every.items():
        Channel.objects.filter(station__in=stations).exclude(map_cell=key).update(map_cell=key)


def level_for(step: float) -> int | None:
    """How often the base cell must be doubled to be at least `step` wide; None where `step` is finer than it."""
    if step < BASE * 0.999:
        return None
    return max(0, math.ceil(math.log2(step / BASE) - 1e-6))


def read(box: Box, level: int, phenomenon: str) -> list[Cell]:
    """Cells that touch the box: all public stations, and the mean of the latest good values of one phenomenon."""
    low, high = key_of(box.south, box.west), key_of(min(box.north, 90 - BASE / 2), box.east)
    span = [
        (low // SIDE >> level << level) * SIDE,
        (((high // SIDE >> level) + 1) << level) * SIDE - 1,
        low % SIDE >> level << level,
        ((high % SIDE >> level) + 1 << level) - 1,
    ]
    found = f"map_cell BETWEEN %s AND %s AND map_cell %% {SIDE} BETWEEN %s AND %s"
    group = f"SELECT map_cell / {SIDE} >> {level} AS y, map_cell %% {SIDE} >> {level} AS x"
    good = f"latest_value IS NOT NULL AND (latest_flags & {int(EXCLUDED)}) = 0"
    counts = (
        f"{group}, sum(n) FROM (SELECT map_cell, count(*) AS n FROM mapviews_stationlocation"  # noqa: S608
        f" WHERE {found} GROUP BY map_cell) AS base GROUP BY y, x"
    )
    means = (
        f"{group}, sum(total), sum(n), max(f) FROM (SELECT map_cell,"  # noqa: S608
        f" sum(CASE WHEN {good} THEN latest_value END) AS total, sum(CASE WHEN {good} THEN 1 ELSE 0 END) AS n,"
        " max(latest_flags) AS f"
        f" FROM mapviews_channel WHERE phenomenon_id = %s AND {found} GROUP BY map_cell) AS base GROUP BY y, x"
    )
    with connection.cursor() as cursor:
        cursor.execute(counts, span)
        cells = {(y, x): int(n) for y, x, n in cursor.fetchall()}
        cursor.execute(means, [phenomenon, *span])
        values = {(y, x): (total / int(n) if n else None, flags) for y, x, total, n, flags in cursor.fetchall()}
    step = BASE * 2**level
    none = (None, 0)
    return [
        Cell(
            f"{level}:{y}:{x}",
            round((y + 0.5) * step - 90, 5),
            round((x + 0.5) * step - 180, 5),
            count,
            round(mean, 2) if (mean := values.get((y, x), none)[0]) is not None else None,
            bool(values.get((y, x), none)[1]),
        )
        for (y, x), count in sorted(cells.items())
    ]


def connect() -> None:
    """Called once the app is ready."""
    post_save.connect(_station_saved, sender=Station, dispatch_uid="map_keys.station")
    post_save.connect(_part_saved, sender=StationLocation, dispatch_uid="map_keys.location")
    post_save.connect(_part_saved, sender=Channel, dispatch_uid="map_keys.channel")


def _station_saved(instance: Station, update_fields: Any = None, raw: bool = False, **_rest: Any) -> None:
    if not raw and (update_fields is None or SHOWN & set(update_fields)):
        _renew([instance.pk])


def _part_saved(instance: Any, created: bool, update_fields: Any = None, raw: bool = False, **_rest: Any) -> None:
    if not raw and (created or update_fields is None):
        _renew([instance.station_id])
