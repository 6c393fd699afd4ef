"""Numbers out of decoded payloads, however they are nested, without places and clocks."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import number, text

MAX_READINGS = 64
MAX_KEY = 100
CLOCKS = {"time", "timestamp", "ts", "datetime", "date_time", "measured_at", "measuredat", "unixtime"}
# A place in a payload is a track or a home; it never becomes a channel.
PLACES = {"long", "geo", "geohash", "position", "location", "coordinates", "coords"}
DEGREES = {"lat", "latitude", "lon", "lng", "longitude"}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
NAMES = ("measurementName", "name", "type", "value_type", "sensor", "id")
VALUES = ("measurementValue", "value")


def readings(decoded: Any, prefix: str) -> tuple[dict[str, float], datetime | None]:
    """All numbers below `decoded` by path, and the decoder's own time where it gives one.

    Lists are counted from 0; `{"name": "Temp", "value": 21}` in a list is called by its name. null is absent, not 0.
    """
    found: dict[str, float] = {}
    clock = _walk(decoded, prefix, found, None)
    return found, clock


def _walk(node: Any, path: str, found: dict[str, float], clock: datetime | None) -> datetime | None:
    if len(found) >= MAX_READINGS or len(path) > MAX_KEY:
        return clock
    if isinstance(node, dict):
        if _names_place(node):
            return clock
        named = _named(node)
        if named:
            name, value = named
            found.setdefault(f"{path}.{name}"[:MAX_KEY], value)
            return clock or moment(node.get("timestamp")) or moment(node.get("time"))
        for key, value in node.items():
            name = _segment(key)
            if name.lower() in CLOCKS:
                clock = clock or moment(value)
            elif name and not is_place(name, value):
                clock = _walk(value, f"{path}.{name}", found, clock)
    elif isinstance(node, list):
        for index, value in enumerate(node[:MAX_READINGS]):
            named = _named(value) if isinstance(value, dict) else None
            clock = _walk(value, path if named else f"{path}.{index}", found, clock)
    else:
        figure = number(node)
        if figure is not None:
            found.setdefault(path, figure)
    return clock


def is_place(name: str, value: Any) -> bool:
    """True for `latitude`, `gps_lat`, `GpsLongitude`, `position`, and for a list or text below `gps`."""
    words = {word.lower() for word in _WORD.findall(name)}
    if name.lower() in PLACES or words & DEGREES:
        return True
    return "gps" in words and not isinstance(value, dict | bool | int | float)


def _segment(key: Any) -> str:
    return re.sub(r"\s+", "_", text(key, 60)).replace(".", "_")


def _names_place(node: dict[Any, Any]) -> bool:
    """True for `{"name": "latitude", "value": 51.7}`."""
    if not any(key in node for key in VALUES):
        return False
    names = [node.get(key) for key in NAMES]
    return any(isinstance(name, str) and is_place(_segment(name), 0) for name in names)


def _named(node: dict[Any, Any]) -> tuple[str, float] | None:
    for value_key in VALUES:
        value = number(node.get(value_key))
        if value is None:
            continue
        for name_key in NAMES:
            name = node.get(name_key)
            if isinstance(name, str) and _segment(name):
                return _segment(name), value
    return None
