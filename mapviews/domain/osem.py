"""openSenseMap's formats of measurements: array, object, CSV, bytes, luftdaten, hackair.

Written after the public behaviour of openSenseMap-API: at most 2,500 values; a bad one refuses the whole body (422),
as its senders expect. Places are checked; only mobile stations whose owner agreed keep them (domain.mobile).
"""

from __future__ import annotations

import csv
import json
import math
import struct
from typing import Any, NamedTuple

from mapviews.domain.doors import Value
from mapviews.domain.phenomena import meaning
from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import number
from portal.exceptions import DomainError

MAX_VALUES = 2500
JSON_TYPES = {"", "application/json", "json"}
BYTE_TYPES = {"application/sbx-bytes": 16, "sbx-bytes": 16, "application/sbx-bytes-ts": 20, "sbx-bytes-ts": 20}


class Entry(NamedTuple):
    """A value for a channel by its alias (24 hex) in ms; `place` is latitude and longitude where one was sent."""

    channel: str
    ts: int
    value: float
    place: tuple[float, float] | None = None


def unprocessable(message: str) -> DomainError:
    return DomainError("UnprocessableEntity", message, status=422)


def read(body: bytes, *, content_type: str, now: int, keyed: bool = False) -> list[Entry] | list[Value]:
    """All values of a body. `keyed`: luftdaten or hackair, whose values carry names (returns `Value`s, else `Entry`s).

    Raises 415 `UnsupportedMediaType`, 422 `UnprocessableEntity`.
    """
    kind = content_type.split(";")[0].strip().lower()
    if keyed:
        return _keyed(_json(body), now)
    if kind in JSON_TYPES:
        entries = _from_json(_json(body), now)
    elif kind in ("text/csv", "csv"):
        entries = _from_csv(body, now)
    elif kind in BYTE_TYPES:
        entries = _from_bytes(body, BYTE_TYPES[kind], now)
    else:
        raise DomainError("UnsupportedMediaType", "Dieser Inhaltstyp wird nicht unterstützt.", status=415)
    if not entries:
        raise unprocessable("Die Nachricht enthält keine Werte.")
    if len(entries) > MAX_VALUES:
        raise unprocessable(f"Höchstens {MAX_VALUES} Werte auf einmal.")
    return entries


def single(document: Any, *, channel: str, now: int) -> Entry:
    """The body of `POST /boxes/{box}/{sensor}`: `{"value": …, "createdAt"?: …, "location"?: …}`."""
    if not isinstance(document, dict):
        raise unprocessable("Erwartet wird ein Objekt mit „value“.")
    place = _place(document.get("location"))
    return _entry(channel, document.get("value"), document.get("createdAt"), now)._replace(place=place)


def _place(place: Any) -> tuple[float, float] | None:
    """Latitude and longitude of `[lng, lat(, height)]` or `{"lat", "lng"}`; None where there is none."""
    if place is None:
        return None
    if isinstance(place, dict):
        place = [place.get("lng", place.get("lon")), place.get("lat")]
    parts = [number(part) for part in place[:2]] if isinstance(place, list) else []
    if len(parts) < 2 or parts[0] is None or parts[1] is None:
        raise unprocessable("Ein Ort ist nicht lesbar.")
    if not (abs(parts[0]) <= 180 and abs(parts[1]) <= 90):
        raise unprocessable("Einen Ort gibt es nicht (Länge, Breite).")
    return parts[1], parts[0]


def parse_json(body: bytes) -> Any:
    return _json(body)


def _json(body: bytes) -> Any:
    try:
        return json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise unprocessable("Die Nachricht ist kein gültiges JSON.") from error


def _entry(channel: Any, value: Any, created: Any, now: int) -> Entry:
    found = number(value) if not isinstance(value, bool) else None
    if not isinstance(channel, str) or len(channel) != 24:
        raise unprocessable("Jeder Wert braucht die Kennung seines Sensors.")
    if found is None:
        raise unprocessable("Ein Wert ist keine Zahl.")
    return Entry(channel.lower(), _ts(created, now), found)


def _ts(created: Any, now: int) -> int:
    if created is None or created == "":
        return now
    at = moment(created)
    if at is None:
        raise unprocessable("Ein Zeitpunkt ist nicht lesbar (RFC 3339).")
    return int(at.timestamp() * 1000)


def _from_json(document: Any, now: int) -> list[Entry]:
    if isinstance(document, list):
        return [_from_item(item, now) for item in document]
    if isinstance(document, dict):
        entries = []
        for channel, given in document.items():
            parts = given if isinstance(given, list) else [given]
            if not parts:
                raise unprocessable("Ein Wert fehlt.")
            place = _place(parts[2] if len(parts) > 2 else None)
            entry = _entry(channel, parts[0], parts[1] if len(parts) > 1 else None, now)
            entries.append(entry._replace(place=place))
        return entries
    raise unprocessable("Erwartet wird eine Liste oder ein Objekt.")


def _from_item(item: Any, now: int) -> Entry:
    if not isinstance(item, dict):
        raise unprocessable("Jeder Eintrag muss ein Objekt sein.")
    channel = item.get("sensor") or item.get("sensor_id") or item.get("sensorId")
    place = _place(item.get("location"))
    return _entry(channel, item.get("value"), item.get("createdAt"), now)._replace(place=place)


def _from_csv(body: bytes, now: int) -> list[Entry]:
    try:
        lines = body.decode("utf-8-sig").splitlines()
        rows = [[cell.strip() for cell in row] for row in csv.reader(lines) if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise unprocessable("Die CSV-Daten sind nicht lesbar.") from error
    if any(len(row) < 2 for row in rows):
        raise unprocessable("Jede Zeile braucht Sensor und Wert.")
    return [
        _entry(row[0], row[1], row[2] if len(row) > 2 else None, now)._replace(
            place=_place(row[3:5] if any(row[3:5]) else None)
        )
        for row in rows
    ]


def _from_bytes(body: bytes, size: int, now: int) -> list[Entry]:
    if len(body) % size:
        raise unprocessable(f"Die Länge ist kein Vielfaches von {size} Bytes.")
    entries = []
    for start in range(0, len(body), size):
        chunk = body[start : start + size]
        value = struct.unpack("<f", chunk[12:16])[0]
        ts = struct.unpack("<I", chunk[16:20])[0] * 1000 if size == 20 else now
        if number(value) is None:
            raise unprocessable("Ein Wert ist keine Zahl.")
        entries.append(Entry(chunk[:12].hex(), ts, _shortest(value)))
    return entries


def _shortest(value: float) -> float:
    """The shortest decimal that is the same 32-bit number: 21.1 instead of 21.1000003815."""
    if value == 0 or not math.isfinite(value):
        return value
    for digits in range(6, 10):
        short = float(f"{value:.{digits}g}")
        if struct.pack("<f", short) == struct.pack("<f", value):
            return short
    return value


def _keyed(document: Any, now: int) -> list[Value]:
    """luftdaten: `sensordatavalues`; hackair: `reading: {"PM2.5_AirPollutantValue": "7.93"}`."""
    if not isinstance(document, dict):
        raise unprocessable("Erwartet wird ein Objekt.")
    pairs: list[tuple[Any, Any]] = []
    listed = document.get("sensordatavalues")
    if isinstance(listed, list):
        pairs = [(e.get("value_type"), e.get("value")) for e in listed if isinstance(e, dict)]
    elif isinstance(document.get("reading"), dict):
        pairs = list(document["reading"].items())
    found = []
    for key, value in pairs:
        figure = number(value)
        if isinstance(key, str) and figure is not None:
            name = key.replace("_AirPollutantValue", "").replace(".", "_")[:60]
            if meaning(name):
                found.append(Value(name, now, figure))
    if not found:
        raise unprocessable("Die Nachricht enthält keine bekannten Werte.")
    return found
