"""`parse(source_kind, body, event=…)`: a message of a network server as plain facts. Raises only `PayloadError`."""

from __future__ import annotations

from collections.abc import Callable

from mapviews.lorawan.payloads import chirpstack, tts
from mapviews.lorawan.payloads.document import Document, load
from mapviews.lorawan.payloads.message import ParsedMessage, PayloadError

__all__ = ["ParsedMessage", "PayloadError", "kind_of", "parse"]

READERS: dict[str, Callable[[Document, str | None], ParsedMessage]] = {
    "chirpstack": chirpstack.read,
    "tts": tts.read,
}


def parse(source_kind: str, body: bytes, *, event: str | None = None) -> ParsedMessage:
    """Reads one message.

    `source_kind` is `chirpstack` or `tts`; `body` the bytes as sent; `event` the value of ChirpStack's `?event=`, or
    the last level of the MQTT topic, or None. An uplink whose payload stays unreadable is no error: it comes back with
    `problem` set and without readings, so that its sender is known. Raises `PayloadError` with a code: `unknown_kind`,
    `not_json`, `too_deep`, `shape` (no object), `no_device`.
    """
    reader = READERS.get(source_kind)
    if reader is None:
        raise PayloadError("unknown_kind")
    return reader(load(body), event)


def kind_of(body: bytes) -> str:
    """Whose message it is by its shape, where no source says so. Raises `PayloadError` as `parse` does."""
    document = load(body)
    of_chirpstack = {"deviceInfo", "devEUI", "devEui"} & document.keys()
    return "chirpstack" if of_chirpstack else "tts"
