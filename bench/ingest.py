"""Rows per CPU-second of `ingest(batch)` and `store(rows)` beside the bare SQL path in the same run.

.venv/bin/python bench/ingest.py [ROWS]        on DATABASE_URL (default: a temporary SQLite file)
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
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

from mapviews.domain import stations  # noqa: E402
from mapviews.domain.ingest import Batch, Reading, ingest, store  # noqa: E402
from mapviews.domain.ingest.store import DAY, ensure_partitions  # noqa: E402
from mapviews.models import Channel  # noqa: E402
from mapviews.permissions import OPERATOR  # noqa: E402

START = 1_777_593_600_000
BATCH = 5000
RUNS = 5


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


def stored(rows: list[tuple[int, int, float, int]]) -> None:
    with transaction.atomic():
        store(rows)


def measure(act: Callable[[Any], object], batches: list[Any]) -> float:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM mapviews_measurement")
    before = time.process_time()
    for batch in batches:
        act(batch)
    return sum(map(len, batches)) / (time.process_time() - before)


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    call_command("migrate", verbosity=0)
    station = stations.register(OPERATOR, name="Bench", phenomena=["temperature", "illuminance"]).station
    channels = {c.pk: c for c in Channel.objects.filter(station=station).select_related("phenomenon")}
    keys = list(channels)
    flat = [(keys[i % 2], START + i // 2 * 60_000, i % 37 + 0.5, 0) for i in range(rows)]
    parts = [flat[i : i + BATCH] for i in range(0, rows, BATCH)]
    readings = [[Reading(*row) for row in part] for part in parts]
    ensure_partitions({row[1] // DAY for row in flat})
    paths = {
        "bare": (bare, parts),
        "store": (stored, parts),
        "ingest": (lambda part: ingest(Batch(part, channels)), readings),
    }
    figures: dict[str, list[float]] = {name: [] for name in paths}
    for _run in range(RUNS):
        for name, (act, batches) in paths.items():
            figures[name].append(measure(act, batches))
    base = statistics.median(figures["bare"])
    print(f"{connection.vendor}, {rows} rows in batches of {BATCH}, median of {RUNS} (CPU of this process)")
    for name, values in figures.items():
        middle = statistics.median(values)
        spread = f"({min(values):,.0f}-{max(values):,.0f})"
        print(f"{name:7} {middle:12,.0f} rows/CPU-s  {middle / base:5.2f} of bare  {spread}")
    station.delete()


if __name__ == "__main__":
    main()
