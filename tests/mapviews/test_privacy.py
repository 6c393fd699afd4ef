"""Exact places, homes and ways stay private at every door."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from hypothesis import given
from hypothesis import strategies as st

from mapviews.domain import places, stations
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.models import Measurement, RawMessage, Station
from portal.accounts.enums import Role
from portal.exceptions import DomainError
from tests.mapviews.conftest import PADERBORN, chirpstack

DOORS = (
    "/sensoren/",
    "/sensoren/karte/",
    "/api/v1/stations",
    "/api/v1/channels",
    "/api/v1/stations.geojson?bbox=8,51,9,52",
    "/api/v1/stations.geojson?bbox=8,51,9,52&at=2026-04-02T08Z",
    "/api/v1/stations.geojson?bbox=8,51,9,52&at=2026-05-01",
    "/api/v1/surface.geojson?phenomenon=temperature",
    "/api/v1/surface.geojson?phenomenon=pm10&at=2026-04-02",
    "/api/v1/catalog.jsonld",
    "/sensoren/karte/?zeit=2026-04-02T08Z",
    "/sensoren/karte/?zeit=2026-05-01&messgroesse=temperature&flaeche=on",
    "/sensoren/unterwegs/",
    "/suche/?q=Station",
    "/sitemap.xml",
    "/boxes",
    "/boxes?bbox=8,51,9,52",
    "/boxes/data/?bbox=8,51,9,52&phenomenon=temperature&from-date=2026-04-01T00:00:00Z",
    "/sensorthings/v1.1/Things?$expand=Locations,Datastreams/Observations",
    "/sensorthings/v1.1/Locations?$expand=Things",
    "/sensorthings/v1.1/Observations?$expand=Datastream/Thing",
)


@given(st.floats(-80, 80), st.floats(-179.9, 179.9))
def test_utm_there_and_back(latitude: float, longitude: float) -> None:
    zone = places.zone_of(longitude)
    back = places.from_utm(*places.to_utm(latitude, longitude, zone), zone)
    assert back == pytest.approx((latitude, longitude), abs=1e-6)


@given(st.floats(51.5, 52.0), st.floats(8.4, 9.0), st.sampled_from([("cell500", 500), ("cell2000", 2000)]))
def test_public_point_lies_in_the_same_cell_and_does_not_move(lat: float, lng: float, kind: tuple[str, int]) -> None:
    name, size = kind
    point = places.public_point("schlüssel", lat, lng, name)
    assert point == places.public_point("schlüssel", lat, lng, name)
    here, there = places.to_utm(lat, lng, 32), places.to_utm(*point, 32)
    for a, b in zip(here, there, strict=True):
        assert abs(a - b) < size + 2


@pytest.mark.parametrize(
    "place", [(0.0, 0.0), (0.5, -0.5), (24.35, 24.35), (8.7, 8.7), (91.0, 8.0), (float("nan"), 8.0)]
)
def test_places_that_mean_unknown_are_refused(make_user: Any, place: tuple[float, float]) -> None:
    with pytest.raises(DomainError) as error:
        stations.register(make_user(), name="Balkon", latitude=place[0], longitude=place[1])
    assert error.value.code == "bad_place"
    assert Station.objects.count() == 0


def exact(station: Any) -> tuple[str, str]:
    return str(PADERBORN[0]), str(PADERBORN[1])


@pytest.mark.django_db
def test_exact_place_leaves_through_no_door(make_station: Any, client: Any, make_user: Any) -> None:
    station = make_station(phenomena=["temperature"])
    for user in (None, make_user(), make_user(Role.SENSOR_DESK)):
        if user:
            client.force_login(user)
        for door in (*DOORS, station.canonical_url):
            content = client.get(door).content.decode()
            assert exact(station)[0] not in content
            assert exact(station)[1] not in content
    client.force_login(station.owner)
    assert exact(station)[0] in client.get(f"{station.canonical_url}ort/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"publicity": "private"}, {"publicity": "private", "exposure": "mobile"}])
def test_private_stations_do_not_exist_for_others(make_station: Any, client: Any, make_user: Any, fields: Any) -> None:
    station = make_station(name="Geheimnisvoll", phenomena=["temperature"], **fields)
    channel = station.channels.get()
    ingest(Batch([Reading(channel.pk, 1_777_593_600_000, 21.0)], {channel.pk: channel}))
    for user in (None, make_user()):
        if user:
            client.force_login(user)
        for door in DOORS:
            assert "Geheimnisvoll" not in client.get(door).content.decode()
        own = (
            "nachrichten/",
            "kalibrieren/",
            "uebergeben/",
            "werte-loeschen/",
            "alles.csv",
            "alles.json",
            "stand.json",
        )
        public = ("", "verlauf.json?kanal=" + str(channel.pk), "werte.csv?kanal=" + str(channel.pk), "einbetten/")
        for path in public:
            assert client.get(station.canonical_url + path).status_code == 404
        for path in own:
            assert client.get(station.canonical_url + path).status_code == (404 if user else 302)
        for path in ("", "/sensors", f"/data/{channel.osem_id}"):
            assert client.get(f"/boxes/{station.osem_id}{path}").status_code == 404
        for path in (f"Things({station.pk})", f"Datastreams({channel.pk})/Observations"):
            assert client.get(f"/sensorthings/v1.1/{path}").status_code == 404
        assert client.get(f"/api/v1/measurements?channel={channel.pk}").status_code == 404
    client.force_login(station.owner)
    assert client.get(station.canonical_url).status_code == 200
    assert client.get(f"{station.canonical_url}verlauf.json?kanal={channel.pk}").json()["x"] == [1_777_593_600]


@pytest.mark.django_db
def test_indoor_stations_show_means_of_days_that_are_over(make_station: Any, client: Any) -> None:
    station = make_station(exposure="indoor", publicity="daily", phenomena=["co2"])
    channel = station.channels.get()
    readings = [Reading(channel.pk, 1_777_593_600_000 + i * 3_600_000, 400.0 + i) for i in range(24)]
    ingest(Batch(readings, {channel.pk: channel}))
    url = f"/api/v1/measurements?channel={channel.pk}"
    assert client.get(url).json()["code"] == "daily_only"
    assert client.get(f"{url}&resolution=hour").status_code == 403
    assert [i["value"] for i in client.get(f"{url}&resolution=day").json()["items"]] == [411.5]
    assert client.get("/api/v1/channels").json()["items"][0]["latest"] is None
    assert client.get("/api/v1/stations").json()["items"][0]["last_seen"] is None
    assert len(client.get(f"{station.canonical_url}verlauf.json?kanal={channel.pk}").json()["x"]) == 1
    assert "423" not in client.get(station.canonical_url).content.decode()
    box = f"/boxes/{station.osem_id}"
    assert "lastMeasurement" not in client.get(box).content.decode()
    path = f"{box}/data/{channel.osem_id}?from-date=2026-04-01T00:00:00Z"
    assert client.get(path).json() == [{"createdAt": "2026-05-01T00:00:00.000Z", "value": "411.5"}]
    assert client.get(f"{station.canonical_url}einbetten/").content.decode().count("data-live-channel") == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("exposure", "publicity"), [("mobile", "public"), ("mobile", "daily"), ("indoor", "public")])
def test_what_would_tell_too_much_is_refused(make_user: Any, exposure: str, publicity: str) -> None:
    with pytest.raises(DomainError):
        stations.register(make_user(), name="Rad", exposure=exposure, publicity=publicity)


@pytest.mark.django_db
def test_gateway_places_leave_through_no_door(make_source: Any, send: Any, client: Any) -> None:
    send(make_source(), chirpstack())
    for door in DOORS:
        assert "51.7171" not in client.get(door).content.decode()


@pytest.mark.django_db
def test_deleting_a_station_leaves_nothing(make_source: Any, send: Any, client: Any, make_user: Any) -> None:
    send(make_source(), chirpstack())
    station = Station.objects.get()
    stations.delete(make_user(Role.SENSOR_DESK), station=station)
    assert (Station.objects.count(), Measurement.objects.count(), RawMessage.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_anonymous_people_cannot_register() -> None:
    with pytest.raises(DomainError):
        stations.register(AnonymousUser(), name="Balkon")
