"""Cells of the map's grid, summed up by the database from the stations themselves, for any filter and moment."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from mapviews.domain import groups, moments
from mapviews.domain.areas import Box, Cell, Only
from mapviews.enums import EXCLUDED, Exposure, Publicity, StationStatus
from mapviews.models import Station

GOOD = f"c.latest_value IS NOT NULL AND (c.latest_flags & {int(EXCLUDED)}) = 0"
ELSEWHERE = (  # it stood at another public point after the moment began
    "l.valid_from > %s AND EXISTS (SELECT 1 FROM mapviews_stationlocation o WHERE o.station_id = s.id"
    " AND NOT o.is_current AND (o.public_latitude <> l.public_latitude OR o.public_longitude <> l.public_longitude))"
)


def read(box: Box, step: float, phenomenon: str, only: Only, moment: moments.Moment | None) -> list[Cell]:
    """Cells of `step` degrees in a box whose edges are multiples of it."""
    # Only finished sums leave the database: CAST rounds on PostgreSQL, so floor() stands there.
    floor = "floor({})" if connection.vendor == "postgresql" else "CAST({} AS INTEGER)"
    row = floor.format("(l.public_latitude - %s) / %s")
    column = floor.format("(l.public_longitude - %s) / %s")
    params: list[Any] = [box.south, step, box.west, step]
    joined, value, flags, given = _values(phenomenon, moment)
    params += given
    asked, given = _asked(only)
    sql = (
        f"SELECT {row} AS y, {column} AS x, count(DISTINCT s.id), avg({value}), max(COALESCE({flags}, 0))"  # noqa: S608
        f" FROM mapviews_stationlocation l JOIN mapviews_station s ON s.id = l.station_id{joined}"
        " WHERE l.is_current AND s.status = %s AND s.publicity <> %s AND s.exposure <> %s"
        " AND l.public_latitude BETWEEN %s AND %s AND l.public_longitude BETWEEN %s AND %s"
        f"{asked} GROUP BY y, x"
    )
    params += [StationStatus.ACTIVE, Publicity.PRIVATE, Exposure.MOBILE, box.south, box.north, box.west, box.east]
    with connection.cursor() as cursor:
        cursor.execute(sql, params + given)
        rows = cursor.fetchall()
    return [
        Cell(
            f"{step:.6f}:{math.floor(box.south / step + y + 0.5)}:{math.floor(box.west / step + x + 0.5)}",
            round(box.south + (y + 0.5) * step, 5),
            round(box.west + (x + 0.5) * step, 5),
            n,
            round(mean, 2) if mean is not None else None,
            bool(flagged),
        )
        for y, x, n, mean, flagged in sorted(rows)
    ]


def _values(phenomenon: str, moment: moments.Moment | None) -> tuple[str, str, str, list[Any]]:
    """Joins, the value, its flags, and the joins' parameters."""
    channels = " LEFT JOIN mapviews_channel c ON c.station_id = s.id AND c.phenomenon_id = %s"
    if moment is None:
        return f"{channels} AND s.publicity = %s", f"CASE WHEN {GOOD} THEN c.latest_value END", "c.latest_flags", [
            phenomenon,
            Publicity.PUBLIC,
        ]  # fmt: skip
    params: list[Any] = [phenomenon]
    if moment.resolution == "hour":  # indoor stations tell days at most
        channels += " AND s.publicity = %s"
        params.append(Publicity.PUBLIC)
    start = datetime.fromtimestamp(moment.start / 1000, tz=UTC)
    sums = f" LEFT JOIN {moments.table_of(moment)} r ON r.channel_id = c.id AND r.bucket = %s AND NOT ({ELSEWHERE})"
    params += [moment.start, connection.ops.adapt_datetimefield_value(start)]
    return channels + sums, "CASE WHEN r.n > 0 THEN r.total / r.n END", "r.flagged", params


def _asked(only: Only) -> tuple[str, list[Any]]:
    """Conditions and their parameters; the texts are parameters, never SQL."""
    sql, params = "", []
    if only.exposure:
        sql, params = " AND s.exposure = %s", [only.exposure]
    if only.project:
        sql += " AND s.project_id IN (SELECT id FROM projects_project WHERE slug = %s)"
        params = [*params, only.project]
    if only.licence:
        sql += " AND s.licence = %s"
        params = [*params, only.licence]
    if only.group:
        found = groups.for_group(Station.objects.public(), only.group, AnonymousUser())
        inner, given = found.order_by().values("pk").query.sql_with_params()
        sql += f" AND s.id IN ({inner})"
        params = [*params, *given]
    return sql, params
