"""`POST /boxes/{osem_id}/lorawan`: a resident's own application at a network server sends to one station."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mapviews.models import Measurement
from tests.mapviews.conftest import chirpstack, tts

pytestmark = pytest.mark.django_db


def post(client: Any, station: Any, message: Any, token: str = "", event: str = "") -> Any:
    body = message if isinstance(message, bytes) else json.dumps(message)
    headers = {"Authorization": token or f"Bearer {station.plain_token}"}
    return client.post(f"/boxes/{station.osem_id}/lorawan{event}", body, "application/json", headers=headers)


MESSAGES = {
    "chirpstack": (chirpstack(object={"temperature": 21.5, "unknown": 3}), "?event=up"),
    "the things stack": (tts(decoded_payload={"temperature": 21.5, "unknown": 3}), ""),
    "cayenne": (tts(decoded_payload=None, frm_payload="AWcA1w=="), ""),
}


@pytest.mark.parametrize("name", MESSAGES)
def test_uplinks_are_stored_once_with_what_is_known(client: Any, make_station: Any, name: str) -> None:
    station, (message, event) = make_station(phenomena=["temperature"]), MESSAGES[name]
    assert post(client, station, message, event=event).json() == {"status": "stored", "stored": 1}
    assert post(client, station, message, station.plain_token, event).json() == {"status": "stored", "stored": 0}
    row = Measurement.objects.get()
    assert (row.value, row.channel.station, row.channel.phenomenon_id) == (21.5, station, "temperature")


def test_the_page_of_the_key_says_so(client: Any, make_station: Any) -> None:
    station = make_station()
    client.force_login(station.owner)
    page = client.get(f"/sensoren/stationen/{station.slug}/schluessel/").content.decode()
    assert f"/boxes/{station.osem_id}/lorawan" in page


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"{", "JSON"),
        (b"{}", "kein Gerät"),
        (b"[]", "Form"),
        (tts(decoded_payload=None, frm_payload="qg=="), "Cayenne"),
        (tts(decoded_payload=None, frm_payload="qg==", app_s_key={"key": "x"}), "verschlüsselt"),
        (chirpstack(time=(datetime.now(UTC) + timedelta(days=9)).isoformat()), "Zukunft"),
    ],
    ids=["truncated", "no device", "no object", "undecoded", "encrypted", "clock"],
)
def test_what_cannot_be_read_is_refused_with_its_reason(
    client: Any, make_station: Any, message: Any, words: str
) -> None:
    answer = post(client, make_station(), message)
    assert (answer.status_code, words in answer.json()["message"]) == (422, True)
    assert Measurement.objects.count() == 0


def test_other_events_and_strangers(client: Any, make_station: Any) -> None:
    station = make_station()
    join = {"end_device_ids": {"device_id": "x"}, "join_accept": {"session_key_id": "y"}}
    assert (post(client, station, join).status_code, post(client, station, join).json()["status"]) == (200, "ignored")
    assert post(client, station, chirpstack(), event="?event=status").status_code == 200
    assert post(client, station, chirpstack(), make_station().plain_token).status_code == 401
    assert Measurement.objects.count() == 0
