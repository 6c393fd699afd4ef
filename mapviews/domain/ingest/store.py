"""Rows into the table: the fastest path each database has, never twice the same (channel, ts)."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

HOUR = 3_600_000
DAY = 24 * HOUR
SMALL = 200  # up to here one plain statement beats COPY and a temporary table
Row = tuple[int, int, float, int]  # channel, ts in ms, value, flags

# One pass: a row that exists asks only whether its value differs; the function counts that and forbids the change.
SQLITE_INSERT = (
    "INSERT INTO mapviews_measurement VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET flags = flags"
    " WHERE value <> excluded.value AND mapviews_conflict()"
)
INCOMING = (
    "CREATE TEMPORARY TABLE IF NOT EXISTS mapviews_incoming"
    " (channel_id bigint, ts bigint, value double precision, flags smallint)"
)
CONFLICTS = (
    "SELECT count(*) FROM {rows} JOIN mapviews_measurement m"
    " ON m.channel_id = i.channel_id AND m.ts = i.ts WHERE m.value <> i.value"
)
UNNEST = "unnest(%s::bigint[], %s::bigint[], %s::double precision[], %s::smallint[])"
NAMED = UNNEST + " AS i(channel_id, ts, value, flags)"
PG_LATEST = (
    "UPDATE mapviews_channel c SET latest_ts = i.ts, latest_value = i.value, latest_flags = i.flags,"  # noqa: S608
    f" latest_changed = %s FROM {NAMED} WHERE c.id = i.channel_id AND (c.latest_ts IS NULL OR c.latest_ts < i.ts)"
)
PG_HEARD = (
    "UPDATE mapviews_station s SET last_seen_at = i.at FROM unnest(%s::bigint[], %s::timestamptz[]) AS i(id, at)"
    " WHERE s.id = i.id AND (s.last_seen_at IS NULL OR s.last_seen_at < i.at)"
)


class Outcome(NamedTuple):
    """How many rows were new, and how many of the others carried another value than the one that stays."""

    stored: int
    conflicting: int


def store(rows: Sequence[Row]) -> Outcome:
    """Writes rows inside the caller's transaction; a (channel, ts) that exists keeps its first value.

    The caller has made their partitions (`ensure_partitions`) before.
    """
    if not rows:
        return Outcome(0, 0)
    return _postgres(rows) if connection.vendor == "postgresql" else _sqlite(rows)


def hold_channels(channels: set[int]) -> set[int]:
    """Those that exist; on PostgreSQL they cannot be deleted until the transaction ends (SQLite has one writer)."""
    found: set[int] = set()
    wanted = sorted(channels)
    with connection.cursor() as cursor:
        for start in range(0, len(wanted), 500):
            part = wanted[start : start + 500]
            marks = ",".join(["%s"] * len(part))
            lock = " ORDER BY id FOR KEY SHARE" if connection.vendor == "postgresql" else ""
            cursor.execute(f"SELECT id FROM mapviews_channel WHERE id IN ({marks}){lock}", part)  # noqa: S608
            found.update(row[0] for row in cursor.fetchall())
    return found


class _Conflicts(threading.local):
    """Counts calls of the SQL function `mapviews_conflict()` of this thread's SQLite connection."""

    driver: Any = None
    count = 0

    def watch(self, driver: Any) -> None:
        """Makes the function known to the connection, once (again would disturb statements that are being read)."""
        if self.driver is not driver:
            driver.create_function("mapviews_conflict", 0, self._met)
            self.driver = driver

    def _met(self) -> int:
        self.count += 1
        return 0


_conflicts = _Conflicts()


def _sqlite(rows: Sequence[Row]) -> Outcome:
    connection.ensure_connection()
    driver = connection.connection  # the driver itself: Django's cursor would rewrite every statement
    _conflicts.watch(driver)
    changes, conflicts = driver.total_changes, _conflicts.count
    driver.executemany(SQLITE_INSERT, rows)
    return Outcome(driver.total_changes - changes, _conflicts.count - conflicts)


def _postgres(rows: Sequence[Row]) -> Outcome:
    with connection.cursor() as cursor:
        if len(rows) <= SMALL:
            columns = [list(column) for column in zip(*rows, strict=True)]
            cursor.execute(f"INSERT INTO mapviews_measurement SELECT * FROM {UNNEST} ON CONFLICT DO NOTHING", columns)  # noqa: S608
            stored = cursor.rowcount
            if stored == len(rows):
                return Outcome(stored, 0)
            cursor.execute(CONFLICTS.format(rows=NAMED), columns)
            return Outcome(stored, cursor.fetchone()[0])
        cursor.execute(INCOMING)
        cursor.execute("TRUNCATE mapviews_incoming")
        _copy(cursor, rows)
        cursor.execute("INSERT INTO mapviews_measurement SELECT * FROM mapviews_incoming ON CONFLICT DO NOTHING")
        stored, conflicting = cursor.rowcount, 0
        if stored < len(rows):
            cursor.execute(CONFLICTS.format(rows="mapviews_incoming i"))
            conflicting = cursor.fetchone()[0]
        cursor.execute("TRUNCATE mapviews_incoming")
        return Outcome(stored, conflicting)


def _copy(cursor: Any, rows: Iterable[Row]) -> None:
    with cursor.copy("COPY mapviews_incoming FROM STDIN") as copy:
        copy.write("".join([f"{c}\t{t}\t{v!r}\t{f}\n" for c, t, v, f in rows]))


def ensure_partitions(days: set[int]) -> None:
    """The monthly partitions that these days (since 1970) need; made where missing. PostgreSQL only.

    Called before a transaction reads or writes the table, and attached rather than made in place: that lock meets no
    reader and no writer, so two writers of a new month cannot wait for each other.
    """
    if connection.vendor != "postgresql":
        return
    months = {(m.year, m.month) for m in (datetime.fromtimestamp(day * 86_400, tz=UTC) for day in days)}
    with connection.cursor() as cursor:
        for year, month in sorted(months):
            name = f"mapviews_measurement_{year:04d}_{month:02d}"
            if not _exists(cursor, name):
                with transaction.atomic():
                    _make_partition(cursor, name, year, month)


def _exists(cursor: Any, table: str) -> bool:
    # The catalogue itself: to_regclass() may answer from a cache that is older than a lock we waited for.
    cursor.execute("SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = %s", [table])
    return cursor.fetchone() is not None


def _make_partition(cursor: Any, name: str, year: int, month: int) -> None:
    start, end = _month_start(year, month), _month_start(year + month // 12, month % 12 + 1)
    cursor.execute("SELECT pg_advisory_xact_lock(7001, 0)")
    if _exists(cursor, name):
        return
    cursor.execute(f"CREATE TABLE {name} (LIKE mapviews_measurement INCLUDING ALL)")
    cursor.execute(f"ALTER TABLE mapviews_measurement ATTACH PARTITION {name} FOR VALUES FROM ({start}) TO ({end})")


def _month_start(year: int, month: int) -> int:
    return int(datetime(year, month, 1, tzinfo=UTC).timestamp()) * 1000


def mark_dirty(buckets: set[tuple[int, int]]) -> None:
    """Remembers hours of channels whose sums are to be counted again."""
    rows = sorted(buckets)
    if connection.vendor == "postgresql":
        columns = [list(column) for column in zip(*rows, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO mapviews_dirtybucket SELECT * FROM unnest(%s::bigint[], %s::bigint[])"
                # DO UPDATE, not DO NOTHING: it waits for a recount that is just removing the mark, so no mark is lost
                " ON CONFLICT (channel_id, bucket) DO UPDATE SET bucket = excluded.bucket",
                columns,
            )
    else:
        connection.ensure_connection()
        connection.connection.executemany("INSERT OR IGNORE INTO mapviews_dirtybucket VALUES (?, ?)", rows)


def keep_latest(newest: Sequence[Row], heard: dict[int, datetime]) -> None:
    """The newest value of channels and when stations were heard, where that is news (fixed SQL)."""
    changed = int(time.time() * 1000)
    values, moments = sorted(newest), sorted(heard.items())
    if connection.vendor == "postgresql":
        columns = [list(column) for column in zip(*values, strict=True)]
        with connection.cursor() as cursor:
            cursor.execute(PG_LATEST, [changed, *columns])
            cursor.execute(PG_HEARD, [[station for station, _at in moments], [at for _station, at in moments]])
        return
    connection.ensure_connection()
    texts = [(connection.ops.adapt_datetimefield_value(at), station) for station, at in moments]
    connection.connection.executemany(
        "UPDATE mapviews_channel SET latest_ts = ?, latest_value = ?, latest_flags = ?, latest_changed = ?"
        " WHERE id = ? AND (latest_ts IS NULL OR latest_ts < ?)",
        [(ts, value, flags, changed, channel, ts) for channel, ts, value, flags in values],
    )
    connection.connection.executemany(
        "UPDATE mapviews_station SET last_seen_at = ? WHERE id = ? AND (last_seen_at IS NULL OR last_seen_at < ?)",
        [(text, station, text) for text, station in texts],
    )
