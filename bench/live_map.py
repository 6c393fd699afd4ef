"""The live map and the charts with many stations: GeoJSON of 10,000 and 100,000, latest of 1,000 channels, a year.

.venv/bin/python bench/live_map.py [STATIONS …]     on DATABASE_URL (default: a temporary SQLite file)
"""

from __future__ import annotations

import os
import random
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

from mapviews.domain import charts, map_keys, rollups, tokens  # noqa: E402
from mapviews.domain.ingest import Batch, Reading, ingest  # noqa: E402
from mapviews.models import Channel, Station, StationLocation  # noqa: E402
from portal.comments.models import Thread  # noqa: E402

START = 1_735_689_600_000
RUNS = 7
NAME = "Bench-Karte"
WHOLE, PART = "8.4,51.5,9.1,51.95", "8.7,51.7,8.8,51.75"


def grow(wanted: int) -> None:
    """Stations with one PM10 channel each, spread over the Kreis."""
    have = Station.objects.filter(name=NAME).count()
    now, chance = timezone.now(), random.Random(have)
    while have < wanted:
        n = min(2000, wanted - have)
        with transaction.atomic():
            threads = Thread.objects.bulk_create(Thread(target="station") for _ in range(n))
            made = Station.objects.bulk_create(
                Station(
                    name=NAME, slug=f"bench-{have + i}", thread=thread, token_hash=tokens.hash_token(f"{have + i}"),
                    token_changed_at=now, push_id=tokens.new_push_id(), osem_id=tokens.new_osem_id(), last_seen_at=now,
                )
                for i, thread in enumerate(threads)
            )  # fmt: skip
            places = StationLocation.objects.bulk_create(
                StationLocation(
                    station=s, valid_from=now, latitude=(lat := chance.uniform(51.5, 51.95)),
                    longitude=(lng := chance.uniform(8.4, 9.1)), public_latitude=lat, public_longitude=lng,
                    map_cell=map_keys.key_of(lat, lng),
                )
                for s in made
            )  # fmt: skip
            Channel.objects.bulk_create(
                Channel(
                    station=s, key="pm10", phenomenon_id="pm10", osem_id=tokens.new_osem_id(), latest_ts=START,
                    latest_value=chance.uniform(2, 60), map_cell=place.map_cell,
                )
                for s, place in zip(made, places, strict=True)
            )  # fmt: skip
        have += n


def measure(name: str, act: Callable[[], object]) -> None:
    times = []
    for _run in range(RUNS):
        started = time.process_time()
        act()
        times.append((time.process_time() - started) * 1000)
    middle = statistics.median(times)
    print(f"{name:52} {middle:9.1f} ms CPU  ({min(times):.1f}-{max(times):.1f})")


def geojson(zoom: int, box: str, *, warm: bool = False) -> int:
    if not warm:
        cache.clear()
    answer = Client(SERVER_NAME="localhost").get(f"/api/v1/stations.geojson?bbox={box}&zoom={zoom}&phenomenon=pm10")
    assert answer.status_code == 200
    return len(answer.content)


def year() -> None:
    """A value every five minutes of a year, as a chart of a day, a week and the year, and raw."""
    station = Station.objects.filter(name=NAME).order_by("pk").first()
    assert station is not None
    channel = station.channels.select_related("phenomenon", "station").get()
    readings = [Reading(channel.pk, START + i * 300_000, 20 + i % 97 / 10) for i in range(105_120)]
    for first in range(0, len(readings), 5000):
        ingest(Batch(readings[first : first + 5000], {channel.pk: channel}))
    rollups.refresh([channel.pk])
    channel.refresh_from_db()
    for key in ("tag", "woche", "jahr"):
        period = charts.period_of(key, every=True)
        measure(f"chart of 105,120 values: {key}", lambda p=period: charts.data(channel, period=p, every=True))
    stream = f"/api/v1/measurements?channel={channel.pk}&format=csv"
    measure(
        "CSV stream of 105,120 values", lambda: b"".join(Client(SERVER_NAME="localhost").get(stream).streaming_content)
    )  # type: ignore[attr-defined]


def main() -> None:
    call_command("migrate", verbosity=0)
    print(f"{connection.vendor}, median of {RUNS}")
    for wanted in [int(given) for given in sys.argv[1:]] or [10_000, 100_000]:
        grow(wanted)
        size = geojson(10, WHOLE)
        measure(f"{wanted} stations: GeoJSON grid, cold ({size // 1024} kB)", lambda: geojson(10, WHOLE))
        measure(f"{wanted} stations: GeoJSON grid, kept five seconds", lambda: geojson(10, WHOLE, warm=True))
        measure(f"{wanted} stations: GeoJSON of a district", lambda: geojson(13, PART))
        measure(
            f"{wanted} stations: latest of 1,000 channels",
            lambda: Client(SERVER_NAME="localhost").get("/api/v1/channels?limit=1000"),
        )
    year()


if __name__ == "__main__":
    main()
