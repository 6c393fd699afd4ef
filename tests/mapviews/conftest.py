"""Stations, sources and messages for the tests of sensors."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

_numbers = itertools.count(1)
DATA = Path(__file__).parent / "data"
PADERBORN = (51.71812, 8.75443)


@pytest.fixture
def make_station(make_user: Callable[..., Any]) -> Callable[..., Any]:
    """`make_station(owner=…, phenomena=[…])`: a registered public station in Paderborn, with `.plain_token`."""
    from mapviews.domain import stations

    def make(owner: Any = None, **fields: Any) -> Any:
        defaults = {"name": f"Station {next(_numbers)}", "latitude": PADERBORN[0], "longitude": PADERBORN[1]}
        made = stations.register(owner or make_user(), **(defaults | fields))
        made.station.plain_token = made.token
        return made.station

    return make


@pytest.fixture
def make_source(db: None) -> Callable[..., Any]:
    """`make_source(kind="chirpstack", auto_map=True)`: a source, with `.plain_secret`."""
    from mapviews.domain import sources
    from mapviews.permissions import OPERATOR

    def make(kind: str = "chirpstack", auto_map: bool = True, **fields: Any) -> Any:
        made = sources.create(OPERATOR, name=f"Quelle {next(_numbers)}", kind=kind, auto_map=auto_map, **fields)
        made.source.plain_secret = made.secret
        return made.source

    return make


def chirpstack(**changes: Any) -> dict[str, Any]:
    """An uplink as ChirpStack v4 sends it; `changes` replace top-level fields, None removes them."""
    message = {
        "deduplicationId": f"3ac7e3c4-4401-4b8d-9386-{next(_numbers):012d}",
        "time": datetime.now(UTC).isoformat(),
        "deviceInfo": {
            "applicationId": "17c82e96-be03-4f38-aef3-f83d48582d97",
            "deviceName": "Testgerät",
            "devEui": "0101010101010101",
        },
        "devAddr": "00189440",
        "fCnt": 10,
        "fPort": 1,
        "data": "",
        "object": {"temperature": 21.5},
        "rxInfo": [{"gatewayId": "0016c001f153a14c", "location": {"latitude": 51.7171, "longitude": 8.7373}}],
    }
    message |= changes
    return {key: value for key, value in message.items() if value is not None}


def tts(**uplink: Any) -> dict[str, Any]:
    """An uplink as The Things Stack v3 sends it; `uplink` replaces fields of the uplink message, None removes them."""
    now = datetime.now(UTC).isoformat()
    message = {
        "session_key_id": f"AXA50{next(_numbers)}",
        "f_port": 1,
        "f_cnt": 7,
        "decoded_payload": {"temperature": 1.0, "luminosity": 64},
        "received_at": now,
        "rx_metadata": [{"timestamp": 4212208507, "location": {"latitude": 51.7171, "longitude": 8.7373}}],
        "settings": {"frequency": "868300000"},
    } | uplink
    return {
        "end_device_ids": {"device_id": "grille-001", "application_ids": {"application_id": "grillen"}},
        "received_at": now,
        "uplink_message": {key: value for key, value in message.items() if value is not None},
    }


@pytest.fixture
def send(client: Any) -> Callable[..., Any]:
    """`send(source, message, event="up")`: posts a message to the source's door."""

    def post(source: Any, message: Any, event: str = "up", **headers: str) -> Any:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        options = {"Authorization": f"Bearer {source.plain_secret}"} | headers
        return client.post(
            f"{source.ingest_url}?event={event}",
            data=body,
            content_type=options.pop("content_type", "application/json"),
            headers=options,
        )

    return post
