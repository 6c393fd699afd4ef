"""The grid's keys: the same cells as a sum over the stations, and nothing stays in it that left the map."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from mapviews.domain import cells, map_keys, mapping, stations
from mapviews.domain.areas import ALL, Box
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.models import Channel, Station, StationLocation
from portal.accounts.enums import Role
from tests.mapviews.conftest import PADERBORN

pytestmark = pytest.mark.django_db
WIDE = Box(8.0, 51.0, 9.5, 52.5)
SCHOOL = (51.75, 8.9)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def put(station: Any, value: float) -> None:
    channel = station.channels.select_related("phenomenon").first()
    ingest(Batch([Reading(channel.pk, now_ms(), value)], {channel.pk: channel}))


def seen() -> list[tuple[int, float | None]]:
    """Counts and means of the grid, as the map shows them."""
    cache.clear()
    return sorted((c.count, c.mean) for c in mapping.grid(WIDE, zoom=10, phenomenon="pm10"))


def keys() -> tuple[int, int]:
    locations = StationLocation.objects.exclude(map_cell=None).count()
    return locations, Channel.objects.exclude(map_cell=None).count()


@pytest.mark.parametrize(
    ("step", "level"), [(map_keys.BASE, 0), (map_keys.BASE * 1.5, 1), (map_keys.BASE * 4, 2), (map_keys.BASE / 2, None)]
)
def test_levels_double_the_cell(step: float, level: int | None) -> None:
    assert map_keys.level_for(step) == level


@pytest.mark.parametrize(("latitude", "longitude"), [(-90, -180), (90, 180), (51.7, 8.75), (0, 0), (-33.9, -70.6)])
def test_a_key_holds_its_place(latitude: float, longitude: float) -> None:
    row, column = divmod(map_keys.key_of(latitude, longitude), map_keys.SIDE)
    assert abs((row + 0.5) * map_keys.BASE - 90 - latitude) <= map_keys.BASE
    assert abs((column + 0.5) * map_keys.BASE - 180 - longitude) <= map_keys.BASE


@pytest.mark.parametrize("level", [0, 2, 5])
def test_keys_give_the_cells_that_the_stations_give(make_station: Any, make_user: Any, level: int) -> None:
    owner = make_user()
    for number in range(12):
        station = make_station(
            owner, phenomena=["pm10", "noise"], precision="exact",
            latitude=51.6 + number * 0.013, longitude=8.6 + number % 4 * 0.05,
        )  # fmt: skip
        put(station, 10.0 + number)
    make_station(owner, phenomena=["pm10"], exposure="indoor", publicity="daily", latitude=51.6, longitude=8.6)
    put(make_station(owner, phenomena=["pm10"], latitude=51.7, longitude=8.7, precision="exact"), 1999.9)  # sentinel
    step = map_keys.BASE * 2**level
    box = Box(*(round(edge / step) * step for edge in (8.0, 51.0, 9.5, 52.5)))
    by_keys = map_keys.read(box, level, "pm10")
    by_stations = cells.read(box, step, "pm10", ALL, None)
    assert [(c.latitude, c.longitude, c.count, c.mean, c.flagged) for c in by_keys] == [
        (c.latitude, c.longitude, c.count, c.mean, c.flagged) for c in by_stations
    ]
    assert sum(cell.count for cell in by_keys) == 14


def test_only_cells_that_touch_the_box(make_station: Any) -> None:
    put(make_station(phenomena=["pm10"], precision="exact"), 10)
    put(make_station(phenomena=["pm10"], precision="exact", latitude=48.1, longitude=11.6), 20)
    put(make_station(phenomena=["pm10"], precision="exact", latitude=-33.9, longitude=-70.6), 30)
    assert seen() == [(1, 10.0)]
    everywhere = mapping.grid(mapping.WORLD, zoom=0, phenomenon="pm10")
    assert sorted(cell.mean for cell in everywhere if cell.mean) == [15.0, 30.0]  # Paderborn and Munich share one


@pytest.mark.parametrize("fields", [{"publicity": "private"}, {"publicity": "private", "exposure": "mobile"}])
def test_private_stations_have_no_key(make_station: Any, fields: dict[str, str]) -> None:
    put(make_station(phenomena=["pm10"], **fields), 10)
    assert (keys(), seen()) == ((0, 0), [])


def test_daily_stations_are_counted_and_their_values_are_not_there(make_station: Any) -> None:
    put(make_station(phenomena=["pm10"], exposure="indoor", publicity="daily"), 10)
    assert (keys(), seen()) == ((1, 0), [(1, None)])


def test_what_leaves_the_map_leaves_the_grid_at_once(make_station: Any, make_user: Any) -> None:
    from mapviews.domain import station_changes

    desk = make_user(Role.SENSOR_DESK)
    station = make_station(phenomena=["pm10"])
    put(station, 10)
    assert seen() == [(1, 10.0)]
    stations.hide(desk, station=station, hidden=True, reason="falscher Ort")
    assert (keys(), seen()) == ((0, 0), [])
    stations.hide(desk, station=station, hidden=False, reason="geklärt")
    assert seen() == [(1, 10.0)]
    kept = {
        "name": station.name, "description": "", "exposure": "outdoor", "licence": station.licence, "project": None,
    }  # fmt: skip
    station_changes.change(station.owner, station=station, publicity="private", **kept)
    assert (keys(), seen()) == ((0, 0), [])
    station_changes.change(station.owner, station=station, publicity="public", **kept)
    assert seen() == [(1, 10.0)]
    stations.delete(station.owner, station=station)
    assert seen() == []


def test_a_move_takes_the_key_along_and_new_channels_get_one(make_station: Any) -> None:
    station = make_station(phenomena=["pm10"], precision="exact")
    put(station, 10)
    stations.move(station.owner, station=station, latitude=SCHOOL[0], longitude=SCHOOL[1], precision="exact")
    key = map_keys.key_of(*SCHOOL)
    assert list(StationLocation.objects.exclude(map_cell=None).values_list("map_cell", flat=True)) == [key]
    stations.channel_for(station, key="laut", phenomenon=None)
    assert set(station.channels.values_list("map_cell", flat=True)) == {key}
    assert key != map_keys.key_of(*PADERBORN)


def test_the_nightly_job_mends_what_was_written_past_the_models(make_station: Any) -> None:
    station = make_station(phenomena=["pm10"])
    put(station, 10)
    Station.objects.update(status="hidden")
    map_keys.renew_all()
    assert keys() == (0, 0)
    Station.objects.update(status="active")
    map_keys.renew_all()
    assert seen() == [(1, 10.0)]
