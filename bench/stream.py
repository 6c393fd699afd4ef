"""A channel of ROWS values as one CSV and its station as CSV and JSON: time, length and memory of a fresh process.

.venv/bin/python bench/stream.py [--rows N]     on DATABASE_URL (default: a temporary SQLite file)
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402

from mapviews.domain import stations  # noqa: E402
from mapviews.domain.ingest import store  # noqa: E402
from mapviews.domain.ingest.store import DAY, ensure_partitions  # noqa: E402
from mapviews.exports import station_stream  # noqa: E402
from mapviews.models import Station  # noqa: E402
from mapviews.permissions import OPERATOR  # noqa: E402

START, STEP = 1_577_836_800_000, 10_000  # 2020-01-01, a value every ten seconds
KINDS = ("channel-csv", "station-csv", "station-json")


def fill(rows: int) -> int:
    """A public station with one channel of so many values; returns its id."""
    station = stations.register(
        OPERATOR, name="Bench-Strom", phenomena=["temperature"], latitude=51.718, longitude=8.754
    ).station
    channel = station.channels.get().pk
    for first in range(0, rows, 50_000):
        part = [(channel, START + i * STEP, 10 + i % 307 / 10, 0) for i in range(first, min(first + 50_000, rows))]
        ensure_partitions({row[1] // DAY for row in part})
        with transaction.atomic():
            store(part)
    return int(station.pk)


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(kind: str, pk: int) -> None:
    """One stream, thrown away as it comes; in a process of its own, so that its memory is its own."""
    station = Station.objects.get(pk=pk)
    if kind == "channel-csv":
        url = f"/api/v1/measurements?channel={station.channels.get().pk}&format=csv"
        Client(SERVER_NAME="localhost").get(url + "&to=2020-01-02T00:00:00Z")  # what the process needs anyway
        response: Any = Client(SERVER_NAME="localhost").get(url)
    else:
        response = station_stream(RequestFactory().get("/"), station, kind=kind.partition("-")[2])
    before, began, cpu, size, lines = peak(), time.perf_counter(), time.process_time(), 0, 0
    for chunk in response.streaming_content:
        size += len(chunk)
        lines += chunk.count(b"\n") if kind.endswith("csv") else chunk.count(b"[") // 2
    took, spent = time.perf_counter() - began, time.process_time() - cpu
    print(
        f"{kind:13} {lines:10} values or lines, {size / 1e6:7.1f} MB in {took:6.1f} s ({spent:.1f} s CPU),"
        f" {peak() - before:5.1f} MB more memory, {peak():.0f} MB in all",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--read", choices=KINDS)
    parser.add_argument("--station", type=int)
    options = parser.parse_args()
    if options.read:
        read(options.read, options.station)
        return
    call_command("migrate", verbosity=0)
    pk = fill(options.rows)
    print(f"{connection.vendor}: {options.rows} values", flush=True)
    for kind in KINDS:
        subprocess.run([sys.executable, __file__, "--read", kind, "--station", str(pk)], check=True)
    folder = Path(os.environ["VAR_DIR"])
    if folder.name.startswith("dhpb-bench-"):
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
