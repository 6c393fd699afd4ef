"""Nobody is tracked: tests that try to rebuild a way from everything that is published."""

from __future__ import annotations

import json
import random
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mapviews.domain import mobile, rollups, stations
from mapviews.domain.mobile import Place
from mapviews.models import Fix, MobileCell
from portal.exceptions import DomainError
from tests.mapviews.test_privacy import DOORS

pytestmark = pytest.mark.django_db
HOME = (51.7012, 8.7001)
WORK = (51.7412, 8.8001)
APRIL = datetime(2026, 4, 1, tzinfo=UTC)
AFTER = datetime(2026, 5, 2, 0, 0, 1, tzinfo=UTC)


@pytest.fixture
def bike(make_station: Any) -> Any:
    station = make_station(
        exposure="mobile", publicity="private", phenomena=["pm10"], latitude=None, longitude=None, name="Lastenrad"
    )
    mobile.share(station.owner, station=station, shared=True)
    station.refresh_from_db()
    return station


def way(day: int, hour: int = 8, minutes: int = 60) -> list[tuple[datetime, float, float]]:
    """A ride from home to work, a place each half minute, never quite the same."""
    chance, start = random.Random(day * 100 + hour), APRIL + timedelta(days=day, hours=hour)
    steps = minutes * 2
    return [
        (
            start + timedelta(seconds=30 * i),
            HOME[0] + (WORK[0] - HOME[0]) * i / steps + chance.uniform(-2e-4, 2e-4),
            HOME[1] + (WORK[1] - HOME[1]) * i / steps + chance.uniform(-2e-4, 2e-4),
        )
        for i in range(steps + 1)
    ]


def ride(client: Any, station: Any, found: list[tuple[datetime, float, float]]) -> None:
    sensor = station.channels.get().osem_id
    body = [
        {"sensor": sensor, "value": 10 + i % 5, "createdAt": at.isoformat(), "location": [lng, lat]}
        for i, (at, lat, lng) in enumerate(found)
    ]
    headers = {"Authorization": station.plain_token}
    answer = client.post(f"/boxes/{station.osem_id}/data", json.dumps(body), "application/json", headers=headers)
    assert answer.status_code == 201


def test_places_are_kept_only_with_consent(client: Any, make_station: Any, bike: Any) -> None:
    ride(client, bike, way(1))
    assert Fix.objects.count() == 121
    mobile.share(bike.owner, station=bike, shared=False)
    assert Fix.objects.count() == 0
    bike.refresh_from_db()
    ride(client, bike, way(2))
    still = make_station(phenomena=["pm10"])
    ride(client, still, way(3))
    assert Fix.objects.count() == 0
    with pytest.raises(DomainError):
        mobile.share(still.owner, station=still, shared=True)


def test_nothing_is_told_before_the_month_is_over_for_a_day(client: Any, bike: Any) -> None:
    for day in range(5):
        ride(client, bike, way(day))
    for now in (APRIL + timedelta(days=20), datetime(2026, 5, 1, 23, 59, tzinfo=UTC)):
        assert mobile.publish(now) == 0
    assert mobile.publish(AFTER) > 0
    assert Fix.objects.count() == 0


def test_a_single_way_never_shows(client: Any, bike: Any) -> None:
    for day in (3, 9):
        ride(client, bike, way(day))
    assert mobile.publish(AFTER) == 0
    assert (MobileCell.objects.count(), Fix.objects.count()) == (0, 0)


def test_ends_of_ways_are_cut_and_cells_bear_no_trace(client: Any, bike: Any) -> None:
    for day in range(8):
        ride(client, bike, way(day))
    assert mobile.publish(AFTER) > 0
    for cell in MobileCell.objects.all():
        assert (cell.month.isoformat(), cell.phenomenon_id) == ("2026-04-01", "pm10")
        point = Place(0, *mobile.middle(cell))
        for end in (HOME, WORK):
            assert mobile.distance(point, Place(0, *end)) > mobile.TRIM_WAY - mobile.CELL
    names = {field.name for field in MobileCell._meta.get_fields()}
    assert names == {"id", "phenomenon", "month", "zone", "column", "row", "n", "total"}


def test_a_published_month_does_not_change(client: Any, bike: Any) -> None:
    for day in range(4):
        ride(client, bike, way(day))
    mobile.publish(AFTER)
    before = list(MobileCell.objects.values_list("column", "row", "n", "total"))
    ride(client, bike, way(20))
    assert mobile.publish(AFTER) == 0
    assert list(MobileCell.objects.values_list("column", "row", "n", "total")) == before
    assert Fix.objects.count() == 0


def test_no_door_shows_a_mobile_station(client: Any, bike: Any) -> None:
    for day in range(8):
        ride(client, bike, way(day))
    mobile.publish(AFTER)
    channel = bike.channels.get()
    doors = (
        *DOORS, "/boxes", "/boxes?bbox=8,51,9,52", f"/boxes/{bike.osem_id}",
        f"/boxes/{bike.osem_id}/data/{channel.osem_id}",
        f"/boxes/data/?boxid={bike.osem_id}&phenomenon=pm10&from-date=2026-04-01T00:00:00Z", bike.canonical_url,
        f"{bike.canonical_url}einbetten/", f"/api/v1/measurements?channel={channel.pk}",
        "/api/v1/mobile-cells.geojson?month=2026-04&phenomenon=pm10",
    )  # fmt: skip
    hours = {at.strftime("T%H:%M") for day in range(8) for at, _lat, _lng in way(day)}
    places = {f"{lat:.6f}" for day in range(8) for _at, lat, _lng in way(day)}
    for door in doors:
        content = client.get(door).content.decode()
        assert "Lastenrad" not in content
        assert bike.osem_id not in content.replace(door, "")
        assert not [place for place in places if place in content]
        if "mobile-cells" in door:
            assert json.loads(content)["features"]
            assert not [hour for hour in hours if hour in content]


def test_page_of_fields_tells_means_alone(client: Any, bike: Any) -> None:
    """Nothing of it can be put in order: fields by value, one row each, without day, hour, station or trip."""
    empty = client.get("/sensoren/unterwegs/").content.decode()
    assert "Noch ist nichts zu zeigen" in empty
    for day in range(8):
        ride(client, bike, way(day))
    mobile.publish(AFTER)
    page = client.get("/sensoren/unterwegs/?monat=2026-04&messgroesse=pm10").content.decode()
    rows = re.findall(
        r'<tr><th scope="row">(.*?)</th><td class="num">(.*?)</td>.*?<td class="num">(\d+)</td></tr>', page
    )
    cells = list(MobileCell.objects.all())
    assert sorted(int(n) for _place, _value, n in rows) == sorted(cell.n for cell in cells)
    means = [float(value.split()[0].replace(",", ".")) for _place, value, _n in rows]
    assert means == sorted(means, reverse=True)
    assert all(re.fullmatch(r"(bei .+|\d+,\d km \w+ von .+)", place) for place, _value, _n in rows)
    main = page[page.index("<main") : page.index("</main>")]
    assert not re.search(r"\d{1,2}:\d\d|\d\. April|2026-04-\d\d", main)
    assert "Lastenrad" not in main
    for strange in ("monat=2026-13", "monat=<script>", "messgroesse=nichts", "page=99", "monat=2026-03"):
        assert client.get(f"/sensoren/unterwegs/?{strange}").status_code == 200


def test_slider_surface_and_daily_means_show_no_ride(client: Any, bike: Any) -> None:
    for day in range(8):
        ride(client, bike, way(day))
    rollups.refresh()
    mobile.publish(AFTER)
    for day in range(8):
        for hour in (7, 8, 9):
            text = (APRIL + timedelta(days=day, hours=hour)).strftime("%Y-%m-%dT%HZ")
            found = client.get(f"/api/v1/stations.geojson?at={text}").json()["features"]
            assert found == []
            assert client.get(f"/api/v1/surface.geojson?phenomenon=pm10&at={text}").json()["stations"] == 0
    for text in ("2026-04-02T08Z", "2026-04-02"):
        assert "Lastenrad" not in client.get(f"/sensoren/karte/?zeit={text}").content.decode()
    lines = b"".join(client.get("/api/v1/daily.csv?phenomenon=pm10").streaming_content).decode().splitlines()
    assert len(lines) == 1


def test_deleting_a_station_deletes_its_ways(client: Any, bike: Any) -> None:
    ride(client, bike, way(1))
    stations.delete(bike.owner, station=bike)
    assert Fix.objects.count() == 0
