"""`/ws/map/` and what it reads: changes of every process, once a second, for what each socket looks at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from channels.testing import WebsocketCommunicator

from mapviews.domain import changes, mapping
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.live import MapConsumer, MapHub, delta

HERE, ELSEWHERE = [8.0, 51.0, 9.0, 52.0], [10.0, 51.0, 11.0, 52.0]


def put(station: Any, value: float, ts: int | None = None) -> None:
    channel = station.channels.select_related("phenomenon").get()
    ingest(Batch([Reading(channel.pk, ts or now_ms(), value)], {channel.pk: channel}))


@pytest.mark.django_db
def test_changes_are_those_of_open_stations(make_station: Any) -> None:
    before = now_ms()
    open_one = make_station(phenomena=["temperature"])
    for fields in ({"publicity": "private"}, {"exposure": "indoor", "publicity": "daily"}):
        put(make_station(phenomena=["temperature"], **fields), 20)
    put(open_one, 21.5)
    found = changes.since(before)
    assert [(c.station, c.phenomenon, c.value) for c in found] == [(open_one.pk, "temperature", 21.5)]
    assert changes.since(before + 60_000) == []


def test_delta_has_the_fields_of_the_contract() -> None:
    change = changes.Change(1, 2, "pm10", 1_777_593_600_123, 21.5, 8, 51.7, 8.7, 5)
    cell = mapping.Cell("a", 51.0, 8.0, 3, 20.0, False)
    message = json.loads(delta([change], [cell]))
    assert message["t"] == "delta"
    assert message["stations"] == [
        {
            "id": 1,
            "channel": 2,
            "phenomenon": "pm10",
            "ts": "2026-05-01T00:00:00.123Z",
            "value": 21.5,
            "flags": ["outlier"],
        }
    ]
    assert message["cells"] == [{"id": "a", "count": 3, "mean": 20.0, "flagged": False}]


async def connect(bbox: list[float]) -> WebsocketCommunicator:
    socket = WebsocketCommunicator(MapConsumer.as_asgi(), "/ws/map/")
    assert (await socket.connect())[0]
    await socket.send_json_to({"t": "subscribe", "bbox": bbox, "zoom": 12})
    return socket


async def test_strange_messages_are_answered_and_change_nothing(monkeypatch: Any) -> None:
    monkeypatch.setattr(mapping, "count", lambda box, **_options: 0)
    socket = await connect([1, 2])
    assert await socket.receive_json_from() == {"t": "error", "code": "bad_bbox"}
    for text in ("{", "[]", '{"t": "delta"}', '{"t": "subscribe", "bbox": "x"}', "x" * 2000):
        await socket.send_to(text_data=text)
        assert await socket.receive_json_from() == {"t": "error", "code": "bad_message"}
    await socket.disconnect()


async def test_each_socket_gets_what_lies_in_its_box_once(monkeypatch: Any) -> None:
    found = [
        changes.Change(1, 2, "pm10", 1000, 1.0, 0, 51.7, 8.7, 5),
        changes.Change(3, 4, "pm10", 1000, 2.0, 0, 51.7, 10.5, 5),
        changes.Change(5, 6, "pm10", 1000, 3.0, 0, None, None, 5),
    ]
    monkeypatch.setattr(changes, "since", lambda _stamp: found)
    monkeypatch.setattr(mapping, "count", lambda box, **_options: 0)
    here, elsewhere = await connect(HERE), await connect(ELSEWHERE)
    for socket, expected in ((here, [1, 5]), (elsewhere, [3, 5])):
        message = await socket.receive_json_from(timeout=10)
        assert [entry["id"] for entry in message["stations"]] == expected
    assert await here.receive_nothing()
    await here.disconnect()
    await elsewhere.disconnect()
    assert MapHub.here().sockets == set()
