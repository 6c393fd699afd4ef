"""Messages of real network servers, event by event and decoder by decoder (data/messages/), and what is read from them.

Written after ChirpStack's and The Things Stack's documented events and the decoders that makers of devices publish
(Dragino, Elsys, Decentlab, SenseCAP, Milesight); names and keys are invented.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mapviews.domain.phenomena import meaning
from mapviews.lorawan.payloads import parse
from mapviews.models import Measurement, RawMessage
from portal.rest import timestamp
from tests.mapviews.conftest import DATA, chirpstack, tts

MESSAGES = [
    pytest.param(kind, row, id=f"{kind}-{row['name']}")
    for kind in ("chirpstack", "tts")
    for row in json.loads((DATA / "messages" / f"{kind}.json").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize(("kind", "row"), MESSAGES)
def test_each_event_is_read(kind: str, row: dict[str, Any]) -> None:
    found, expected = parse(kind, json.dumps(row["message"]).encode(), event=row["event"]), row["expected"]
    assert (found.event, found.device, found.problem) == (
        expected["event"],
        expected["device"],
        expected.get("problem", ""),
    )
    assert found.readings == expected.get("readings", {})
    assert [[timestamp(at), values] for at, values in found.earlier] == expected.get("earlier", [])
    if "time" in expected:
        assert timestamp(found.time) == expected["time"]


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "row"), MESSAGES)
def test_each_event_is_acknowledged(make_source: Any, send: Any, kind: str, row: dict[str, Any]) -> None:
    answer = send(make_source(kind), row["message"], event=row["event"] or "")
    outcome = answer.json()["status"]
    if row["expected"]["event"] != "up":
        assert (answer.status_code, outcome, RawMessage.objects.count()) == (200, "ignored", 0)
    elif "problem" in row["expected"]:
        assert (answer.status_code, outcome) == (202, "dead")
        assert answer.json()["code"] == row["expected"]["problem"]
    else:
        values = len(row["expected"]["readings"]) + sum(len(v) for _at, v in row["expected"].get("earlier", []))
        assert (answer.status_code, answer.json()["stored"]) == (202, values)
        assert outcome == ("stored" if values else "unmapped")


@pytest.mark.django_db
def test_values_kept_while_a_device_was_offline_count_at_their_own_moments(make_source: Any, send: Any) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    before = [now - timedelta(minutes=20), now - timedelta(minutes=10)]
    history = [{"timestamp": int(at.timestamp()), "temperature": 10 + i} for i, at in enumerate(before)]
    decoded = {"temperature": 21.5, "history": history}
    assert send(make_source(), chirpstack(time=now.isoformat(), object=decoded)).json()["stored"] == 3
    rows = Measurement.objects.order_by("ts").values_list("channel__key", "ts", "value")
    moments = [int(at.timestamp() * 1000) for at in (*before, now)]
    assert list(rows) == list(zip(["object.temperature"] * 3, moments, [10.0, 11.0, 21.5], strict=True))
    decoded["history"] = [{"timestamp": 12, "temperature": 5}, {"timestamp": 4_102_444_800, "temperature": 5}]
    later = (now + timedelta(seconds=60)).isoformat()
    assert send(make_source(), chirpstack(time=later, object=decoded)).status_code == 202
    assert Measurement.objects.filter(value=5).count() == 0 or Measurement.objects.get(value=5).ts > moments[-1]


def test_entries_of_the_messages_own_moment_are_part_of_it() -> None:
    listed = [{"timestamp": 1_795_300_000, "temperature": 5}, {"timestamp": 1_795_300_000, "humidity": 50}]
    for decoded in ({"battery": 3.1, "timestamp": 1_795_300_000, "data": listed}, {"data": listed}):
        found = parse("chirpstack", json.dumps(chirpstack(object=decoded)).encode(), event="up")
        expected = {"object.temperature": 5.0, "object.humidity": 50.0}
        assert {key: found.readings.get(key) for key in expected} == expected
        assert (found.earlier, timestamp(found.time)) == ((), "2026-11-21T22:26:40.000Z")


@pytest.mark.django_db
def test_several_normalised_measurements_count_at_their_own_moments(make_source: Any, send: Any) -> None:
    listed = [
        {"time": f"2026-11-20T0{hour}:00:00Z", "air": {"temperature": hour}, "soil": {"temperature": 5}}
        for hour in (3, 1, 2)
    ]
    message = tts(decoded_payload=None, normalized_payload=listed)
    assert send(make_source("tts"), message).json()["stored"] == 6
    air = Measurement.objects.filter(channel__phenomenon="temperature").order_by("ts")
    assert list(air.values_list("value", flat=True)) == [1.0, 2.0, 3.0]
    assert Measurement.objects.filter(channel__phenomenon="soil_temperature").count() == 3


KEYS = {
    "object.distance": (1264, "distance", 1.264),
    "object.distance.value": (1264, "distance", 1.264),
    "object.Distance_mm": (900, "distance", 0.9),
    "object.distance_cm": (90, "distance", 0.9),
    "lpp.distance_1": (60, "distance", 60),
    "distance": (60, "distance", 60),
    "object.water_level_m": (1.5, "water_level", 150),
    "object.water_level_mm": (1500, "water_level", 150),
    "object.voltage_mv": (3600, "voltage", 3.6),
    "object.bat_mv": (3600, "battery", 3.6),
    "object.air_temperature.value": (21, "temperature", 21),
    "object.soil.temperature": (7, "soil_temperature", 7),
    "object.water.temperature": (7, None, 0),
    "object.device.temperature": (40, None, 0),
    "object.battery.voltage": (3.6, "battery", 3.6),
    "object.battery.level": (90, "battery_level", 90),
    "normalized_payload.0.air.relativeHumidity": (50, "humidity", 50),
    "normalized_payload.0.soil.moisture": (30, "soil_moisture", 30),
    "normalized_payload.0.wind.speed": (3, "wind_speed", 3),
    "normalized_payload.0.wind.direction": (90, "wind_direction", 90),
    "normalized_payload.0.air.lightIntensity": (500, "illuminance", 500),
    "BME280_pressure": (98_765, "pressure", 987.65),
    "BME280_pressure_at_sealevel": (101_300, None, 0),
    "SPS30_P0": (1, "pm1", 1),
    "SPS30_P4": (1, None, 0),
    "SPS30_N05": (1, None, 0),
    "NPM_P2": (1, "pm25", 1),
    "HECA_temperature": (35, None, 0),
    "DNMS_noise_LAeq": (50, "noise", 50),
    "DNMS_noise_LA_max": (70, None, 0),
    "Si22G_counts_per_minute": (20, "count", 20),
    "GPS_height": (110, None, 0),
}


@pytest.mark.parametrize("key", KEYS)
def test_what_a_key_means_and_in_which_unit(key: str) -> None:
    value, phenomenon, canonical = KEYS[key]
    found = meaning(key, value)
    assert (found.phenomenon if found else None) == phenomenon
    assert found is None or value * found.factor == pytest.approx(canonical)
