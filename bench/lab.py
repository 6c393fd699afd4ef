"""Charts of a year: one channel, and eight in the Reallabor, beside the raw query in the same run.

.venv/bin/python bench/lab.py [VALUES]     on DATABASE_URL (default: a temporary SQLite file), 105,120 values a channel
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from mapviews.domain import rollups, stations  # noqa: E402
from mapviews.domain.ingest import Batch, Reading, ingest  # noqa: E402
from mapviews.domain.lab import recipe  # noqa: E402
from mapviews.models import Channel  # noqa: E402
from mapviews.permissions import OPERATOR  # noqa: E402

START, LENGTH, RUNS, LINES = 1_735_689_600_000, 365 * 86_400_000, 7, 8
YEAR = {"von": "2025-01-01", "bis": "2025-12-31"}


class Clock:
    """Seconds spent in the database and the number of queries."""

    def __init__(self) -> None:
        self.seconds, self.queries = 0.0, 0

    def __call__(self, execute: Callable[..., object], *args: object) -> object:
        started = time.perf_counter()
        try:
            return execute(*args)
        finally:
            self.seconds += time.perf_counter() - started
            self.queries += 1


def fill(values: int) -> list[Channel]:
    channels = []
    for number in range(LINES):
        made = stations.register(
            OPERATOR, name=f"Bench-Labor {number}", latitude=51.7181, longitude=8.7544, phenomena=["pm10"]
        )
        channel = made.station.channels.select_related("phenomenon", "station").get()
        for first in range(0, values, 5000):
            part = range(first, min(first + 5000, values))
            readings = [Reading(channel.pk, START + i * (LENGTH // values), 20 + (i + number) % 97 / 10) for i in part]
            ingest(Batch(readings, {channel.pk: channel}))
        channels.append(channel)
    rollups.refresh()
    return channels


def measure(name: str, act: Callable[[], object]) -> float:
    """Median milliseconds within `execute` (SQLite fetches rows later: see `sums`), CPU of the process, queries."""
    waits, cpu, queries = [], [], 0
    act()
    for _run in range(RUNS):
        clock, started = Clock(), time.process_time()
        with connection.execute_wrapper(clock):
            act()
        cpu.append((time.process_time() - started) * 1000)
        waits.append(clock.seconds * 1000)
        queries = clock.queries
    middle = statistics.median(waits)
    spread = f"{min(waits):.2f}-{max(waits):.2f}"
    print(f"{name:46} {queries:3} queries {middle:8.2f} ms database ({spread})  {statistics.median(cpu):8.1f} ms CPU")
    return middle


def raw(channels: list[Channel]) -> int:
    """What a chart without sums would ask; the rows are fetched too, since SQLite works while it is read."""
    marks = ", ".join(["%s"] * len(channels))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT channel_id, ts, value FROM mapviews_measurement WHERE channel_id IN ({marks}) ORDER BY 1, 2",
            [c.pk for c in channels],
        )
        return len(cursor.fetchall())


def sums(channels: list[Channel]) -> int:
    """The chart's own query of a year with its rows, as `series.many` asks it."""
    marks = ", ".join(["%s"] * len(channels))
    fields = "channel_id, bucket, n, total, minimum, maximum, flagged"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {fields} FROM mapviews_rollupday WHERE channel_id IN ({marks}) AND bucket >= %s AND bucket < %s"
            " ORDER BY channel_id, bucket",
            [*(c.pk for c in channels), START, START + LENGTH],
        )
        return len(cursor.fetchall())


def wall(act: Callable[[], object]) -> float:
    times = []
    for _run in range(RUNS):
        started = time.perf_counter()
        act()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    values = int(sys.argv[1]) if len(sys.argv) > 1 else 105_120
    channels = fill(values)
    print(f"{connection.vendor}, {LINES} channels of {values} values, median of {RUNS}")
    for number in (1, LINES):
        chosen = channels[:number]
        made = recipe.read({"k": [c.pk for c in chosen], **YEAR})
        query = made.query()
        straight = wall(lambda chosen=chosen: raw(chosen))
        asked = wall(lambda chosen=chosen: sums(chosen))
        measure(f"{number} lines: chart", lambda made=made: recipe.plot(made, recipe.open_channels(made.channels)))
        for path in ("verlauf.json", ""):
            url = f"/sensoren/labor/{path}?{query}"
            measure(f"{number} lines: {path or 'whole page'}", lambda url=url: Client(SERVER_NAME="localhost").get(url))
        words = f"{number} lines: raw query with rows {straight:.1f} ms, the chart's {asked:.2f} ms"
        print(f"{words}: 1/{straight / asked:.0f}")


if __name__ == "__main__":
    main()
