"""Messages as senders really send them, and as nobody should."""

from __future__ import annotations

import base64
import contextlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapviews.lorawan.payloads import ParsedMessage, PayloadError, parse
from tests.mapviews.conftest import chirpstack, tts

ARRIVAL = datetime(2026, 11, 22, 12, tzinfo=UTC)


def read(message: Any, kind: str = "chirpstack", event: str | None = "up") -> ParsedMessage:
    return parse(kind, json.dumps(message).encode(), event=event)


def test_chirpstack_uplink_gives_device_time_and_readings() -> None:
    found = read(chirpstack(time="2022-07-18T09:34:15.775023242+00:00"))
    assert (found.event, found.dev_eui, found.f_cnt, found.f_port) == ("up", "0101010101010101", 10, 1)
    assert found.time == datetime(2022, 7, 18, 9, 34, 15, 775000, tzinfo=UTC)
    assert found.readings == {"object.temperature": 21.5}


def test_absent_numbers_of_the_frame_are_zero() -> None:
    found = read(chirpstack(fCnt=None, fPort=None))
    assert (found.f_cnt, found.f_port) == (0, 0)
    found = read(tts(f_cnt=None, f_port=None), "tts")
    assert (found.f_cnt, found.f_port) == (0, 0)


def test_absent_values_are_not_zero() -> None:
    assert read(chirpstack(object={"a": None, "b": "", "c": "offline"})).readings == {}


@pytest.mark.parametrize(
    ("decoded", "readings"),
    [
        ({"t": "21.5"}, {"object.t": 21.5}),
        ({"t": "21,5"}, {"object.t": 21.5}),
        ({"open": True}, {"object.open": 1.0}),
        ({"a": {"b": {"c": 3}}}, {"object.a.b.c": 3.0}),
        ({"values": [1, "2", None]}, {"object.values.0": 1.0, "object.values.1": 2.0}),
        ({"m": [[{"type": "Air Temperature", "measurementValue": 23}]]}, {"object.m.0.Air_Temperature": 23.0}),
        ({"m": [{"name": "temp", "value": 4}]}, {"object.m.temp": 4.0}),
        ({"gps": {"latitude": 51.7, "longitude": 8.7}, "x": 1}, {"object.x": 1.0}),
        ({"gps": [51.7, 8.7], "gps_fix": 3, "x": 1}, {"object.gps_fix": 3.0, "object.x": 1.0}),
        ({"gpsLatitude": 51.7, "lon_deg": "8.7", "position": {"x": 1}, "altitude": 9}, {"object.altitude": 9.0}),
        ({"name": "latitude", "value": 51.7}, {}),
        ({"gpslat": 51.7, "GPSLON": 8.7, "posLng": 8.7, "latE7": 517181200, "latdeg": 51, "x": 1}, {"object.x": 1.0}),
        ({"Breitengrad": 51.7, "Längengrad": 8.7, "laengengrad": "8,7", "x": 1}, {"object.x": 1.0}),
        ({"loc": [51.7, 8.7], "pos_1": [8.7], "lastPoint": [1], "latlng": ["51.7", "8.7"], "x": 1}, {"object.x": 1.0}),
        (
            {"latency": 3, "platform": 2, "loc_id": 5, "colon": 1},
            {"object.latency": 3.0, "object.platform": 2.0, "object.loc_id": 5.0, "object.colon": 1.0},
        ),
        ({"n": "1e400", "i": 10**400, "x": 1}, {"object.x": 1.0}),
    ],
)
def test_decoded_objects_of_any_shape(decoded: Any, readings: dict[str, float]) -> None:
    assert read(chirpstack(object=decoded)).readings == readings


def test_cayenne_is_decoded_where_the_object_is_empty() -> None:
    data = base64.b64encode(bytes([1, 103, 1, 16, 2, 104, 80, 3, 2, 255, 246])).decode()
    for decoded in ({}, None):
        found = read(chirpstack(object=decoded, data=data))
        assert found.readings == {"lpp.temperature_1": 27.2, "lpp.relative_humidity_2": 40.0, "lpp.analog_in_3": -0.1}
    assert read(tts(decoded_payload={}, frm_payload=data), "tts").readings["lpp.temperature_1"] == 27.2
    assert read(chirpstack(object={"x": 1}, data=data)).readings == {"object.x": 1.0}


def test_encrypted_payload_is_not_decoded() -> None:
    data = base64.b64encode(bytes([1, 103, 1, 16])).decode()
    found = read(chirpstack(object=None, data=data, joinServerContext={"sessionKeyId": "x"}))
    assert (found.readings, found.problem) == ({}, "encrypted")
    assert read(chirpstack(object=None, data=data, joinServerContext={})).problem == "encrypted"
    assert read(tts(decoded_payload=None, frm_payload=data, app_s_key={"key": "x"}), "tts").problem == "encrypted"


def test_normalised_payload_counts_where_nothing_was_decoded() -> None:
    found = read(tts(decoded_payload={}, normalized_payload=[{"air": {"temperature": 20}}]), "tts")
    assert found.readings == {"normalized_payload.0.air.temperature": 20.0}


@pytest.mark.parametrize("event", ["up", "UP", "rx", "uplink", None, ""])
def test_names_of_the_uplink_event(event: str | None) -> None:
    assert read(chirpstack(), event=event).event == "up"


@pytest.mark.parametrize(
    "body", [json.dumps(chirpstack()).encode("utf-8-sig"), json.dumps(chirpstack()).encode() + b"\n"]
)
def test_byte_order_mark_and_line_end_are_harmless(body: bytes) -> None:
    assert parse("chirpstack", body, event="up").readings == {"object.temperature": 21.5}


def test_last_of_two_equal_keys_counts() -> None:
    body = b'{"deviceInfo": {"devEui": "0101010101010101"}, "object": {"t": 1, "t": 2}, "fCnt": 1}'
    assert parse("chirpstack", body, event="up").readings == {"object.t": 2.0}


def test_unknown_bytes_are_a_problem_with_a_known_sender() -> None:
    found = read(chirpstack(object=None, data="qg=="))
    assert (found.dev_eui, found.readings, found.problem) == ("0101010101010101", {}, "undecodable")
    assert read(chirpstack(object=None, data="%%%")).problem == "undecodable"


def test_join_has_no_readings() -> None:
    message = chirpstack()
    found = read({k: message[k] for k in ("deduplicationId", "time", "deviceInfo", "devAddr")}, event="join")
    assert (found.event, found.readings) == ("join", {})
    accept = {"end_device_ids": {"device_id": "x"}, "join_accept": {"session_key_id": "y"}}
    assert read(accept, "tts", None).event == "join_accept"


def test_legacy_shape_of_chirpstack_v3() -> None:
    message = {
        "applicationID": "1",
        "deviceName": "alt",
        "devEUI": base64.b64encode(bytes.fromhex("a1b2c3d4e5f60708")).decode(),
        "rxInfo": [{"time": "2021-03-01T10:00:00.5Z"}],
        "fCnt": 3,
        "fPort": 2,
        "data": "AWcBEA==",
        "objectJSON": json.dumps({"temperature": "4.5"}),
    }
    found = read(message, event=None)
    assert (found.event, found.dev_eui, found.readings) == ("up", "a1b2c3d4e5f60708", {"object.temperature": 4.5})
    assert found.time == datetime(2021, 3, 1, 10, 0, 0, 500000, tzinfo=UTC)


def test_legacy_shape_of_ttn_v2() -> None:
    message = {
        "app_id": "a",
        "dev_id": "alt-1",
        "hardware_serial": "0102030405060708",
        "port": 1,
        "counter": 5,
        "payload_fields": {"temperature": 7},
        "metadata": {"time": "2020-01-02T03:04:05.123456789Z"},
    }
    found = read(message, "tts")
    assert (found.device, found.f_cnt) == ("0102030405060708", 5)
    assert found.readings == {"payload_fields.temperature": 7.0}


def test_things_stack_without_dev_eui_is_known_by_its_device_id() -> None:
    found = read(tts(), "tts")
    assert (found.dev_eui, found.device, found.application_id) == ("", "grille-001", "grillen")
    assert found.readings == {"decoded_payload.temperature": 1.0, "decoded_payload.luminosity": 64.0}


def test_counter_of_the_radio_is_no_date() -> None:
    found = read(tts(received_at=None), "tts")
    assert found.time is not None
    assert found.time.year >= 2026


def test_decoders_time_comes_before_the_networks() -> None:
    found = read(chirpstack(object={"temperature": 1, "timestamp": "2026-11-01T00:00:00Z"}))
    assert found.time == datetime(2026, 11, 1, tzinfo=UTC)
    for stamp in (1793491200, 1793491200000, "1793491200", "1793491200000", "2026-11-01 00:00:00"):
        assert read(chirpstack(object={"temperature": 1, "timestamp": stamp})).time == datetime(2026, 11, 1, tzinfo=UTC)
    for uptime in (12, "12", 0, -1, None, "soon"):
        found = read(chirpstack(object={"temperature": 1, "time": uptime}, time="2026-05-01T00:00:00Z"))
        assert (found.time, found.readings) == (datetime(2026, 5, 1, tzinfo=UTC), {"object.temperature": 1.0})


def test_dedup_key_is_the_same_for_a_repetition_and_new_after_a_rejoin() -> None:
    first = tts(session_key_id="a", f_cnt=1)
    again = json.loads(json.dumps(first))
    rejoined = tts(session_key_id="b", f_cnt=1)
    keys = [read(m, "tts").dedup_key(ARRIVAL) for m in (first, again, rejoined)]
    assert keys[0] == keys[1] != keys[2]
    same = chirpstack(deduplicationId="3ac7e3c4-4401-4b8d-9386-a5c902f9202d")
    other = same | {"deviceInfo": same["deviceInfo"] | {"devEui": "0202020202020202"}}
    assert read(same).dedup_key(ARRIVAL) != read(other).dedup_key(ARRIVAL)
    without = chirpstack(deduplicationId=None, time="2026-01-01T00:00:00Z")
    later = without | {"time": "2026-01-01T01:00:00Z"}
    assert read(without).dedup_key(ARRIVAL) == read(without).dedup_key(ARRIVAL) != read(later).dedup_key(ARRIVAL)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_json"),
        (b"{", "not_json"),
        (b'{"a": NaN}', "not_json"),
        (b"\xff\xfe", "not_json"),
        (b"[]", "shape"),
        (b"{}", "no_device"),
        (b'{"deviceInfo": []}', "no_device"),
        (b'{"a":' + b"[" * 100 + b"]" * 100 + b"}", "too_deep"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not_json"),
    ],
)
def test_unreadable_bodies(body: bytes, code: str) -> None:
    for kind in ("chirpstack", "tts"):
        with pytest.raises(PayloadError) as error:
            parse(kind, body, event="up")
        assert error.value.code == code


def test_unknown_kind() -> None:
    with pytest.raises(PayloadError):
        parse("mqtt", b"{}", event=None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda children: st.lists(children, max_size=4) | st.dictionaries(st.text(max_size=12), children, max_size=4),
    max_leaves=20,
)
FIELDS = [
    "deviceInfo", "devEui", "devEUI", "deviceName", "time", "data", "object", "objectJSON", "rxInfo", "fCnt", "fPort",
    "joinServerContext", "deduplicationId", "end_device_ids", "uplink_message", "decoded_payload", "frm_payload",
    "device_id", "dev_eui", "received_at", "settings", "rx_metadata", "locations", "dev_id", "payload_fields", "data",
    "result", "session_key_id", "f_cnt",
]  # fmt: skip
documents = st.dictionaries(
    st.sampled_from(FIELDS), json_values | st.dictionaries(st.sampled_from(FIELDS), json_values, max_size=6), max_size=8
)


@given(st.sampled_from(["chirpstack", "tts", "x"]), st.binary(max_size=200), st.none() | st.text(max_size=8))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_message_or_a_payload_error(kind: str, body: bytes, event: str | None) -> None:
    with contextlib.suppress(PayloadError):
        parse(kind, body, event=event)


@given(st.sampled_from(["chirpstack", "tts"]), documents, st.none() | st.text(max_size=8))
@settings(max_examples=400, deadline=None)
def test_any_document_gives_a_message_or_a_payload_error(kind: str, document: Any, event: str | None) -> None:
    try:
        found = parse(kind, json.dumps(document).encode(), event=event)
    except PayloadError:
        return
    assert len(found.dedup_key(ARRIVAL)) == 64
    assert all(isinstance(value, float) for value in found.readings.values())


@given(documents, st.integers(min_value=0, max_value=200))
@settings(max_examples=100, deadline=None)
def test_truncated_json_is_refused(document: Any, cut: int) -> None:
    body = json.dumps({"deviceInfo": {"devEui": "0101010101010101"}, "x": document}).encode()
    cut = min(cut, len(body) - 1)
    with pytest.raises(PayloadError):
        parse("chirpstack", body[:cut], event="up")
