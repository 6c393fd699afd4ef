"""openSenseMap's public behaviour: submitting, downloading and deleting measurements."""

from __future__ import annotations

import contextlib
import json
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapviews.domain import osem, rollups
from mapviews.models import Measurement, RollupHour
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db
NOW = 1_777_593_600_000


@pytest.fixture
def station(make_station: Any) -> Any:
    found = make_station(phenomena=["temperature", "humidity", "pm10"])
    found.ids = {c.phenomenon_id: c.osem_id for c in found.channels.all()}
    return found


def post(
    client: Any, station: Any, body: Any, path: str = "data", kind: str = "application/json", **headers: str
) -> Any:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    headers.setdefault("Authorization", station.plain_token)
    return client.post(f"/boxes/{station.osem_id}/{path}", data=data, content_type=kind, headers=headers)


def get(client: Any, station: Any, path: str = "") -> Any:
    return client.get(f"/boxes/{station.osem_id}{path}")


def last(client: Any, station: Any, phenomenon: str) -> Any:
    sensors = get(client, station).json()["sensors"]
    return next(s for s in sensors if s["_id"] == station.ids[phenomenon]).get("lastMeasurement")


def test_single_measurement(client: Any, station: Any) -> None:
    answer = post(client, station, {"value": 312.1}, station.ids["temperature"])
    assert (answer.status_code, answer.json()) == (201, "Measurement saved in box")
    assert last(client, station, "temperature")["value"] == "312.1"
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    assert post(client, station, {"value": "123.4", "createdAt": at}, station.ids["humidity"]).status_code == 201
    assert last(client, station, "humidity") == {"value": "123.4", "createdAt": at}


@pytest.mark.parametrize(
    "location",
    [[8.7, 51.7], [8.7, 51.7, 120], {"lat": 51.7, "lng": 8.7}, {"lat": "51.7", "lng": "8.7", "height": 1}, None],
)
def test_locations_are_accepted_and_never_stored(client: Any, station: Any, location: Any) -> None:
    assert post(client, station, {"value": 1, "location": location}, station.ids["pm10"]).status_code == 201
    assert station.locations.count() == 1


@pytest.mark.parametrize("location", [[52], [0, -91], [181, 0], "hier", {"lat": 1}, [None, 1], {}])
def test_impossible_locations_are_refused(client: Any, station: Any, location: Any) -> None:
    if location == {}:
        location = {"lng": None}
    answer = post(client, station, {"value": 1, "location": location}, station.ids["pm10"])
    assert (answer.status_code, answer.json()["code"]) == (422, "UnprocessableEntity")
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("kind", ["application/json", "application/json; charset=utf-8", "json"])
def test_array_and_object(client: Any, station: Any, kind: str) -> None:
    ids = list(station.ids.values())
    answer = post(client, station, {one: i for i, one in enumerate(ids)}, kind=kind)
    assert (answer.status_code, answer.json()) == (201, "Measurements saved in box")
    assert (
        post(client, station, [{"sensor": one, "value": i} for i, one in enumerate(ids)], kind=kind).status_code == 201
    )


def test_random_order_comes_back_newest_first(client: Any, station: Any) -> None:
    sensor = station.ids["humidity"]
    days = [1, 19, 6, 12, 2, 23, 3]
    body = [{"sensor_id": sensor, "value": d / 10, "createdAt": f"2016-01-{d:02d}T04:03:02.000Z"} for d in days]
    assert post(client, station, body).status_code == 201
    path = f"/data/{sensor}?from-date=2016-01-01T04:00:00Z&to-date=2016-01-23T08:38:00Z"
    rows = get(client, station, path).json()
    assert [r["createdAt"] for r in rows] == [f"2016-01-{d:02d}T04:03:02.000Z" for d in sorted(days, reverse=True)]
    assert [r["value"] for r in rows] == [str(d / 10) for d in sorted(days, reverse=True)]
    assert last(client, station, "humidity")["createdAt"] == "2016-01-23T04:03:02.000Z"


def test_csv_with_and_without_times_and_places(client: Any, station: Any) -> None:
    a, b = station.ids["pm10"], station.ids["humidity"]
    assert post(client, station, f"{a},0\n{b},1", kind="text/csv").status_code == 201
    text = f"\n{a},3,2026-05-01T10:00:00Z\r\n{b},4,2026-05-01T10:00:00Z,8.7,51.7,110\n\n"
    assert post(client, station, text, kind="text/csv").status_code == 201
    assert Measurement.objects.count() == 4
    for bad in (f"{a}", f"{a},x", f"{a},1,gestern", f"{a},1,2026-05-01T10:00:00Z,200,1", f"{'0' * 24},1"):
        assert post(client, station, bad, kind="text/csv").status_code == 422
    assert Measurement.objects.count() == 4


def test_bytes_keep_the_decimals_people_typed(client: Any, station: Any) -> None:
    record = bytes.fromhex(station.ids["pm10"]) + struct.pack("<f", 21.1)
    assert post(client, station, record, kind="application/sbx-bytes").status_code == 201
    assert Measurement.objects.get().value == 21.1
    stamped = record + struct.pack("<I", NOW // 1000)
    assert post(client, station, stamped, kind="application/sbx-bytes-ts").status_code == 201
    assert post(client, station, stamped[:-1], kind="application/sbx-bytes-ts").status_code == 422
    nan = bytes.fromhex(station.ids["pm10"]) + struct.pack("<f", float("nan"))
    assert post(client, station, nan, kind="application/sbx-bytes").status_code == 422


def test_limits(client: Any, station: Any) -> None:
    sensor = station.ids["pm10"]
    at = datetime(2026, 5, 1, tzinfo=UTC)
    rows = [f"{sensor},1,{(at + timedelta(seconds=i)).isoformat()}" for i in range(2501)]
    assert post(client, station, "\n".join(rows), kind="text/csv").status_code == 422
    assert post(client, station, "\n".join(rows[1:]), kind="text/csv").status_code == 201
    for minutes, status in ((0.5, 201), (1.5, 422)):
        soon = (datetime.now(UTC) + timedelta(minutes=minutes)).isoformat()
        assert post(client, station, {"value": 1, "createdAt": soon}, sensor).status_code == status


def test_doors_stay_shut(client: Any, station: Any, make_station: Any) -> None:
    for token in ("", "falsch", make_station().plain_token):
        answer = post(client, station, {"value": 1}, station.ids["pm10"], Authorization=token)
        assert (answer.status_code, answer.json()["message"]) == (401, "Box access token not valid!")
    foreign = make_station(phenomena=["pm10"]).channels.get().osem_id
    assert post(client, station, [{"sensor": foreign, "value": 1}]).status_code == 422
    assert post(client, station, "<a/>", kind="application/xml").status_code == 415
    packed = post(client, station, b"\x1f\x8b", **{"Content-Encoding": "gzip"})
    assert (packed.status_code, packed.json()["code"]) == (415, "UnsupportedMediaType")
    assert Measurement.objects.count() == 0


def fill(client: Any, station: Any, number: int = 5) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    for phenomenon in ("temperature", "humidity"):
        body = [
            {"sensor": station.ids[phenomenon], "value": i, "createdAt": (now - timedelta(minutes=i)).isoformat()}
            for i in range(number)
        ]
        assert post(client, station, body).status_code == 201


def test_download_as_json_and_csv(client: Any, station: Any) -> None:
    fill(client, station)
    sensor = station.ids["temperature"]
    assert [r["value"] for r in get(client, station, f"/data/{sensor}").json()] == ["0", "1", "2", "3", "4"]
    answer = get(client, station, f"/data/{sensor}?format=csv")
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("text/csv", f"attachment; filename={sensor}.csv")
    assert answer.content.decode().splitlines()[0] == "createdAt,value"
    for send in (
        lambda: client.get(f"/boxes/data/?boxid={station.osem_id}&phenomenon=Temperatur"),
        lambda: client.get("/boxes/data/?bbox=8,51,9,52&phenomenon=temperature"),
        lambda: client.post(
            "/boxes/data", json.dumps({"boxid": station.osem_id, "phenomenon": "Temperatur"}), "application/json"
        ),
    ):
        answer = send()
        lines = answer.content.decode().splitlines()
        assert (answer.status_code, answer["Content-Type"], len(lines)) == (200, "text/csv", 6)
    assert "8.75443" not in answer.content.decode()
    assert (
        len(client.get(f"/boxes/data/?boxid={station.osem_id}&phenomenon=rel. Luftfeuchte").content.splitlines()) == 6
    )
    assert get(client, station, f"/data/{'0' * 24}").status_code == 404
    assert client.get("/boxes?bbox=8,51,9,52").json()[0]["_id"] == station.osem_id
    assert get(client, station, "/sensors").json()["sensors"] == get(client, station).json()["sensors"]


@pytest.mark.parametrize(
    ("bbox", "words"),
    [
        ("1,2,3,4,5", "Invalid number of coordinates."),
        ("1,2,3", "Invalid number of coordinates."),
        ("1,2,east,4", "Supplied values can not be parsed as floats."),
        ("1,2,3,120", "Supplied coordinates are outside of (180, 90, -180, 90)."),
    ],
)
def test_bad_boxes_are_named_as_its_clients_expect(client: Any, bbox: str, words: str) -> None:
    answer = client.get(f"/boxes/data/?phenomenon=Temperatur&bbox={bbox}")
    expected = {"code": "UnprocessableEntity", "message": f"Illegal value for parameter bbox. {words}"}
    assert (answer.status_code, answer.json()) == (422, expected)


def remove(client: Any, station: Any, phenomenon: str, body: Any, token: str = "") -> Any:
    return client.delete(
        f"/boxes/{station.osem_id}/{station.ids[phenomenon]}/measurements",
        data=json.dumps(body),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token or station.plain_token}"},
    )


def test_deleting_everything_of_a_sensor(client: Any, station: Any) -> None:
    fill(client, station)
    rollups.refresh()
    assert remove(client, station, "temperature", {"deleteAllMeasurements": True}).status_code == 200
    assert get(client, station, f"/data/{station.ids['temperature']}").json() == []
    assert last(client, station, "temperature") is None
    assert last(client, station, "humidity")["value"] == "0"
    assert set(RollupHour.objects.values_list("channel__phenomenon", flat=True)) == {"humidity"}


def test_deleting_single_moments_and_a_range(client: Any, station: Any) -> None:
    fill(client, station)
    rows = get(client, station, f"/data/{station.ids['humidity']}").json()
    assert remove(client, station, "humidity", {"timestamps": [rows[0]["createdAt"]]}).status_code == 200
    assert last(client, station, "humidity")["createdAt"] == rows[1]["createdAt"]
    span = {"from-date": rows[3]["createdAt"], "to-date": rows[2]["createdAt"]}
    assert remove(client, station, "humidity", span).status_code == 200
    assert get(client, station, f"/data/{station.ids['humidity']}").json() == [rows[1], rows[4]]


def test_deleting_is_for_the_holder_of_the_token(client: Any, station: Any, make_station: Any) -> None:
    fill(client, station)
    everything = {"deleteAllMeasurements": True}
    answer = remove(client, station, "humidity", everything, make_station().plain_token)
    assert (answer.status_code, answer.json()["code"]) == (403, "Forbidden")
    assert remove(client, station, "humidity", everything, "falsch").status_code == 401
    for body in (
        {},
        [],
        everything | {"timestamps": []} | {"from-date": "x"},
        {"timestamps": ["x"]},
        {"from-date": "x"},
    ):
        assert remove(client, station, "humidity", body).status_code == 422
    assert Measurement.objects.count() == 10


@given(
    st.binary(max_size=120),
    st.sampled_from(["application/json", "text/csv", "sbx-bytes", "sbx-bytes-ts"]),
    st.booleans(),
)
def test_any_body_gives_entries_or_a_refusal(body: bytes, kind: str, keyed: bool) -> None:
    with contextlib.suppress(DomainError):
        assert osem.read(body, content_type=kind, now=NOW, keyed=keyed)
