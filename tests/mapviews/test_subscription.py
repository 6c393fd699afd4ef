"""MQTT topics lead to sources; the simulator speaks like a network server."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from mapviews.domain import simulation, subscription
from mapviews.lorawan.simulator import reading, uplink
from mapviews.models import Measurement
from tests.mapviews.conftest import chirpstack, tts

TOPIC = "application/17c8/device/0101010101010101/event/up"


def test_topics() -> None:
    assert subscription.read_topic(TOPIC) == ("chirpstack", "17c8", "0101010101010101", "up")
    assert subscription.read_topic("v3/grillen@ttn/devices/grille-001/up") == ("tts", "grillen", "grille-001", "up")
    assert subscription.read_topic("v3/grillen@ttn/devices/grille-001/down/ack") is None


@pytest.mark.django_db
def test_messages_of_the_broker_are_stored(make_source: Any) -> None:
    make_source(auto_map=False)
    source = make_source()
    make_source("tts")
    receipt = subscription.take(TOPIC, json.dumps(chirpstack()).encode())
    assert receipt is not None
    assert receipt.outcome == "stored"
    assert source.messages.count() == 1
    assert subscription.take("v3/grillen@ttn/devices/grille-001/up", json.dumps(tts()).encode()) is not None
    assert subscription.take("andere/topic", b"{}") is None
    assert Measurement.objects.count() == 3


@pytest.mark.django_db
def test_without_a_source_nothing_is_taken() -> None:
    assert subscription.take(TOPIC, json.dumps(chirpstack()).encode()) is None


def test_simulated_weather_is_plausible_and_repeatable() -> None:
    for hour in range(0, 24 * 30, 7):
        moment = datetime(2026, 11, 1, tzinfo=UTC).timestamp() + hour * 3600
        assert -15 < reading("temperature", "a", moment) < 25
        assert 20 < reading("humidity", "a", moment) <= 98
        assert 0 < reading("pm10", "a", moment) < 60
        assert reading("pm10", "a", moment) == reading("pm10", "a", moment)


@pytest.mark.django_db
def test_simulator_sends_through_the_door_and_fills_gaps(make_source: Any) -> None:
    source, now = make_source(), datetime.now(UTC)
    device = simulation.Device("70b3d5e75e000009", "Übung", ["temperature"])
    assert simulation.send(source, device, moment=now).outcome == "stored"
    channel = source.devices.get().channels.select_related("phenomenon").get()
    channel.latest_ts = int(now.timestamp() * 1000) - 7_200_000
    assert simulation.backfill([channel], seed="x", now=now).stored in (11, 12)
    assert uplink(dev_eui="a", name="b", phenomena=[], moment=now, counter=1)["deviceInfo"]["devEui"] == "a"
