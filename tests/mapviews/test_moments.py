"""The map's past: hours and days that are over, the same on map and in the list, and nothing that gives people away."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache

from mapviews.domain import mapping, moments, rollups, stations
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.moments import Moment
from mapviews.models import StationLocation
from tests.mapviews.conftest import PADERBORN

pytestmark = pytest.mark.django_db
HOUR, DAY = 3_600_000, 86_400_000
NOON = int(datetime(2026, 5, 1, 12, tzinfo=UTC).timestamp() * 1000)
GEOJSON = "/api/v1/stations.geojson?bbox=8,51,9,52"


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def put(station: Any, *values: tuple[int, float]) -> None:
    channel = station.channels.select_related("phenomenon").get()
    ingest(Batch([Reading(channel.pk, ts, value) for ts, value in values], {channel.pk: channel}))
    rollups.refresh()


def shown(client: Any, at: str, extra: str = "") -> dict[str, float]:
    features = client.get(f"{GEOJSON}&at={at}{extra}").json()["features"]
    return {f["properties"]["name"]: v["value"] for f in features for v in f["properties"]["values"]}


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-05-01T12Z", Moment("hour", NOON)),
        ("2026-05-01T12:00Z", Moment("hour", NOON)),
        ("2026-05-01", Moment("day", NOON - 12 * HOUR)),
        ("2026-02-30", None),
        ("2026-05-01T25Z", None),
        ("1970-01-01", None),
        ("", None),
        ("<script>", None),
        ("２０２６-05-01", None),
    ],
)
def test_moments_are_read_or_refused(text: str, moment: Moment | None) -> None:
    assert moments.parse(text, now=NOON + 2 * DAY) == moment


def test_running_hours_and_days_cannot_be_asked_for(client: Any) -> None:
    assert moments.parse("2026-05-01T12Z", now=NOON + HOUR - 1) is None
    assert moments.parse("2026-05-01T12Z", now=NOON + HOUR) is not None
    assert moments.parse("2026-05-01", now=NOON) is None
    for at in ("2100-01-01", "gestern", f"{datetime.now(UTC):%Y-%m-%dT%HZ}", f"{datetime.now(UTC):%Y-%m-%d}"):
        assert client.get(f"{GEOJSON}&at={at}").status_code == 400
        page = client.get(f"/sensoren/karte/?zeit={at}")
        assert page.status_code == 200
        assert "Diesen Zeitpunkt können wir nicht zeigen" in page.content.decode()


def test_choices_are_the_hours_of_a_day_and_the_days_of_a_month() -> None:
    hours, days = moments.hours(NOON + 5), moments.days(NOON + 5)
    assert (len(hours), hours[0].start, hours[-1].end) == (24, NOON - DAY, NOON)
    assert (len(days), days[-1].end) == (30, NOON - 12 * HOUR)
    assert hours[0].label == "Donnerstag, 30. April, 14 bis 15 Uhr"
    assert days[-1].label == "Donnerstag, 30. April, Mittel des Tages"


def test_map_and_list_show_the_means_of_the_moment(client: Any, make_station: Any) -> None:
    station = make_station(name="Balkon", phenomena=["temperature"])
    put(station, (NOON, 10.0), (NOON + 1000, 20.0), (NOON + 2000, 999.9), (NOON + HOUR, 30.0))
    assert shown(client, "2026-05-01T12Z") == {"Balkon": 15.0}
    assert shown(client, "2026-05-01T13Z") == {"Balkon": 30.0}
    assert shown(client, "2026-05-01") == {"Balkon": 20.0}
    assert shown(client, "2026-05-01T11Z") == {}
    page = client.get("/sensoren/karte/?zeit=2026-05-01T12Z").content.decode()
    assert "15,0" in page
    assert "Mittel aus 2 Werten, 1 Fehlerwert zählt nicht mit" in page
    assert "data-live-channel" not in page
    assert "Freitag, 1. Mai, 14 bis 15 Uhr" in page
    assert 'data-at="2026-05-01T12Z"' in page
    by_day = client.get("/sensoren/karte/?tag=2026-05-01&messgroesse=temperature").content.decode()
    assert "20,0" in by_day
    assert "Kein Wert aus dieser Zeit" in client.get("/sensoren/karte/?zeit=2026-05-01T11Z").content.decode()


def test_answers_carry_the_moment_and_an_etag(client: Any, make_station: Any) -> None:
    put(make_station(phenomena=["temperature"]), (NOON, 10.0))
    answer = client.get(f"{GEOJSON}&at=2026-05-01T12Z")
    assert answer.json()["at"] == {
        "from": "2026-05-01T12:00:00.000Z",
        "to": "2026-05-01T13:00:00.000Z",
        "resolution": "hour",
    }
    assert answer["Cache-Control"] == "public, max-age=30"
    again = client.get(f"{GEOJSON}&at=2026-05-01T12Z", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("number", [1, 30])
def test_queries_do_not_grow(
    client: Any, make_station: Any, make_user: Any, number: int, django_assert_num_queries: Any
) -> None:
    owner = make_user()
    for _each in range(number):
        put(make_station(owner, phenomena=["temperature"]), (NOON, 10.0))
    with django_assert_num_queries(6):
        assert len(client.get(f"{GEOJSON}&at=2026-05-01T12Z").json()["features"]) == number


def test_grid_shows_the_same_moment(client: Any, make_station: Any, make_user: Any, monkeypatch: Any) -> None:
    owner = make_user()
    for value in (10.0, 20.0, 60.0):
        put(make_station(owner, phenomena=["pm10"], precision="exact"), (NOON, value))
    daily = make_station(owner, phenomena=["pm10"], precision="exact", exposure="indoor", publicity="daily")
    put(daily, (NOON, 90.0))
    monkeypatch.setattr(mapping, "GRID_FROM", 1)
    for at, mean in (("2026-05-01T12Z", 30.0), ("2026-05-01T11Z", None), ("2026-05-01", 45.0)):
        cells = client.get(f"{GEOJSON}&zoom=10&phenomenon=pm10&at={at}").json()["features"]
        assert [(c["properties"]["count"], c["properties"]["mean"]) for c in cells] == [(4, mean)]


def test_absence_of_a_day_does_not_show(client: Any, make_station: Any) -> None:
    """Somebody at home in the evening only: no hour of an indoor station shows, nor how many values a day has."""
    station = make_station(name="Flur", phenomena=["co2"], exposure="indoor", publicity="daily")
    start = now_ms() // DAY * DAY - 3 * DAY
    put(station, *((start + hour * HOUR, 1500.0 + hour if hour > 17 else 400.0 + hour) for hour in range(24)))
    for hour in range(24):
        text = Moment("hour", start + hour * HOUR).text
        assert shown(client, text) == {}
        page = client.get(f"/sensoren/karte/?zeit={text}").content.decode()
        row = re.search(r"Flur</a>.*?</li>", page, re.S)
        assert row
        assert "Kein Wert aus dieser Zeit" in row[0]
    features = client.get(f"{GEOJSON}&at={Moment('day', start).text}").json()["features"]
    (value,) = features[0]["properties"]["values"]
    assert set(value) == {"channel", "phenomenon", "label", "unit", "decimals", "value", "ts", "flags"}
    page = client.get(f"/sensoren/karte/?zeit={Moment('day', start).text}").content.decode()
    row = re.search(r"Flur</a>.*?</li>", page, re.S)
    assert row
    assert "Mittel des Tages" in row[0]
    assert "Werten" not in row[0]
    today = Moment("day", now_ms() // DAY * DAY)
    put(station, (now_ms() - 1000, 777.0))
    assert client.get(f"{GEOJSON}&at={today.text}").status_code == 400


def test_private_mobile_and_hidden_stations_have_no_past(client: Any, make_station: Any) -> None:
    for fields in ({"publicity": "private"}, {"publicity": "private", "exposure": "mobile"}):
        put(make_station(name="Geheim", phenomena=["pm10"], **fields), (NOON, 10.0))
    hidden = make_station(name="Geheim", phenomena=["pm10"])
    put(hidden, (NOON, 10.0))
    hidden.status = "hidden"
    hidden.save()
    for at in ("2026-05-01T12Z", "2026-05-01"):
        assert client.get(f"{GEOJSON}&at={at}").json()["features"] == []
        assert "Geheim" not in client.get(f"/sensoren/karte/?zeit={at}").content.decode()


def test_hidden_and_deleted_values_leave_the_past(client: Any, make_station: Any, make_user: Any) -> None:
    from mapviews.domain import deletion, hiding
    from portal.accounts.enums import Role

    station = make_station(name="Balkon", phenomena=["temperature"])
    put(station, (NOON, 10.0), (NOON + 1000, 20.0))
    channel = station.channels.get()
    hiding.hide_values(make_user(Role.SENSOR_DESK), channel=channel, start=NOON + 1000, end=NOON + 2000, reason="Grill")
    assert shown(client, "2026-05-01T12Z") == {"Balkon": 10.0}
    deletion.delete_values(station.owner, station=station)
    assert shown(client, "2026-05-01T12Z") == {}


def test_where_a_station_stood_before_is_not_told(client: Any, make_station: Any, monkeypatch: Any) -> None:
    """After a move the past shows nothing of it: neither at the old place nor, wrongly, at the new one."""
    station = make_station(name="Umgezogen", phenomena=["pm10"])
    put(station, (NOON, 10.0))
    assert shown(client, "2026-05-01T12Z") == {"Umgezogen": 10.0}
    old = station.locations.get()
    StationLocation.objects.filter(pk=old.pk).update(valid_from=datetime(2026, 1, 1, tzinfo=UTC))
    stations.move(
        station.owner, station=station, latitude=PADERBORN[0] + 0.03, longitude=PADERBORN[1], precision="cell500"
    )
    answer = client.get(f"{GEOJSON}&at=2026-05-01T12Z").content.decode()
    assert shown(client, "2026-05-01T12Z") == {}
    assert str(old.public_latitude) not in answer
    assert "Kein Wert aus dieser Zeit" in client.get("/sensoren/karte/?zeit=2026-05-01T12Z").content.decode()
    monkeypatch.setattr(mapping, "GRID_FROM", 0)
    cache.clear()
    cells = client.get(f"{GEOJSON}&phenomenon=pm10&at=2026-05-01T12Z").json()["features"]
    assert [cell["properties"]["mean"] for cell in cells] == [None]


def test_entering_the_same_place_again_keeps_the_past(client: Any, make_station: Any) -> None:
    station = make_station(name="Balkon", phenomena=["pm10"])
    put(station, (NOON, 10.0))
    stations.move(station.owner, station=station, latitude=PADERBORN[0], longitude=PADERBORN[1], precision="cell500")
    assert shown(client, "2026-05-01T12Z") == {"Balkon": 10.0}


def test_form_works_without_a_script(client: Any, make_station: Any) -> None:
    put(make_station(name="Balkon", phenomena=["temperature"]), (NOON, 10.0))
    page = client.get("/sensoren/karte/?messgroesse=temperature&tag=2026-05-01").content.decode()
    form = page[page.index("data-moment-form") : page.index("</form>", page.index("data-moment-form"))]
    assert '<input type="hidden" name="messgroesse" value="temperature">' in form
    assert form.count("<option") == 1 + 24 + 30
    old = datetime.now(UTC) - timedelta(days=90)
    linked = client.get(f"/sensoren/karte/?zeit={old:%Y-%m-%d}").content.decode()
    assert f'<option value="{old:%Y-%m-%d}" selected>' in linked
