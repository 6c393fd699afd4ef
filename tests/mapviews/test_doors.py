"""Every door: what is stored, what is refused, and that nothing else changes."""

from __future__ import annotations

import base64
import json
import struct
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from mapviews.domain import messages, sources
from mapviews.models import Channel, Device, Measurement, RawMessage, Station
from mapviews.permissions import OPERATOR
from tests.mapviews.conftest import chirpstack, tts

pytestmark = pytest.mark.django_db


def values() -> list[float]:
    return list(Measurement.objects.order_by("value").values_list("value", flat=True))


def test_uplink_is_stored_once(make_source: Any, send: Any) -> None:
    source, message = make_source(), chirpstack()
    assert send(source, message).status_code == 202
    assert send(source, message).status_code == 200
    assert values() == [21.5]
    channel = Channel.objects.get()
    assert (channel.key, channel.phenomenon_id, channel.latest_value) == ("object.temperature", "temperature", 21.5)


def test_things_stack_uplink_is_found_by_its_device_id(make_source: Any, send: Any, client: Any) -> None:
    assert send(make_source("tts"), tts()).status_code == 202
    items = client.get("/api/v1/channels?device=GRILLE-001").json()["items"]
    assert {item["phenomenon"]: item["latest"]["value"] for item in items} == {"temperature": 1.0, "illuminance": 64.0}


def test_wrong_secret_and_unknown_source_change_nothing(make_source: Any, send: Any, client: Any) -> None:
    source = make_source()
    for headers in ({"Authorization": "Bearer falsch"}, {"Authorization": ""}, {"Authorization": source.plain_secret}):
        assert send(source, chirpstack(), **headers).status_code == 401
    answer = client.post("/ingest/gibt-es-nicht/", data="{}", content_type="application/json")
    assert answer.status_code == 401
    assert RawMessage.objects.count() == 0


def test_body_that_is_no_json_is_kept_as_dead_letter(make_source: Any, send: Any) -> None:
    answer = send(make_source(), b"{kaputt")
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")
    raw = RawMessage.objects.get()
    assert (raw.state, raw.error_code, bytes(raw.body)) == ("dead", "not_json", b"{kaputt")


def test_size_type_and_method_are_checked(make_source: Any, send: Any, client: Any) -> None:
    source = make_source()
    assert send(source, b"{" + b" " * 65536 + b"}").status_code == 413
    assert send(source, chirpstack(), content_type="application/octet-stream").status_code == 415
    assert client.get(source.ingest_url).status_code == 405
    assert RawMessage.objects.count() == 0


def test_join_and_status_are_of_no_interest(make_source: Any, send: Any) -> None:
    source = make_source()
    for event in ("join", "ack", "txack", "log", "status", "location", "integration"):
        assert send(source, chirpstack(), event=event).status_code == 200
    assert RawMessage.objects.count() == 0


def test_unreadable_payload_is_a_dead_letter_without_a_station(make_source: Any, send: Any) -> None:
    for message in (chirpstack(object=None, data="qg=="), chirpstack(object=None, data="AWcB")):
        assert send(make_source(), message).status_code == 202
    assert set(RawMessage.objects.values_list("state", "error_code")) == {("dead", "undecodable")}
    assert Station.objects.count() == 0


@pytest.mark.parametrize("moment", ["1970-01-01T00:00:00Z", "1999-12-31T23:59:59Z", "2099-01-01T00:00:00Z"])
def test_clocks_of_the_past_and_the_future_are_refused(make_source: Any, send: Any, moment: str) -> None:
    assert send(make_source(), chirpstack(time=moment)).status_code == 202
    assert (RawMessage.objects.get().error_code, Measurement.objects.count()) == ("bad_time", 0)


def test_late_message_does_not_replace_the_latest(make_source: Any, send: Any) -> None:
    source, now = make_source(), datetime.now(UTC)
    send(source, chirpstack(object={"temperature": 5}, time=now.isoformat()))
    send(source, chirpstack(object={"temperature": 9}, time=(now - timedelta(hours=1)).isoformat()))
    assert Channel.objects.get().latest_value == 5
    assert values() == [5, 9]


def test_unknown_device_waits_until_it_is_mapped(make_source: Any, send: Any, make_station: Any) -> None:
    source = make_source(auto_map=False)
    assert send(source, chirpstack()).json()["status"] == "unmapped"
    assert Measurement.objects.count() == 0
    from mapviews.domain import devices

    assert devices.map_device(OPERATOR, device=Device.objects.get(), station=make_station()) == 1
    assert values() == [21.5]
    assert RawMessage.objects.get().state == "done"


def test_dead_letter_can_be_replayed(make_source: Any, send: Any) -> None:
    source = make_source(allowed_applications=["andere"])
    send(source, chirpstack())
    raw = RawMessage.objects.get()
    assert (raw.state, raw.error_code) == ("dead", "application")
    source.allowed_applications = []
    source.save()
    assert messages.replay(OPERATOR, raw=raw).outcome == "stored"
    assert values() == [21.5]
    assert messages.replay(OPERATOR, raw=raw).outcome == "known"


def test_rotated_secret_stops_the_old_one(make_source: Any, send: Any) -> None:
    source = make_source()
    fresh = sources.rotate_secret(OPERATOR, source=source)
    assert send(source, chirpstack()).status_code == 401
    source.plain_secret = fresh
    assert send(source, chirpstack()).status_code == 202


def test_headers_are_not_kept(make_source: Any, send: Any) -> None:
    send(make_source(), tts() | {}, **{"X-Downlink-Apikey": "NNSXS.GEHEIM"})
    assert b"GEHEIM" not in bytes(RawMessage.objects.get().body)


def push(client: Any, station: Any, document: Any, push_id: str | None = None) -> Any:
    return client.post(
        "/v1/push-sensor-data/",
        data=json.dumps(document),
        content_type="application/json",
        headers={"X-Sensor": push_id or station.push_id, "X-Pin": "1"},
    )


def test_sensor_community_push_turns_pascal_into_hectopascal(client: Any, make_station: Any) -> None:
    station = make_station()
    document = {
        "sensordatavalues": [
            {"value_type": "SDS_P1", "value": "5.38"},
            {"value_type": "BME280_pressure", "value": "100520.25"},
            {"value_type": "temperature", "value": 20},
            {"value_type": "BME280_temperature", "value": "21"},
            {"value_type": "signal", "value": "-59 dBm"},
            {"value_type": "min_micro", "value": "162"},
        ]
    }
    assert push(client, station, document).status_code == 201
    latest = dict(station.channels.values_list("key", "latest_value"))
    assert latest == {"pm10": 5.38, "pressure": 1005.2025, "temperature": 20.0, "BME280_temperature": 21.0}


def test_firmware_that_cannot_choose_its_header_uses_path_or_basic(client: Any, make_station: Any) -> None:
    station = make_station()
    body = json.dumps({"esp8266id": "1234567", "sensordatavalues": [{"value_type": "SDS_P1", "value": "7.0"}]})
    basic = base64.b64encode(f"egal:{station.plain_token}".encode()).decode()
    for path, header in (
        (f"{station.push_id}/", {"X-Sensor": "esp8266-1234567"}),
        ("", {"X-Sensor": "esp8266-1234567", "Authorization": f"Basic {basic}"}),
        ("", {"Authorization": f"Bearer {station.plain_token}"}),
    ):
        url = f"/v1/push-sensor-data/{path}"
        assert client.post(url, body, "application/json", headers=header).status_code == 201
    for header in ({"Authorization": "Basic %%%"}, {"Authorization": "Basic ZWdhbDpmYWxzY2g="}, {}):
        assert client.post("/v1/push-sensor-data/", body, "application/json", headers=header).status_code == 403
    assert set(values()) == {7.0}


def test_two_sensors_of_a_kind_keep_their_channels(client: Any, make_station: Any) -> None:
    station = make_station()
    dht, bme = {"value_type": "DHT_temperature", "value": "1"}, {"value_type": "BME280_temperature", "value": "2"}
    for entries in ([dht, bme], [bme], [bme, dht]):
        assert push(client, station, {"sensordatavalues": entries}).status_code == 201
    found = {
        c.key: set(Measurement.objects.filter(channel=c).values_list("value", flat=True))
        for c in station.channels.all()
    }
    assert found == {"temperature": {1.0}, "BME280_temperature": {2.0}}


def test_sensor_community_push_refuses_strangers_and_nothing(client: Any, make_station: Any) -> None:
    station = make_station()
    assert push(client, station, {"sensordatavalues": []}, push_id="esp8266-1").status_code == 403
    assert push(client, station, {"sensordatavalues": []}).status_code == 400
    assert push(client, station, []).status_code == 400
    assert Measurement.objects.count() == 0


def box(client: Any, station: Any, body: Any, kind: str = "application/json", query: str = "", token: str = "") -> Any:
    data = body if isinstance(body, bytes | str) else json.dumps(body)
    return client.post(
        f"/boxes/{station.osem_id}/data{query}",
        data=data,
        content_type=kind,
        headers={"Authorization": token or station.plain_token},
    )


def test_opensensemap_formats(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["temperature", "pm10"])
    ids = {c.phenomenon_id: c.osem_id for c in station.channels.all()}
    stamp = "2026-05-01T10:00:0{}Z"
    assert (
        box(client, station, [{"sensor": ids["pm10"], "value": "1", "createdAt": stamp.format(1)}]).status_code == 201
    )
    assert box(client, station, {ids["pm10"]: ["2", stamp.format(2)]}).status_code == 201
    assert box(client, station, f"{ids['pm10']},3,{stamp.format(3)}\n", "text/csv").status_code == 201
    second = int(datetime(2026, 5, 1, 10, 0, 4, tzinfo=UTC).timestamp())
    record = bytes.fromhex(ids["pm10"]) + struct.pack("<fI", 4.5, second)
    assert box(client, station, record, "application/sbx-bytes-ts").status_code == 201
    keyed = {"sensordatavalues": [{"value_type": "SDS_P1", "value": "5.5"}]}
    assert box(client, station, keyed, query="?luftdaten=true").status_code == 201
    hackair = {"reading": {"PM10_AirPollutantValue": "6.5"}}
    assert box(client, station, hackair, query="?hackair=true").status_code == 201
    assert values() == [1.0, 2.0, 3.0, 4.5, 5.5, 6.5]
    single = client.post(
        f"/boxes/{station.osem_id}/{ids['temperature']}",
        data=json.dumps({"value": 7}),
        content_type="application/json",
        headers={"Authorization": station.plain_token},
    )
    assert single.status_code == 201


def write(client: Any, station: Any, items: Any, token: str = "") -> Any:
    return client.post(
        f"/api/v1/stations/{station.pk}/measurements",
        data=json.dumps({"measurements": items}),
        content_type="application/json",
        headers={"Authorization": f"Bearer {token or station.plain_token}"},
    )


def test_api_takes_the_good_and_names_the_bad(client: Any, make_station: Any) -> None:
    station, stranger = make_station(phenomena=["temperature"]), make_station(phenomena=["temperature"])
    channel = station.channels.get().pk
    at = "2026-05-01T10:00:00.123Z"
    items = [
        {"channel": channel, "ts": at, "value": 1.5},
        {"channel": channel, "ts": at, "value": 1.5},
        {"channel": stranger.channels.get().pk, "ts": at, "value": 1},
        {"channel": channel, "ts": "gestern", "value": 1},
        {"channel": channel, "ts": "2099-01-01T00:00:00Z", "value": 1},
        {"channel": channel, "ts": "1970-01-01T00:00:00Z", "value": 1},
        {"channel": channel, "ts": at, "value": None},
        7,
    ]
    answer = write(client, station, items)
    assert answer.status_code == 201
    data = answer.json()
    assert (data["stored"], data["duplicate"]) == (1, 1)
    assert [(r["index"], r["code"]) for r in data["rejected"]] == [
        (2, "unknown_channel"), (3, "bad_time"), (4, "time_ahead"),
        (5, "time_too_early"), (6, "bad_value"), (7, "shape"),
    ]  # fmt: skip
    items = client.get(f"/api/v1/measurements?channel={channel}").json()["items"]
    assert items == [{"ts": at, "value": 1.5, "flags": []}]


def test_api_refuses_a_wrong_token(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["temperature"])
    assert write(client, station, [], token="falsch").status_code == 401
    assert write(client, station, [], token=make_station().plain_token).status_code == 401
    answer = client.post(
        f"/api/v1/stations/{station.pk}/measurements",
        data="{",
        content_type="application/json",
        headers={"Authorization": f"Bearer {station.plain_token}"},
    )
    assert (answer.status_code, answer.json()["code"]) == (400, "not_json")


def run(*args: str) -> dict[str, Any]:
    out = StringIO()
    call_command(*args, stdout=out)
    return json.loads(out.getvalue().splitlines()[-1])


def test_commands_print_what_the_contract_says(make_user: Any) -> None:
    user = make_user()
    source = run("lorawan_source", "Übung", "--kind", "chirpstack", "--auto-map", "--json")
    assert set(source) == {"slug", "url", "secret"}
    assert source["url"] == f"/ingest/{source['slug']}/"
    station = run("station", "Balkon", "--owner", user.email, "--phenomena", "temperature,pm10,pm2_5", "--json")
    assert set(station) == {"id", "slug", "token", "channels", "push_id", "osem_id", "osem_channels"}
    assert set(station["channels"]) == set(station["osem_channels"]) == {"temperature", "pm10", "pm2_5"}
    assert Station.objects.get(pk=station["id"]).owner == user
