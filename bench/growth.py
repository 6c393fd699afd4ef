"""Growth of the store: ingest, recount, chart of a year, latest of 1,000 channels, GeoJSON, at each size up to ROWS.

1,000 channels on 500 stations get a value in turn, as time goes on; one more channel has a full year of a value every
five minutes. Between the measured sizes the table is filled by `store`, and the sums by one statement.
.venv/bin/python bench/growth.py [--rows N] [--keep]   on DATABASE_URL (default: a temporary SQLite file)
"""

from __future__ import annotations

import argparse
import os
import shutil
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

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402

from bench.live.cpu import spent  # noqa: E402
from mapviews.domain import charts, rollups, tokens  # noqa: E402
from mapviews.domain.ingest import Batch, Reading, ingest, store  # noqa: E402
from mapviews.domain.ingest.store import DAY, HOUR, ensure_partitions  # noqa: E402
from mapviews.models import Channel, DirtyBucket, Measurement, Station, StationLocation  # noqa: E402
from portal.comments.models import Thread  # noqa: E402

START = 1_704_067_200_000  # 2024-01-01
STEP = 17 * 60_000  # 30 million rows of 1,000 channels are a year
CHANNELS, YEAR = 1000, 105_120
MEASURED = 100_000  # rows that go through ingest() at each size
SIZES = (100_000, 300_000, 1_000_000, 3_000_000, 10_000_000, 30_000_000, 100_000_000)
SUMS = (
    "INSERT INTO mapviews_rollup{name} SELECT channel_id, ts - ts % {step} AS b, count(*), sum(value), min(value),"
    " max(value), 0 FROM mapviews_measurement WHERE ts >= {start} AND ts < {end} AND channel_id <> {year}"
    " GROUP BY channel_id, b ON CONFLICT (channel_id, bucket) DO UPDATE SET n = excluded.n, total = excluded.total,"
    " minimum = excluded.minimum, maximum = excluded.maximum"
)


def build() -> list[Channel]:
    """500 stations with two channels each, spread over the Kreis, and one channel for the year."""
    now = timezone.now()
    with transaction.atomic():
        threads = Thread.objects.bulk_create(Thread(target="station") for _ in range(501))
        made = Station.objects.bulk_create(
            Station(
                name="Bench-Wachstum", slug=f"wachstum-{i}", thread=thread, token_hash=tokens.hash_token(f"w{i}"),
                token_changed_at=now, push_id=tokens.new_push_id(), osem_id=tokens.new_osem_id(), last_seen_at=now,
            )
            for i, thread in enumerate(threads)
        )  # fmt: skip
        StationLocation.objects.bulk_create(
            StationLocation(
                station=s, valid_from=now, latitude=(lat := 51.55 + i % 25 * 0.015),
                longitude=(lng := 8.45 + i // 25 * 0.03), public_latitude=lat, public_longitude=lng,
            )
            for i, s in enumerate(made)
        )  # fmt: skip
        keys = ("temperature", "pm10")
        pairs = [(s, key) for s in made for key in keys][: CHANNELS + 1]
        Channel.objects.bulk_create(
            Channel(station=s, key=key, phenomenon_id=key, osem_id=tokens.new_osem_id()) for s, key in pairs
        )
    return list(Channel.objects.filter(station__in=made).select_related("phenomenon", "station").order_by("pk"))


def values(keys: list[int], first: int, last: int) -> list[tuple[int, int, float, int]]:
    """Rows `first` to `last` of the whole stream: each channel in turn."""
    n = len(keys)
    return [(keys[i % n], START + i // n * STEP, 10 + i * 7 % 211 / 10, 0) for i in range(first, last)]


def fill(keys: list[int], first: int, last: int, year: int) -> None:
    """The fast path, with the sums of the span it filled."""
    for begin in range(first, last, 50_000):
        rows = values(keys, begin, min(begin + 50_000, last))
        ensure_partitions({row[1] // DAY for row in rows})
        with transaction.atomic():
            store(sorted(rows))
    low, high = START + first // len(keys) * STEP, START + (last // len(keys) + 1) * STEP
    with connection.cursor() as cursor:
        for name, step in (("hour", HOUR), ("day", DAY)):
            start = low - low % DAY
            cursor.execute(SUMS.format(name=name, step=step, start=start, end=high, year=year))


def median_ms(act: Callable[[], object], runs: int = 7) -> float:
    times = []
    for _run in range(runs):
        began = spent()
        act()
        times.append((spent() - began) * 1000)
    return statistics.median(times)


def wall_ms(act: Callable[[], object], runs: int = 7) -> float:
    times = []
    for _run in range(runs):
        began = time.perf_counter()
        act()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def size_mb() -> float:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT pg_database_size(current_database())")
            return float(cursor.fetchone()[0]) / 1e6
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(str(connection.settings_dict["NAME"])).stat().st_size / 1e6


def measured(channels: dict[int, Channel], keys: list[int], first: int) -> tuple[float, float]:
    """Rows per CPU-second of `ingest` for the next MEASURED rows, and hours per CPU-second of their recount."""
    readings = [Reading(*row) for row in values(keys, first, first + MEASURED)]
    began = spent()
    for part in range(0, MEASURED, 5000):
        ingest(Batch(readings[part : part + 5000], channels))
    took = spent() - began
    hours = DirtyBucket.objects.count()
    began = spent()
    rollups.refresh()
    return MEASURED / took, hours / max(spent() - began, 0.01)


def answers(year: Channel) -> dict[str, float]:
    period = charts.period_of("jahr", every=True)
    get = Client(SERVER_NAME="localhost").get

    def latest() -> None:
        assert len(get("/api/v1/channels?limit=1000").json()["items"]) == 1000

    def geojson() -> None:
        cache.clear()
        answer = get("/api/v1/stations.geojson?bbox=8.4,51.5,9.1,51.95&zoom=10&phenomenon=pm10")
        assert answer.status_code == 200, answer.content

    def chart() -> None:
        assert len(charts.data(year, period=period, every=True).points) in (365, 366, 367)

    return {
        "chart": median_ms(chart),
        "chart_wall": wall_ms(chart),
        "latest": median_ms(latest),
        "map": median_ms(geojson),
    }


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--keep", action="store_true", help="leave the temporary folder")
    options = parser.parse_args()
    call_command("migrate", verbosity=0)
    if Station.objects.filter(name="Bench-Wachstum").exists():
        raise SystemExit("This database holds a run of this bench already; give it an empty one.")
    found = build()
    year, channels = found[-1], {c.pk: c for c in found}
    keys = [c.pk for c in found[:CHANNELS]]
    whole = [Reading(year.pk, START + i * 300_000, 20 + i % 97 / 10) for i in range(YEAR)]
    for part in range(0, YEAR, 5000):
        ingest(Batch(whole[part : part + 5000], channels))
    rollups.refresh()
    year.refresh_from_db()
    print(f"{connection.vendor}; CPU of client and server; load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores")
    print(
        "      rows      MB  bytes/row  ingest rows/CPU-s  recount hours/CPU-s  fill rows/s  year ms (wall)"
        "  latest ms  map ms"
    )
    filled = 0
    for size in [s for s in SIZES if s < options.rows] + [options.rows]:
        began = time.perf_counter()
        fill(keys, filled, size - MEASURED, year.pk)
        rate = (size - MEASURED - filled) / (time.perf_counter() - began)
        speed, hours = measured(channels, keys, size - MEASURED)
        filled, megabytes, got = size, size_mb(), answers(year)
        assert Measurement.objects.count() == size + YEAR
        print(
            f"{size:10} {megabytes:7.0f} {megabytes * 1e6 / (size + YEAR):10.0f} {speed:18,.0f} {hours:20,.0f}"
            f" {rate:12,.0f} {got['chart']:7.1f} ({got['chart_wall']:.1f}) {got['latest']:10.1f} {got['map']:7.1f}",
            flush=True,
        )
    folder = Path(os.environ["VAR_DIR"])
    if folder.name.startswith("dhpb-bench-") and not options.keep:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
