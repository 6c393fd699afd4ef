"""ChirpStack v4 integration events, and the shape of v3 (`applicationID`, `devEUI`, `objectJSON`)."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import Document, eui, first, mapping, text
from mapviews.lorawan.payloads.message import ParsedMessage, PayloadError
from mapviews.lorawan.payloads.uplink import content, counter

UPLINKS = {"up", "rx", "uplink"}  # v4 and v3, older v3, third-party bridges


def read(document: Document, event: str | None) -> ParsedMessage:
    info = mapping(document.get("deviceInfo")) or document
    dev_eui = eui(info.get("devEui") or info.get("devEUI") or info.get("dev_eui"))
    name = text(info.get("deviceName") or info.get("device_name"))
    if not (dev_eui or name):
        raise PayloadError("no_device")
    kind = _event(document, event)
    common: dict[str, Any] = {
        "event": kind,
        "dev_eui": dev_eui,
        "device_id": name,
        "device_name": name,
        "application_id": text(info.get("applicationId") or info.get("applicationID")),
        "dev_addr": text(document.get("devAddr"), 16).lower(),
        "message_id": text(document.get("deduplicationId")),
        "f_cnt": counter(document.get("fCnt")),
        "f_port": counter(document.get("fPort")),
    }
    if kind != "up":
        return ParsedMessage(time=moment(document.get("time")), **common)
    encrypted = document.get("joinServerContext") is not None
    found = content(
        decoded=_object(document),
        prefix="object",
        data=document.get("data"),
        encrypted=encrypted,
    )
    return ParsedMessage(
        encrypted=encrypted,
        **found._asdict() | {"time": found.time or _time(document)},
        **common,
    )


def _event(document: Document, event: str | None) -> str:
    """The event as named by the sender; without a name, data or a counter mean an uplink."""
    name = text(event, 20).lower()
    if name:
        return "up" if name in UPLINKS else name
    if "integrationName" in document:
        return "integration"
    if any(key in document for key in ("data", "object", "objectJSON", "fCnt", "rxInfo")):
        return "up"
    return "join" if "devAddr" in document else "other"


def _object(document: Document) -> Any:
    decoded = document.get("object")
    raw = document.get("objectJSON")
    if not decoded and isinstance(raw, str):
        try:
            decoded = json.loads(raw)
        except (ValueError, RecursionError):
            decoded = None
    return decoded


def _time(document: Document) -> datetime | None:
    """Reception at the network server, else at the gateway."""
    gateway = first(document.get("rxInfo"))
    return (
        moment(document.get("time"))
        or moment(gateway.get("nsTime"))
        or moment(gateway.get("time"))
        or moment(document.get("publishedAt"))
    )
