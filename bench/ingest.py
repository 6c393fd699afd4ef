"""Rows per CPU-second of `ingest(batch)` and `store(rows)` beside the bare SQL path in the same run.

At 1, 50 and 5,000 rows a batch, with 0, 50 and 100 % of them known already. On PostgreSQL the server's CPU counts too,
the rows lie in several monthly partitions, and beside stand COPY without a check for duplicates, executemany and
Django's bulk_create.
.venv/bin/python bench/ingest.py [ROWS]        on DATABASE_URL (default: a temporary SQLite file)
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from bench.live.cpu import spent  # noqa: E402
from mapviews.domain import stations  # noqa: E402
from mapviews.domain.ingest import Batch, Reading, ingest, store  # noqa: E402
from mapviews.domain.ingest.store import DAY, ensure_partitions  # noqa: E402
from mapviews.models import Channel, Measurement  # noqa: E402
from mapviews.permissions import OPERATOR  # noqa: E402

START = 1_777_593_600_000
SIZES = {1: 0.01, 50: 0.2, 5000: 1.0}  # rows a batch, and the share of ROWS that is measured with it
KNOWN = (0, 50, 100)
RUNS = 3


def bare(rows: list[tuple[int, int, float, int]]) -> None:
    """The same statements without anything around them."""
    with transaction.atomic():
        if connection.vendor == "sqlite":
            connection.connection.executemany("INSERT OR IGNORE INTO mapviews_measurement VALUES (?, ?, ?, ?)", rows)
            return
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bare (LIKE mapviews_measurement)")
            cursor.execute("TRUNCATE bare")
            with cursor.copy("COPY bare FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            cursor.execute("INSERT INTO mapviews_measurement SELECT * FROM bare ON CONFLICT DO NOTHING")


def copied(rows: list[tuple[int, int, float, int]]) -> None:
    """COPY straight into the table: the limit, which one duplicate ends."""
    with (
        transaction.atomic(),
        connection.cursor() as cursor,
        cursor.copy("COPY mapviews_measurement FROM STDIN") as copy,
    ):
        copy.write("".join([f"{c}\t{t}\t{v!r}\t{f}\n" for c, t, v, f in rows]))


def one_by_one(rows: list[tuple[int, int, float, int]]) -> None:
    """executemany as a tutorial has it (psycopg sends it as a pipeline)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany("INSERT INTO mapviews_measurement VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING", rows)


def by_django(rows: list[tuple[int, int, float, int]]) -> None:
    made = [Measurement(channel_id=c, ts=t, value=v, flags=f) for c, t, v, f in rows]
    Measurement.objects.bulk_create(made, ignore_conflicts=True)


def stored(rows: list[tuple[int, int, float, int]]) -> None:
    with transaction.atomic():
        store(rows)


def measure(act: Callable[[Any], object], batches: list[Any], known: list[tuple[int, int, float, int]]) -> float:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mapviews_measurement")
    if known:
        stored(known)
    before = spent()
    for batch in batches:
        act(batch)
    return sum(map(len, batches)) / max(spent() - before, 0.001)


def compare(channels: dict[int, Channel], rows: int, size: int, share: int) -> None:
    """Bare path, `store` and `ingest` in turn, with `share` percent of the rows stored before."""
    keys = list(channels)
    flat = [(keys[i % 2], START + i // 2 * 600_000, i % 37 + 0.5, 0) for i in range(rows)]
    known = [row for i, row in enumerate(flat) if i // 2 % 100 < share]
    parts = [flat[i : i + size] for i in range(0, rows, size)]
    readings = [[Reading(*row) for row in part] for part in parts]
    ensure_partitions({row[1] // DAY for row in flat})
    paths: dict[str, tuple[Callable[[Any], object], Any]] = {
        "bare": (bare, parts),
        "store": (stored, parts),
        "ingest": (lambda part: ingest(Batch(part, channels)), readings),
    }
    if size > 1:
        paths["bulk_create"] = (by_django, parts)
        if connection.vendor == "postgresql":
            paths["executemany"] = (one_by_one, parts)
            if not share:
                paths["copy"] = (copied, parts)
    figures: dict[str, list[float]] = {name: [] for name in paths}
    for _run in range(RUNS):
        for name, (act, batches) in paths.items():
            figures[name].append(measure(act, batches, known))
    base = statistics.median(figures["bare"])
    shown = "  ".join(
        f"{n} {statistics.median(v):9,.0f} ({statistics.median(v) / base:.2f})" for n, v in figures.items()
    )
    print(f"{size:5} rows a batch, {share:3} % known: {shown}", flush=True)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    call_command("migrate", verbosity=0)
    station = stations.register(OPERATOR, name="Bench", phenomena=["temperature", "illuminance"]).station
    channels = {c.pk: c for c in Channel.objects.filter(station=station).select_related("phenomenon")}
    print(f"{connection.vendor}, rows per CPU-second of client and server (share of bare), median of {RUNS}")
    for size, part in SIZES.items():
        for share in KNOWN:
            compare(channels, int(rows * part), size, share)
    station.delete()


if __name__ == "__main__":
    main()
