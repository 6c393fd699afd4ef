"""The write path: flags, duplicates, sums."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mapviews.domain import rollups, series
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.enums import Flag
from mapviews.models import DirtyBucket, Measurement, RollupDay, RollupHour

pytestmark = pytest.mark.django_db
START = 1_777_593_600_000  # 2026-05-01T00:00Z
MINUTE = 60_000


def put(station: Any, slug: str, values: list[float], start: int = START, step: int = MINUTE) -> Any:
    channel = station.channels.select_related("phenomenon").get(phenomenon=slug)
    readings = [Reading(channel.pk, start + i * step, v) for i, v in enumerate(values)]
    return ingest(Batch(readings, {channel.pk: channel}))


def flags() -> list[int]:
    return list(Measurement.objects.order_by("channel", "ts").values_list("flags", flat=True))


@pytest.mark.parametrize(
    ("slug", "value", "flag"),
    [
        ("temperature", 21.0, 0),
        ("temperature", 90.0, Flag.RANGE),
        ("temperature", 85.0, Flag.RANGE | Flag.SENTINEL),
        ("temperature", -127.0, Flag.RANGE | Flag.SENTINEL),
        ("humidity", 99.9, Flag.SENTINEL),
        ("pm10", 999.9, Flag.SENTINEL),
        ("pm10", 1999.9, Flag.RANGE | Flag.SENTINEL),
    ],
)
def test_flags_of_single_values(make_station: Any, slug: str, value: float, flag: int) -> None:
    put(make_station(phenomena=[slug]), slug, [value])
    assert flags() == [int(flag)]


def test_particles_in_wet_air_are_flagged(make_station: Any) -> None:
    station = make_station(phenomena=["pm10", "humidity"])
    put(station, "humidity", [85.0])
    put(station, "pm10", [30.0], start=START + MINUTE)
    put(station, "pm10", [30.0], start=START + 60 * MINUTE)
    found = station.channels.get(phenomenon="pm10")
    assert [p.flags for p in series.points(found)] == [Flag.HUMIDITY, 0]


def test_outlier_and_stuck_values_are_flagged(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    put(station, "temperature", [20 + (i % 5) / 10 for i in range(40)] + [45.0])
    assert flags()[-1] == Flag.OUTLIER
    put(station, "temperature", [18.0] * 31, start=START + 100 * MINUTE)
    assert flags()[-1] & Flag.STUCK


def test_first_value_stays_and_conflicts_are_counted(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    put(station, "temperature", [1.0, 2.0])
    result = put(station, "temperature", [1.0, 9.0, 3.0])
    assert (result.stored, result.duplicate, result.conflicting) == (1, 2, 1)
    assert list(Measurement.objects.order_by("ts").values_list("value", flat=True)) == [1.0, 2.0, 3.0]


@pytest.mark.parametrize("size", [3, 500])
def test_duplicates_inside_a_batch(make_station: Any, size: int) -> None:
    station = make_station(phenomena=["temperature"])
    channel = station.channels.get()
    readings = [Reading(channel.pk, START + (i // 2) * MINUTE, float(i // 2)) for i in range(size * 2)]
    result = ingest(Batch(readings, {channel.pk: channel}))
    assert (result.stored, result.duplicate, result.conflicting) == (size, size, 0)


def test_bad_readings_do_not_stop_the_good(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    channel = station.channels.get()
    readings = [
        Reading(channel.pk, START, 1.0),
        Reading(channel.pk + 99, START, 1.0),
        Reading(channel.pk, 0, 1.0),
        Reading(channel.pk, START, float("nan")),
    ]
    result = ingest(Batch(readings, {channel.pk: channel}))
    assert result.stored == 1
    assert [(r.index, r.code) for r in result.rejected] == [
        (1, "unknown_channel"),
        (2, "time_too_early"),
        (3, "bad_value"),
    ]


def test_sums_equal_a_recount(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    chance = random.Random(7)
    for _batch in range(4):
        start = START + chance.randrange(0, 3 * 1440) * MINUTE
        put(station, "temperature", [round(chance.uniform(-5, 60), 2) for _ in range(200)], start=start)
        rollups.refresh()
    assert DirtyBucket.objects.count() == 0
    rows = [(m.ts, m.value) for m in Measurement.objects.all() if not m.flags & (Flag.RANGE | Flag.SENTINEL)]
    for table, step in ((RollupHour, 3_600_000), (RollupDay, 86_400_000)):
        expected: dict[int, list[float]] = {}
        for ts, value in rows:
            expected.setdefault(ts - ts % step, []).append(value)
        for row in table.objects.all():
            assert row.n == len(expected[row.bucket])
            assert row.total == pytest.approx(sum(expected[row.bucket]))
            assert (row.minimum, row.maximum) == (min(expected[row.bucket]), max(expected[row.bucket]))


def test_reading_sums_counts_dirty_hours_first(make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    put(station, "temperature", [1.0, 2.0, 90.0])
    points = series.points(station.channels.get(), resolution="day")
    assert [(p.ts, p.value, p.n, p.flagged) for p in points] == [(START, 1.5, 2, 1)]
