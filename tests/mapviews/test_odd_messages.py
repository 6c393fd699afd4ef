"""Messages no sample holds, at each door: what is answered, and that nothing half-read is ever stored."""

from __future__ import annotations

import gzip
import json
import struct
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mapviews.models import Measurement, RawMessage
from tests.mapviews.conftest import chirpstack, tts

pytestmark = pytest.mark.django_db

DEEP = b"[" * 5000 + b"]" * 5000
NOT_JSON = {
    "empty": b"",
    "blank": b" \r\n",
    "truncated": json.dumps(chirpstack()).encode()[:-20],
    "two documents": b"{}{}",
    "single quotes": b"{'deduplicationId': 'x'}",
    "utf-16": json.dumps(chirpstack()).encode("utf-16"),
    "latin-1": b'{"deviceInfo": {"deviceName": "Stra\xdfe"}}',
    "gzip": gzip.compress(b"{}", mtime=0),
    "protobuf": b"\x0a\x10\x3a\xc7\xe3\xc4",
    "zero bytes": b"\0" * 20,
    "nothing but depth": DEEP,
}


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
@pytest.mark.parametrize("kind", ["chirpstack", "tts"])
def test_webhook_keeps_what_is_no_json_as_a_dead_letter(make_source: Any, send: Any, kind: str, body: bytes) -> None:
    answer = send(make_source(kind), body)
    assert (answer.status_code, answer.json()["code"]) == (400, "too_deep" if body == DEEP else "not_json")
    assert bytes(RawMessage.objects.get(state="dead").body) == body
    assert Measurement.objects.count() == 0


NO_MESSAGE = {
    "list": b"[]",
    "number": b"7",
    "text": b'"up"',
    "null": b"null",
    "empty": b"{}",
    "device of another type": b'{"deviceInfo": [], "deduplicationId": {}}',
    "eui of another type": b'{"deviceInfo": {"devEui": 17}, "object": {"temperature": 1}}',
    "eui too long": json.dumps(chirpstack(deviceInfo={"devEui": "0" * 400})).encode(),
    "device ids of another type": b'{"end_device_ids": "x", "uplink_message": []}',
    "nulls everywhere": b'{"end_device_ids": null, "uplink_message": null, "deviceInfo": null, "object": null}',
}


@pytest.mark.parametrize("body", NO_MESSAGE.values(), ids=NO_MESSAGE)
@pytest.mark.parametrize("kind", ["chirpstack", "tts"])
def test_webhook_acknowledges_json_of_another_shape_and_stores_nothing(
    make_source: Any, send: Any, kind: str, body: bytes
) -> None:
    answer = send(make_source(kind), body)
    assert (answer.status_code, answer.json()["status"]) in ((202, "dead"), (200, "ignored"))
    assert Measurement.objects.count() == 0


ODD_VALUES = {
    "numbers as text": ({"temperature": "21.5", "humidity": " 55 "}, {21.5, 55.0}),
    "decimal comma": ({"temperature": "21,5"}, {21.5}),
    "nested": ({"air": {"temperature": 21.5, "raw": {"adc": [1, 2]}}}, {21.5, 1.0, 2.0}),
    "true and false": ({"open": True, "alarm": False}, {1.0, 0.0}),
    "zero": ({"temperature": 0, "humidity": -0.0}, {0.0}),
    "null beside a value": ({"temperature": None, "humidity": 50}, {50.0}),
    "words": ({"temperature": "n/a", "humidity": 50}, {50.0}),
    "a huge integer": ({"temperature": 10**400, "humidity": 50}, {50.0}),
    "a huge float": ({"counter": 1e300, "humidity": 50}, {50.0}),
    "a place": ({"gps": {"lat": 0.0, "lng": 0.0}, "humidity": 50}, {50.0}),
    "strange keys": ({"": 1, "a" * 500: 2, "\u0000": 3, "humidity": 50}, None),
}


@pytest.mark.parametrize(("decoded", "expected"), ODD_VALUES.values(), ids=ODD_VALUES)
@pytest.mark.parametrize("kind", ["chirpstack", "tts"])
def test_decoded_objects_of_any_kind(make_source: Any, send: Any, kind: str, decoded: Any, expected: Any) -> None:
    message = chirpstack(object=decoded) if kind == "chirpstack" else tts(decoded_payload=decoded)
    answer = send(make_source(kind), message)
    assert (answer.status_code, answer.json()["status"]) == (202, "stored")
    found = set(Measurement.objects.values_list("value", flat=True))
    assert (found == expected) if expected is not None else (50.0 in found)


@pytest.mark.parametrize("number", ["1e999", "-1e999", '"NaN"', '"-Infinity"', '"1e999"'])
def test_what_is_no_finite_number_is_absent(make_source: Any, send: Any, number: str) -> None:
    body = json.dumps(chirpstack(object={"temperature": "?", "humidity": 50})).replace('"?"', number).encode()
    assert send(make_source(), body).status_code == 202
    assert list(Measurement.objects.values_list("value", flat=True)) == [50.0]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_words_that_json_does_not_know_make_a_dead_letter(make_source: Any, send: Any, number: str) -> None:
    body = json.dumps(chirpstack(object={"temperature": "?", "humidity": 50})).replace('"?"', number).encode()
    answer = send(make_source(), body)
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")
    assert (RawMessage.objects.get().state, Measurement.objects.count()) == ("dead", 0)


def test_counter_that_starts_again_after_a_rejoin_is_no_repetition(make_source: Any, send: Any) -> None:
    source, now = make_source("tts"), datetime.now(UTC)
    first = tts(session_key_id="A", f_cnt=5, received_at=now.isoformat())
    assert [send(source, first).status_code, send(source, first).status_code] == [202, 200]
    later = (now + timedelta(seconds=60)).isoformat()
    assert send(source, tts(session_key_id="B", f_cnt=None, received_at=later)).status_code == 202
    assert send(source, tts(session_key_id="B", f_cnt=5, received_at=later)).status_code == 202
    assert source.messages.count() == 3


def test_the_same_uplink_by_two_gateways_at_different_times_is_one(make_source: Any, send: Any) -> None:
    source, message = make_source(), chirpstack()
    again = message | {"rxInfo": [{"gatewayId": "ffff", "rssi": -120}], "time": message["time"]}
    assert [send(source, message).status_code, send(source, again).status_code] == [202, 200]
    assert Measurement.objects.count() == 1


@pytest.mark.parametrize(
    ("query", "kind", "status"),
    [("up", "application/json; charset=utf-8", 202), ("up", "application/json; charset=latin-1", 202),
     ("UP", "application/json", 202), ("", "application/json", 202), ("nonsense", "application/json", 200),
     ("up", "text/plain", 415), ("up", "application/x-www-form-urlencoded", 415), ("up", "multipart/form-data", 415)],
)  # fmt: skip
def test_types_and_events_of_the_webhook(make_source: Any, send: Any, query: str, kind: str, status: int) -> None:
    assert send(make_source(), chirpstack(), event=query, content_type=kind).status_code == status
    assert Measurement.objects.count() == (1 if status == 202 else 0)


def test_compressed_bodies_are_refused_at_every_door(
    make_source: Any, send: Any, make_station: Any, client: Any
) -> None:
    station, body = make_station(phenomena=["temperature"]), gzip.compress(b"{}", mtime=0)
    assert send(make_source(), body, **{"Content-Encoding": "gzip"}).status_code == 415
    for url in ("/v1/push-sensor-data/", f"/boxes/{station.osem_id}/data"):
        headers = {"Content-Encoding": "gzip", "Authorization": station.plain_token}
        assert client.post(url, body, "application/json", headers=headers).status_code == 415
    url, bearer = f"/api/v1/stations/{station.pk}/measurements", {"Authorization": f"Bearer {station.plain_token}"}
    assert client.post(url, body, "application/json", headers=bearer).status_code == 400
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("body", [*NOT_JSON.values(), b"[]", b"7", b"null", b"{}"])
def test_push_door_refuses_what_has_no_values(make_station: Any, client: Any, body: bytes) -> None:
    headers = {"X-Sensor": make_station().push_id}
    answer = client.post("/v1/push-sensor-data/", body, "application/json", headers=headers)
    assert (answer.status_code, Measurement.objects.count()) == (400, 0)


@pytest.mark.parametrize(
    ("entries", "stored"),
    [
        ([{"value_type": "temperature", "value": "nan"}, {"value_type": "humidity", "value": "40"}], {40.0}),
        ([{"value_type": "temperature", "value": True}, {"value_type": "humidity", "value": 40}], {40.0}),
        ([{"value_type": "temperature"}, 7, None, [], {"value": "1"}, {"value_type": "humidity", "value": 40}], {40.0}),
        ([{"value_type": "temperature", "value": "1" * 400}, {"value_type": "humidity", "value": "40"}], {40.0}),
        ([{"value_type": "humidity", "value": "40"}] * 3, {40.0}),
    ],
)
def test_push_door_takes_the_good_of_a_bad_message(make_station: Any, client: Any, entries: Any, stored: Any) -> None:
    body, headers = json.dumps({"sensordatavalues": entries}), {"X-Sensor": make_station().push_id}
    assert client.post("/v1/push-sensor-data/", body, "application/json", headers=headers).status_code == 201
    assert set(Measurement.objects.values_list("value", flat=True)) == stored


@pytest.mark.parametrize("body", [*NOT_JSON.values(), b"7", b"null", b'"x"', b"[7]", b"[[]]", b"{}", b"[]"])
def test_box_door_refuses_what_it_cannot_read(make_station: Any, client: Any, body: bytes) -> None:
    station = make_station(phenomena=["temperature"])
    url, headers = f"/boxes/{station.osem_id}/data", {"Authorization": station.plain_token}
    answer = client.post(url, body, "application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (422, "UnprocessableEntity")
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "true", "{}", "[]", '""', '"NaN"', str(10**400)])
def test_box_door_refuses_the_whole_body_for_one_bad_value(make_station: Any, client: Any, number: str) -> None:
    station = make_station(phenomena=["temperature"])
    channel = station.channels.get().osem_id
    good = f'{{"sensor": "{channel}", "value": 1, "createdAt": "2026-05-01T10:00:00Z"}}'
    bad = f'{{"sensor": "{channel}", "value": {number}, "createdAt": "2026-05-01T10:01:00Z"}}'
    url, headers = f"/boxes/{station.osem_id}/data", {"Authorization": station.plain_token}
    assert client.post(url, f"[{good}, {bad}]", "application/json", headers=headers).status_code == 422
    assert Measurement.objects.count() == 0
    assert client.post(url, f"[{good}]", "application/json", headers=headers).status_code == 201


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_box_door_refuses_bytes_that_are_no_number(make_station: Any, client: Any, value: float) -> None:
    station = make_station(phenomena=["temperature"])
    body = bytes.fromhex(station.channels.get().osem_id) + struct.pack("<f", value)
    url, headers = f"/boxes/{station.osem_id}/data", {"Authorization": station.plain_token}
    for sent in (body, body[:-1], body + b"\0"):
        assert client.post(url, sent, "application/sbx-bytes", headers=headers).status_code == 422
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize("body", [*NOT_JSON.values(), b"[]", b"{}", b"null", b'{"measurements": {}}'])
def test_api_refuses_what_is_no_list_of_values(make_station: Any, client: Any, body: bytes) -> None:
    station = make_station(phenomena=["temperature"])
    url, bearer = f"/api/v1/stations/{station.pk}/measurements", {"Authorization": f"Bearer {station.plain_token}"}
    answer = client.post(url, body, "application/json", headers=bearer)
    assert (answer.status_code, answer.json()["code"] in ("not_json", "shape")) == (400, True)
    assert Measurement.objects.count() == 0


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ({"value": float("nan")}, "bad_value"),
        ({"value": "x"}, "bad_value"),
        ({"value": [1]}, "bad_value"),
        ({"value": 10**400}, "bad_value"),
        ({"value": 1e300}, "bad_value"),
        ({"ts": 1_777_593_600}, None),
        ({"ts": "2026-05-01"}, "bad_time"),
        ({"ts": "2026-13-01T00:00:00Z"}, "bad_time"),
        ({"ts": "0001-01-01T00:00:00Z"}, "bad_time"),
        ({"ts": 10**30}, "bad_time"),
        ({"ts": None}, "bad_time"),
        ({"channel": 10**30}, "unknown_channel"),
        ({"channel": "x"}, "unknown_channel"),
        ({"channel": True}, "unknown_channel"),
        ({"channel": -1}, "unknown_channel"),
    ],
)
def test_api_names_what_is_wrong_with_each_value(make_station: Any, client: Any, entry: Any, code: str | None) -> None:
    station = make_station(phenomena=["temperature"])
    good = {"channel": station.channels.get().pk, "ts": "2026-05-01T10:00:00Z", "value": 1}
    url, bearer = f"/api/v1/stations/{station.pk}/measurements", {"Authorization": f"Bearer {station.plain_token}"}
    body = json.dumps({"measurements": [good | entry, good]})
    answer = client.post(url, body, "application/json", headers=bearer)
    assert answer.status_code == 201
    assert [refused["code"] for refused in answer.json()["rejected"]] == ([code] if code else [])
