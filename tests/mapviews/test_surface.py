"""The estimate between stations: the sum, its check, where it is refused, and that it gives no place away."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapviews.domain import places, surface, surface_values
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.surface import Point
from mapviews.models import Phenomenon, StationLocation

CITY = (51.72, 8.75)


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def test_estimate_against_a_sum_by_hand() -> None:
    """At (1000, 0): 1 km from 10, 2 km from 22, 1 km from 40: weights 1, 1/4, 1, so (10 + 5.5 + 40) / 2.25."""
    points = [Point(0, 0, 10), Point(3000, 0, 22), Point(1000, 1000, 40)]
    found = surface.estimate(points, 1000, 0)
    assert found is not None
    assert found.value == pytest.approx(55.5 / 2.25)
    assert found.nearest == 1000
    at_station = surface.estimate(points, 0.5, 0)
    assert at_station == (10, 0)
    assert surface.estimate([], 0, 0) is None


def test_error_against_a_sum_by_hand() -> None:
    """Three stations in a row, 1 km apart, with 0, 10, 20. Without the first: (10/1 + 20/4) / 1.25 = 12, off by 12."""
    points = [Point(0, 0, 0), Point(1000, 0, 10), Point(2000, 0, 20)]
    error, plain, checked = surface.leave_one_out(points, 1500)
    assert error == pytest.approx((12 + 0 + 12) / 3)
    assert plain == pytest.approx((15 + 0 + 15) / 3)
    assert checked == 3
    assert surface.leave_one_out(points, 500) == (0.0, 0.0, 0)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 9000), st.integers(0, 9000), st.floats(-30, 45)), min_size=5, max_size=8))
def test_estimates_stay_between_the_values_and_near_the_stations(rows: list[tuple[int, int, float]]) -> None:
    points = [Point(480_000 + e, 5_730_000 + n, v) for e, n, v in rows]
    made = surface.build("temperature", points)
    low, high = min(p.value for p in points), max(p.value for p in points)
    for patch in made.patches:
        for column in range(patch.first, patch.last + 1):
            east, north = (column + 0.5) * surface.SIZE, (patch.row + 0.5) * surface.SIZE
            found = surface.estimate(points, east, north)
            assert found is not None
            assert found.nearest <= surface.REACH["temperature"]
            assert low - 1e-6 <= found.value <= high + 1e-6
    assert sum(step.share for step in made.steps) == pytest.approx(1 if made.patches else 0)


@pytest.mark.parametrize(
    ("phenomenon", "points", "refused"),
    [
        ("noise", [Point(i * 100, 0, 1) for i in range(9)], "not_sensible"),
        ("occupancy", [Point(i * 100, 0, 1) for i in range(9)], "not_sensible"),
        ("wind_direction", [Point(i * 100, 0, 1) for i in range(9)], "not_sensible"),
        ("pm10", [Point(i * 100, 0, 1) for i in range(4)], "too_few"),
        ("pm10", [Point(i * 9000, 0, 1) for i in range(9)], "too_far"),
        ("pm10", [Point(i * 10, 0, 1) for i in range(501)], "too_many"),
    ],
)
def test_no_surface_where_it_would_not_be_honest(phenomenon: str, points: list[Point], refused: str) -> None:
    made = surface.build(phenomenon, points)
    assert (made.refused, made.patches) == (refused, ())


def test_classes_are_those_of_the_words_or_round_numbers() -> None:
    assert surface.edges_for("pm10", [1, 2]) == [20, 35, 50, 100]
    assert surface.edges_for("temperature", [17.3, 21.9]) == [18, 19, 20, 21]
    assert surface.edges_for("temperature", [20, 20]) == []
    assert surface.edges_for("temperature", [17.3, 21.9], least=1.2) == [18, 20]
    assert surface.edges_for("temperature", [17.3, 18.9], least=3) == []
    for low, high in ((17.31, 17.34), (-12, 31), (0.1, 1234)):
        assert len(surface.edges_for("temperature", [low, high])) < surface.CLASSES


def put(station: Any, value: float, ts: int | None = None) -> None:
    channel = station.channels.select_related("phenomenon").get()
    ingest(Batch([Reading(channel.pk, ts or now_ms(), value)], {channel.pk: channel}))


@pytest.fixture
def five(make_station: Any, make_user: Any) -> list[Any]:
    """Five public stations of temperature around the Rathaus, about a kilometre apart."""
    owner, made = make_user(), []
    for number in range(5):
        place = {"latitude": CITY[0] + 0.009 * (number % 3), "longitude": CITY[1] + 0.014 * (number // 3)}
        station = make_station(owner, phenomena=["temperature"], precision="exact", **place)
        put(station, 15.0 + number)
        made.append(station)
    return made


URL = "/api/v1/surface.geojson?phenomenon=temperature"


@pytest.mark.django_db
def test_answer_tells_what_it_rests_on(client: Any, five: list[Any]) -> None:
    data = client.get(URL).json()
    assert (data["stations"], data["checked"], data["refused"], data["reach_m"]) == (5, 5, "", 3000)
    assert data["mean_error"] > 0
    assert {feature["geometry"]["type"] for feature in data["features"]} == {"MultiPolygon"}
    inside = [p for f in data["features"] for polygon in f["geometry"]["coordinates"] for p in polygon[0]]
    for lng, lat in inside:
        away = min(
            ((lat - s.locations.get().public_latitude) * 111.2) ** 2
            + ((lng - s.locations.get().public_longitude) * 68.9) ** 2
            for s in five
        )
        assert away < 3.4**2  # the middles lie within 3 km, their corners 0.36 km further at most
    page = client.get("/sensoren/karte/?messgroesse=temperature&flaeche=on").content.decode()
    assert "Gerechnet aus 5 Stationen" in page
    assert "Durchschnittlicher Fehler: " in page
    assert client.get("/api/v1/surface.geojson?phenomenon=ruhe").status_code == 404
    assert client.get(f"{URL}&at=morgen").status_code == 400


@pytest.mark.django_db
def test_only_public_places_and_good_values_take_part(client: Any, five: list[Any], make_station: Any) -> None:
    temperature = Phenomenon.objects.get(pk="temperature")
    before = surface_values.points(temperature, None)
    assert len(before) == 5
    for fields in (
        {"publicity": "private"},
        {"publicity": "private", "exposure": "mobile"},
        {"publicity": "daily", "exposure": "indoor"},
        {"precision": "cell2000"},
        {"latitude": 48.1, "longitude": 11.5},
    ):
        put(make_station(phenomena=["temperature"], **fields), 40)
    hidden = make_station(phenomena=["temperature"])
    put(hidden, 40)
    hidden.status = "hidden"
    hidden.save()
    put(make_station(phenomena=["temperature"]), 20, now_ms() - 3 * 3_600_000)  # silent for too long
    put(make_station(phenomena=["temperature"]), 85.0)  # an error value of the sensor
    assert surface_values.points(temperature, None) == before


@pytest.mark.django_db
def test_surface_depends_on_the_public_point_alone(five: list[Any], client: Any, make_station: Any) -> None:
    """Two homes with the same public point give the same surface, so it tells no more than the point."""
    station = make_station(phenomena=["temperature"], latitude=51.7251, longitude=8.7602)
    put(station, 30)
    first = client.get(URL).json()
    place = station.locations.get()
    home = places.to_utm(place.latitude, place.longitude, 32)
    other = places.from_utm(home[0] // 500 * 500 + 5, home[1] // 500 * 500 + 5, 32)
    StationLocation.objects.filter(pk=place.pk).update(latitude=other[0], longitude=other[1])
    cache.clear()
    assert client.get(URL).json() == first
