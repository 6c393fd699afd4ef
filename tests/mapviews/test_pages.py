"""Pages: who sees what, how many queries, and the token that is shown once."""

from __future__ import annotations

import re
from typing import Any

import pytest

from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.models import Source, Station
from portal.accounts.enums import Role
from portal.activity.models import Activity
from tests.mapviews.conftest import chirpstack

pytestmark = pytest.mark.django_db

FORM = {
    "name": "Balkon in Dahl",
    "exposure": "outdoor",
    "publicity": "public",
    "licence": "CC0-1.0",
    "precision": "cell500",
    "latitude": "51,69650",
    "longitude": "8,85170",
    "phenomena": ["temperature", "pm10"],
}


def test_resident_registers_a_station_and_sees_the_token_once(client: Any, make_user: Any, make_project: Any) -> None:
    client.force_login(make_user())
    project = make_project()
    answer = client.post("/sensoren/registrieren/", FORM | {"project": project.pk}, follow=True)
    token = re.search(r"dhs_[\w-]{40,}", answer.content.decode())
    assert token
    assert token[0] not in client.get(answer.request["PATH_INFO"]).content.decode()
    station = Station.objects.get()
    assert (station.slug, station.project) == ("balkon-in-dahl", project)
    assert token[0] != station.token_hash
    activity = Activity.objects.get(verb="station.registered")
    assert (activity.title, activity.project, activity.url) == (station.name, project, station.canonical_url)
    old = station.token_hash
    client.post(f"{station.canonical_url}schluessel/neu/")
    station.refresh_from_db()
    assert station.token_hash != old


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Bitte füllen Sie dieses Feld aus|Dieses Feld"),
        ({"latitude": "", "longitude": ""}, "Bitte wählen Sie einen Ort"),
        ({"latitude": "nördlich"}, "Bitte geben Sie eine Zahl ein"),
        ({"latitude": "0", "longitude": "0"}, "Koordinaten bedeuten"),
        ({"exposure": "indoor"}, "niemand zu Hause"),
        ({"exposure": "mobile"}, "Ihr Weg"),
    ],
)
def test_wrong_input_is_explained_and_changes_nothing(client: Any, make_user: Any, changes: Any, words: str) -> None:
    client.force_login(make_user())
    answer = client.post("/sensoren/registrieren/", FORM | changes)
    assert answer.status_code == 400
    assert re.search(words, answer.content.decode())
    assert Station.objects.count() == 0


def test_own_pages_are_closed_to_others(client: Any, make_station: Any, make_user: Any) -> None:
    station = make_station()
    own = ["schluessel/", "ort/", "loeschen/", "hochladen/"]
    for path in own:
        assert client.get(station.canonical_url + path).status_code == 302
    client.force_login(make_user())
    for path in own:
        assert client.get(station.canonical_url + path).status_code == 404
    assert client.post(f"{station.canonical_url}schluessel/neu/").status_code == 404
    client.force_login(station.owner)
    for path in own:
        assert client.get(station.canonical_url + path).status_code == 200


def test_desk_is_for_the_desk(client: Any, make_user: Any, make_source: Any, send: Any) -> None:
    source = make_source(auto_map=False)
    send(source, chirpstack())
    send(source, b"{kaputt")
    device, raw = source.devices.get(), source.messages.get(state="dead")
    paths = ["/sensoren/desk/", f"/sensoren/desk/geraete/{device.pk}/", f"/sensoren/desk/nachrichten/{raw.pk}/"]
    client.force_login(make_user())
    assert [client.get(path).status_code for path in paths] == [404] * 3
    assert client.post(f"/sensoren/desk/nachrichten/{raw.pk}/erneut/").status_code == 404
    client.force_login(make_user(Role.SENSOR_DESK))
    assert [client.get(path).status_code for path in paths] == [200] * 3
    assert "Kein gültiges JSON" in client.get(paths[0]).content.decode()
    assert client.post(f"/sensoren/desk/nachrichten/{raw.pk}/erneut/").status_code == 302
    answer = client.post("/sensoren/desk/", {"name": "Stadtnetz", "kind": "tts"}, follow=True)
    assert re.search(r"dhq_[\w-]{40,}", answer.content.decode())
    assert Source.objects.filter(name="Stadtnetz").exists()


def with_values(make_station: Any, number: int, owner: Any) -> None:
    for _each in range(number):
        station = make_station(owner=owner, phenomena=["temperature", "pm10"])
        channels = {c.pk: c for c in station.channels.select_related("phenomenon")}
        ingest(Batch([Reading(pk, 1_777_593_600_000, 20.0) for pk in channels], channels))


@pytest.mark.parametrize(
    ("path", "queries"),
    [
        ("/api/v1/stations", 3),
        ("/api/v1/channels", 1),
        ("/api/v1/stations.geojson?bbox=8,51,9,52", 4),
    ],
)
@pytest.mark.parametrize("number", [1, 30])
def test_lists_cost_the_same_at_any_length(
    client: Any, make_station: Any, make_user: Any, django_assert_num_queries: Any, path: str, queries: int, number: int
) -> None:
    with_values(make_station, number, make_user())
    with django_assert_num_queries(queries):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/sensoren/", "/sensoren/karte/"])
def test_pages_cost_the_same_at_any_length(client: Any, make_station: Any, make_user: Any, path: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    owner, counts = make_user(), []
    for number in (1, 29):
        with_values(make_station, number, owner)
        client.get(path)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_first_visit_sets_no_cookie(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    for path in ("/sensoren/", "/sensoren/karte/", station.canonical_url):
        answer = client.get(path)
        assert answer.status_code == 200
        assert not answer.cookies


def test_open_data_has_an_etag_and_is_open_to_all_origins(client: Any, make_station: Any) -> None:
    make_station()
    answer = client.get("/api/v1/stations")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1/stations", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_values_are_paged_by_cursor_and_streamed_as_csv(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["temperature"], sample=True)
    channel = station.channels.get()
    start = 1_777_593_600_000
    ingest(Batch([Reading(channel.pk, start + i * 1000, float(i % 30)) for i in range(250)], {channel.pk: channel}))
    url, seen = f"/api/v1/measurements?channel={channel.pk}&limit=100", []
    while url:
        page = client.get(url).json()
        seen += [item["ts"] for item in page["items"]]
        url = page["next"]
    assert len(seen) == len(set(seen)) == 250
    assert seen == sorted(seen)
    answer = client.get(
        f"/api/v1/measurements?channel={channel.pk}&format=csv&from=2026-05-01T00:01:00Z&to=2026-05-01T00:01:02Z"
    )
    text = b"".join(answer.streaming_content).decode()
    assert text == "ts,value,flags,sample\n2026-05-01T00:01:00.000Z,0.0,,true\n2026-05-01T00:01:01.000Z,1.0,,true\n"


def test_grid_takes_over_where_stations_are_many(
    client: Any, make_station: Any, make_user: Any, monkeypatch: Any
) -> None:
    from mapviews.domain import mapping

    with_values(make_station, 3, make_user())
    monkeypatch.setattr(mapping, "GRID_FROM", 2)
    features = client.get("/api/v1/stations.geojson?bbox=8,51,9,52&zoom=10&phenomenon=pm10").json()["features"]
    assert sum(f["properties"]["count"] for f in features) == 3
    assert {f["properties"]["mean"] for f in features} == {20.0}


def test_map_is_narrowed_by_phenomenon_exposure_and_project(
    client: Any, make_station: Any, make_project: Any, monkeypatch: Any
) -> None:
    from mapviews.domain import mapping

    project = make_project()
    make_station(name="Draußen", phenomena=["pm10"])
    make_station(name="Drinnen", phenomena=["pm10"], exposure="indoor", publicity="daily")
    make_station(name="Im Projekt", phenomena=["noise"], project=project)
    base = "/api/v1/stations.geojson?bbox=8,51,9,52"
    for query, names in (
        ("&exposure=indoor", {"Drinnen"}),
        (f"&project={project.slug}", {"Im Projekt"}),
        ("&phenomenon=pm10&exposure=outdoor", {"Draußen"}),
        ("&project=' OR 1=1 --", set()),
    ):
        found = client.get(base + query).json()["features"]
        assert {feature["properties"]["name"] for feature in found} == names
    page = client.get(f"/sensoren/karte/?projekt={project.slug}&messgroesse=noise").content.decode()
    assert "Im Projekt" in page
    assert "Draußen" not in page
    assert f'data-project="{project.slug}"' in page
    assert "leise, wie nachts im Wohngebiet" in page
    monkeypatch.setattr(mapping, "GRID_FROM", 1)
    cells = client.get(f"{base}&project={project.slug}").json()["features"]
    assert sum(cell["properties"]["count"] for cell in cells) == 1


def test_flags_stand_in_the_table_of_the_chart(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["humidity"])
    channel = station.channels.select_related("phenomenon").get()
    ingest(
        Batch(
            [Reading(channel.pk, 1_777_593_600_000 + i * 1000, v) for i, v in enumerate([50.0, 99.9])],
            {channel.pk: channel},
        )
    )
    page = client.get(f"{station.canonical_url}?zeitraum=tag").content.decode()
    assert "<td>Fehlerwert des Sensors</td>" in page
    assert "zwischen 50 und 50 %" in page
    series = client.get(f"{station.canonical_url}verlauf.json?kanal={channel.pk}&zeitraum=tag").json()["series"]
    assert [(s["values"], s["notes"], s["bad"]) for s in series] == [
        ([50.0, None], {"1777593601": "Fehlerwert des Sensors"}, {"1777593601": 99.9})
    ]
    page = client.get(f"{station.canonical_url}?zeitraum=woche").content.decode()
    assert "1 auffälliger Wert" in page


def test_settings_for_each_sensor_hold_the_stations_ids(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    client.force_login(station.owner)
    page = client.post(f"{station.canonical_url}schluessel/neu/", follow=True).content.decode()
    for text in (f"/v1/push-sensor-data/{station.push_id}/", station.osem_id, station.channels.get().osem_id, "<svg"):
        assert text in page
