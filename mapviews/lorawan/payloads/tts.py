"""The Things Stack v3 webhooks and MQTT, and the shape of The Things Network v2 (`dev_id`, `payload_fields`)."""

from __future__ import annotations

from typing import Any

from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import Document, eui, first, mapping, text
from mapviews.lorawan.payloads.message import ParsedMessage, PayloadError
from mapviews.lorawan.payloads.uplink import content, counter, place


def read(document: Document, event: str | None) -> ParsedMessage:
    for wrapper in ("data", "result"):
        inner = mapping(document.get(wrapper))
        if "end_device_ids" in inner:
            document = inner
    if "end_device_ids" not in document and ("dev_id" in document or "hardware_serial" in document):
        return _v2(document, event)
    ids = mapping(document.get("end_device_ids"))
    dev_eui, device_id = eui(ids.get("dev_eui")), text(ids.get("device_id"))
    if not (dev_eui or device_id):
        raise PayloadError("no_device")
    uplink = mapping(document.get("uplink_message"))
    common: dict[str, Any] = {
        "dev_eui": dev_eui,
        "device_id": device_id,
        "device_name": device_id,
        "application_id": text(mapping(ids.get("application_ids")).get("application_id")),
        "dev_addr": text(ids.get("dev_addr"), 16).lower(),
        "simulated": document.get("simulated") is True,
    }
    if "uplink_message" not in document:
        return ParsedMessage(event=_event(document, event), time=moment(document.get("received_at")), **common)
    encrypted = bool(uplink.get("app_s_key"))
    found = content(
        decoded=uplink.get("decoded_payload") or uplink.get("normalized_payload"),
        prefix="decoded_payload" if uplink.get("decoded_payload") else "normalized_payload",
        data=uplink.get("frm_payload"),
        encrypted=encrypted,
    )
    latitude, longitude = place(mapping(uplink.get("locations")).get("user"))
    return ParsedMessage(
        event="up",
        session=text(uplink.get("session_key_id")),
        f_cnt=counter(uplink.get("f_cnt")),
        f_port=counter(uplink.get("f_port")),
        encrypted=encrypted,
        latitude=latitude,
        longitude=longitude,
        **found._asdict() | {"time": found.time or _time(document, uplink)},
        **common,
    )


def _event(document: Document, event: str | None) -> str:
    for key in document:
        if key in ("join_accept", "location_solved", "service_data", "uplink_normalized") or key.startswith(
            "downlink_"
        ):
            return key
    name = text(event, 20).lower()
    return name if name and name != "up" else "other"


def _time(document: Document, uplink: Document) -> Any:
    """Reception at the network server; `rx_metadata[].timestamp` is a 32-bit counter and never read."""
    return (
        moment(uplink.get("received_at"))
        or moment(document.get("received_at"))
        or moment(mapping(uplink.get("settings")).get("time"))
        or moment(first(uplink.get("rx_metadata")).get("time"))
    )


def _v2(document: Document, event: str | None) -> ParsedMessage:
    dev_eui, device_id = eui(document.get("hardware_serial")), text(document.get("dev_id"))
    if not (dev_eui or device_id):
        raise PayloadError("no_device")
    metadata = mapping(document.get("metadata"))
    sent = moment(metadata.get("time")) or moment(first(metadata.get("gateways")).get("time"))
    found = content(
        decoded=document.get("payload_fields"),
        prefix="payload_fields",
        data=document.get("payload_raw"),
        encrypted=False,
    )
    return ParsedMessage(
        event="up" if event in (None, "", "up") else text(event, 20),
        dev_eui=dev_eui,
        device_id=device_id,
        device_name=device_id,
        application_id=text(document.get("app_id")),
        f_cnt=counter(document.get("counter")),
        f_port=counter(document.get("port")),
        **found._asdict() | {"time": found.time or sent},
    )
