"""OGC SensorThings 1.1, read: what existing clients ask for, and 501 for everything else of the standard."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.sensorthings.entities import ENTITIES
from mapviews.sensorthings.errors import Refused
from mapviews.sensorthings.filters import read_filter
from tests.mapviews.conftest import PADERBORN

pytestmark = pytest.mark.django_db
START = 1_777_593_600_000  # 2026-05-01T00:00Z
ROOT = "/sensorthings/v1.1"


def get(client: Any, path: str, **query: str) -> Any:
    return client.get(f"{ROOT}/{path}", {f"${key}": value for key, value in query.items()})


def values(client: Any, path: str, **query: str) -> list[Any]:
    answer = get(client, path, **query)
    assert answer.status_code == 200, answer.content
    return list(answer.json()["value"])


@pytest.fixture
def station(make_station: Any) -> Any:
    found = make_station(name="Balkon", phenomena=["temperature", "pm10"])
    channels = {c.pk: c for c in found.channels.select_related("phenomenon")}
    readings = [Reading(pk, START + i * 60_000, 20.0 + i % 3) for pk in channels for i in range(25)]
    ingest(Batch(readings, channels))
    found.temperature = found.channels.get(phenomenon="temperature")
    return found


def test_root_names_the_five_collections_and_each_operator(client: Any) -> None:
    answer = client.get(ROOT).json()
    assert [entry["name"] for entry in answer["value"]] == list(ENTITIES)
    settings_ = answer["serverSettings"]
    assert not [name for name in settings_["conformance"] if name.endswith(("req/datamodel", "sensor/properties"))]
    supported = next(v for k, v in settings_.items() if k.endswith("request-data/filter"))["supported"]
    assert supported == [
        "eq", "ne", "gt", "ge", "lt", "le", "and", "or", "not", "()", "startswith", "endswith", "substringof",
        "geo.intersects", "st_intersects", "st_within",
    ]  # fmt: skip
    reference = Path("docs/reference/sensorthings.md").read_text(encoding="utf-8")
    assert all(f"`{name}`" in reference for name in [*supported, *ENTITIES])


def test_entities_carry_what_the_standard_asks(client: Any, station: Any) -> None:
    thing = values(client, "Things")[0]
    assert (thing["@iot.id"], thing["name"]) == (station.pk, "Balkon")
    assert thing["@iot.selfLink"].endswith(f"{ROOT}/Things({station.pk})")
    place = values(client, f"Things({station.pk})/Locations")[0]
    assert (place["encodingType"], place["location"]["type"]) == ("application/geo+json", "Point")
    assert place["location"]["coordinates"] != [PADERBORN[1], PADERBORN[0]]
    stream = get(client, f"Datastreams({station.temperature.pk})").json()
    assert stream["unitOfMeasurement"] == {"name": "°C", "symbol": "°C", "definition": "https://ucum.org/#Cel"}
    assert stream["observationType"].endswith("OM_Measurement")
    seen = get(client, f"Datastreams({station.temperature.pk})/Observations", top="1").json()["value"][0]
    assert (seen["phenomenonTime"], seen["resultTime"], seen["result"]) == (*["2026-05-01T00:00:00.000Z"] * 2, 20.0)
    assert get(client, f"Observations('{seen['@iot.id']}')").json()["result"] == 20.0
    assert get(client, f"Observations('{seen['@iot.id']}')/Datastream").json()["@iot.id"] == station.temperature.pk
    assert get(client, f"Datastreams({station.temperature.pk})/Thing").json()["name"] == "Balkon"
    assert get(client, "ObservedProperties('pm10')").json()["name"] == "Particulate matter PM10"
    assert get(client, f"Things({station.pk})/name").json() == {"name": "Balkon"}
    assert get(client, f"Things({station.pk})/name/$value").content == b"Balkon"


def test_pages_by_key_hold_each_observation_once_while_new_ones_come(client: Any, station: Any) -> None:
    url, seen, channel = (
        f"{ROOT}/Datastreams({station.temperature.pk})/Observations?$top=7&$orderby=phenomenonTime desc",
        [],
        station.temperature,
    )
    for number in range(10):
        page = client.get(url).json()
        seen += [entry["@iot.id"] for entry in page["value"]]
        ingest(Batch([Reading(channel.pk, START + (100 + number) * 60_000, 1.0)], {channel.pk: channel}))
        if "@iot.nextLink" not in page:
            break
        url = page["@iot.nextLink"].partition("/sensorthings")[1] + page["@iot.nextLink"].partition("/sensorthings")[2]
    assert (len(seen), len(set(seen))) == (25, 25)
    assert seen == sorted(seen, reverse=True)


def test_all_observations_page_by_datastream(client: Any, station: Any) -> None:
    page = get(client, "Observations", top="30").json()
    link = page["@iot.nextLink"]
    rest = client.get(link[link.index(ROOT) :]).json()
    assert len({entry["@iot.id"] for entry in page["value"] + rest["value"]}) == 50


def test_options(client: Any, station: Any, make_station: Any) -> None:
    make_station(name="Antenne")
    assert [t["name"] for t in values(client, "Things", orderby="name desc")] == ["Balkon", "Antenne"]
    assert [t["name"] for t in values(client, "Things", orderby="name", top="1", skip="1")] == ["Balkon"]
    assert get(client, "Things", count="true", top="0").json() == {"@iot.count": 2, "value": []}
    assert values(client, "Things", select="name,id", filter="name eq 'Balkon'") == [
        {"name": "Balkon", "@iot.id": station.pk}
    ]
    path = f"Datastreams({station.temperature.pk})/Observations"
    assert get(client, path, count="true", top="1").json()["@iot.count"] == 25
    newest = values(client, path, orderby="phenomenonTime desc", top="2")
    assert [entry["phenomenonTime"] for entry in newest] == ["2026-05-01T00:24:00.000Z", "2026-05-01T00:23:00.000Z"]


def test_expansion(client: Any, station: Any) -> None:
    thing = values(client, "Things", expand="Locations,Datastreams/ObservedProperty")[0]
    assert len(thing["Locations"]) == 1
    assert {s["ObservedProperty"]["@iot.id"] for s in thing["Datastreams"]} == {"temperature", "pm10"}
    query = "Datastreams($orderby=id;$top=1;$expand=Observations($top=1;$orderby=phenomenonTime desc))"
    stream = values(client, "Things", expand=query)[0]["Datastreams"][0]
    assert [o["phenomenonTime"] for o in stream["Observations"]] == ["2026-05-01T00:24:00.000Z"]
    assert get(client, f"Datastreams({stream['@iot.id']})", expand="Thing").json()["Thing"]["name"] == "Balkon"


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("result gt 21", 8),
        ("result ge 21 and result lt 22", 8),
        ("not (result eq 20)", 16),
        ("result ne 20.0 or phenomenonTime lt 2026-05-01T00:01:00Z", 17),
        ("phenomenonTime ge 2026-05-01T02:00:00+02:00 and phenomenonTime le '2026-05-01T00:04:00Z'", 5),
        ("2026-05-01T00:20:00Z lt phenomenonTime", 4),
    ],
)
def test_filters_of_observations(client: Any, station: Any, query: str, count: int) -> None:
    path = f"Datastreams({station.temperature.pk})/Observations"
    assert len(values(client, path, filter=query)) == count
    asked = f"Datastream/id eq {station.temperature.pk} and ({query})"
    assert len(values(client, "Observations", filter=asked, orderby="phenomenonTime desc")) == count


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("startswith(name,'Bal')", ["Balkon"]),
        ("substringof('alko',name) and endswith(name, 'n')", ["Balkon"]),
        ("substringof('x',name)", []),
        ("properties/exposure eq 'outdoor'", ["Balkon"]),
        ("name eq 'O''Brien'' or 1=1 --'", []),
    ],
)
def test_filters_of_things(client: Any, station: Any, query: str, names: list[str]) -> None:
    assert [t["name"] for t in values(client, "Things", filter=query)] == names


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("Things", {"filter": "tolower(name) eq 'x'"}),
        ("Things", {"filter": "st_within(Locations/location, geography'POINT(1 1)')"}),
        ("Things", {"filter": "Datastreams/name eq 'x'"}),
        ("Things", {"filter": "name has 'x'"}),
        ("Observations", {"filter": "result add 1 gt 2"}),
        ("Observations", {"orderby": "phenomenonTime desc"}),
        ("Observations", {"count": "true"}),
        ("Things", {"resultFormat": "dataArray"}),
        ("Things", {"apply": "x"}),
        ("Things", {"skip": "99999"}),
        ("Things", {"expand": "HistoricalLocations"}),
        ("Sensors", {}),
        ("FeaturesOfInterest", {}),
        ("HistoricalLocations", {}),
        ("MultiDatastreams", {}),
        ("Things/Datastreams", {}),
        ("Things", {"filter": "description eq null"}),
        ("Things", {"filter": "name eq description"}),
        ("Datastreams", {"filter": "observationType eq 'x'"}),
        ("Datastreams", {"orderby": "observationType"}),
        ("Observations", {"filter": "phenomenonTime gt now()"}),
        ("Observations", {"filter": "year(phenomenonTime) eq 2026"}),
        ("Observations", {"filter": "result in (1,2)"}),
        ("Observations", {"count": "true", "filter": "Datastream/id eq 1 or result gt 0"}),
        ("Observations", {"orderby": "phenomenonTime", "filter": "not (Datastream/id eq 1)"}),
        ("Locations", {"filter": "location eq 'x'"}),
        ("Locations", {"orderby": "location"}),
        ("Locations", {"filter": "geo.intersects(location, geography'POLYGON((0 0,9 1,9 9,0 9,0 0))')"}),
        ("Locations", {"filter": "geo.intersects(location, geography'POINT(1 1)')"}),
    ],
)
def test_what_is_not_supported_answers_501(client: Any, station: Any, path: str, query: dict[str, str]) -> None:
    answer = get(client, path, **query)
    assert (answer.status_code, answer.json()["type"]) == (501, "unsupported")


def test_writing_answers_501(client: Any, station: Any) -> None:
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"{ROOT}/Things({station.pk})").status_code == 501


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("Things", {"filter": "name eq"}),
        ("Things", {"filter": "name eq 5"}),
        ("Things", {"filter": "id eq 1 name eq 'x'"}),
        ("Things", {"filter": "id eq 1)"}),
        ("Things", {"filter": "and id eq 1"}),
        ("Things", {"filter": "startswith(name,'x') eq 5"}),
        ("Locations", {"filter": "geo.intersects(location, 'x')"}),
        ("Locations", {"filter": "geo.intersects(location, geography'POLYGON((a b,c d))')"}),
        ("Things(1)/name/$ref", {}),
        ("Things", {"filter": "preis eq 5"}),
        ("Things", {"filter": "(" * 30 + "id eq 1" + ")" * 30}),
        ("Things", {"filter": "x" * 3000}),
        ("Things", {"orderby": "preis"}),
        ("Things", {"top": "-1"}),
        ("Things", {"top": "viele"}),
        ("Things", {"count": "vielleicht"}),
        ("Things", {"select": "preis"}),
        ("Things", {"expand": "Datastreams($top=1"}),
        ("Observations", {"skiptoken": "x"}),
    ],
)
def test_wrong_questions_answer_400(client: Any, station: Any, path: str, query: dict[str, str]) -> None:
    path = path.replace("Things(1)", f"Things({station.pk})")
    assert get(client, path, **query).status_code == 400


def test_unknown_things_answer_404(client: Any, station: Any) -> None:
    for path in (
        "$metadata",
        "$ref",
        "Things(999999)",
        "Dinge",
        "Things(1)/nichts",
        "Observations('1-2')",
        "ObservedProperties('x')",
    ):
        assert get(client, path).status_code == 404


def test_link_to_the_rest_of_what_was_expanded_keeps_its_options(client: Any, station: Any) -> None:
    """Else a client that walks on gets another order, or nothing behind the newest value."""
    inner = "Observations($top=2;$orderby=phenomenonTime desc;$select=result,phenomenonTime;$filter=result gt 20)"
    stream = get(client, f"Datastreams({station.temperature.pk})", expand=inner).json()
    seen, link = stream["Observations"], stream["Observations@iot.nextLink"]
    while link:
        page = client.get(link[link.index(ROOT) :]).json()
        assert all(set(entry) == {"result", "phenomenonTime"} for entry in page["value"])
        assert len(page["value"]) <= 2
        seen, link = seen + page["value"], page.get("@iot.nextLink")
    moments = [entry["phenomenonTime"] for entry in seen]
    assert (len(moments), moments) == (16, sorted(moments, reverse=True))


def test_expanded_list_pages_with_its_own_expansions(client: Any, station: Any) -> None:
    thing = get(client, f"Things({station.pk})", expand="Datastreams($top=1;$expand=Thing),Datastreams/Observations")
    link = thing.json()["Datastreams@iot.nextLink"]
    [stream] = client.get(link[link.index(ROOT) :]).json()["value"]
    assert stream["Thing"]["@iot.id"] == station.pk
    assert len(stream["Observations"]) == 25


def test_what_map_clients_ask_of_places(client: Any, station: Any) -> None:
    """QGIS: the number of points, then those in the shown rectangle."""
    points = "location/type eq 'Point' or location/geometry/type eq 'Point'"
    assert get(client, "Locations", top="0", count="true", filter=points).json()["@iot.count"] == 1
    assert (
        get(client, "Locations", top="0", count="true", filter="location/type eq 'Polygon'").json()["@iot.count"] == 0
    )
    around = "POLYGON ((8.6 51.6, 8.9 51.6, 8.9 51.8, 8.6 51.8, 8.6 51.6))"
    for name in ("geo.intersects", "st_intersects", "st_within"):
        there = f"{name}(location, geography'{around}')"
        assert len(values(client, "Locations", filter=f"({points}) and ({there})")) == 1
        assert values(client, "Locations", filter=f"not {there}") == values(
            client, "Locations", filter=f"{there} eq false"
        )
        assert values(client, "Locations", filter=there.replace("51.6", "51.79")) == []


def test_links_and_raw_values(client: Any, station: Any) -> None:
    references = values(client, f"Things({station.pk})/Datastreams/$ref", expand="Thing")
    assert [set(entry) for entry in references] == [{"@iot.selfLink"}] * 2
    assert get(client, f"Datastreams({station.temperature.pk})/Thing/$ref").json() == {
        "@iot.selfLink": f"{references[0]['@iot.selfLink'].split(ROOT)[0]}{ROOT}/Things({station.pk})"
    }
    raw = get(client, f"Things({station.pk})/properties/$value").content
    assert json.loads(raw)["exposure"] == "outdoor"
    name = values(client, "Datastreams", orderby="name desc")[0]["name"]
    assert [s["name"] for s in values(client, "Datastreams", filter=f"name eq '{name}'")] == [name]


@pytest.mark.parametrize("path", ["ObservedProperties('a\0b')", "Things('\0')", "Observations('1-\0')"])
def test_no_sign_of_an_address_breaks_the_database(client: Any, station: Any, path: str) -> None:
    assert get(client, path).status_code in (400, 404)
    assert get(client, "ObservedProperties", skiptoken="a\0b").status_code == 200
    assert get(client, "Things", filter="name eq 'a\0b'").status_code == 200


def test_private_stations_are_not_there(client: Any, make_station: Any) -> None:
    for fields in ({"publicity": "private"}, {"publicity": "private", "exposure": "mobile"}):
        station = make_station(name="Geheim", phenomena=["temperature"], **fields)
        channel = station.channels.select_related("phenomenon").get()
        ingest(Batch([Reading(channel.pk, START, 1.0)], {channel.pk: channel}))
        client.force_login(station.owner)
        for path in (
            "Things",
            "Locations",
            "Datastreams",
            "Observations",
            "ObservedProperties('temperature')/Datastreams",
        ):
            assert values(client, path) == []
        for path in (
            f"Things({station.pk})",
            f"Datastreams({channel.pk})",
            f"Datastreams({channel.pk})/Observations",
            f"Observations('{channel.pk}-{START}')",
        ):
            assert get(client, path).status_code == 404


def test_indoor_stations_give_means_of_days(client: Any, make_station: Any) -> None:
    station = make_station(exposure="indoor", publicity="daily", phenomena=["co2"])
    channel = station.channels.select_related("phenomenon").get()
    ingest(Batch([Reading(channel.pk, START + i * 3_600_000, 400.0 + i) for i in range(24)], {channel.pk: channel}))
    assert values(client, "Observations") == []
    found = values(client, f"Datastreams({channel.pk})/Observations", orderby="phenomenonTime desc")
    assert [(o["result"], o["phenomenonTime"]) for o in found] == [
        (411.5, "2026-05-01T00:00:00.000Z/2026-05-02T00:00:00.000Z")
    ]
    assert values(client, f"Datastreams({channel.pk})/Observations", filter="result gt 420") == []
    assert get(client, f"Observations('{channel.pk}-{START + 3_600_000}')").status_code == 404


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "name",
                "id",
                "eq",
                "ne",
                "and",
                "or",
                "not",
                "(",
                ")",
                "'x'",
                "5",
                ",",
                "startswith",
                "'",
                "2026-05-01T00:00:00Z",
            ]
        ),
        max_size=12,
    ).map(" ".join)
    | st.text(max_size=40)
)
def test_any_filter_is_read_or_refused(text: str) -> None:
    try:
        condition = read_filter(text, ENTITIES["Things"].fields)
    except Refused as error:
        status = error.status
    else:
        status = 200
        list(ENTITIES["Things"].rows().filter(condition)[:1])
    assert status in (200, 400, 501)
