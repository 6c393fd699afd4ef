"""Numbers out of decoded payloads, however they are nested, without places and clocks."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import number, text
from mapviews.lorawan.payloads.message import Earlier

MAX_READINGS = 64
MAX_KEY = 100
CLOCKS = {"time", "timestamp", "ts", "datetime", "date_time", "measured_at", "measuredat", "unixtime"}
# A place in a payload is a track or a home; it never becomes a channel.
PLACES = {"long", "geo", "geohash", "position", "location", "coordinates", "coords"}
DEGREES = re.compile(
    r"(?:gps|geo|pos|loc)?(?:lat|lon|lng|latitude|longitude|breitengrad|laengengrad|längengrad)(?:deg|dd|e[67])?"
)
POINTS = PLACES | {"gps", "loc", "pos", "point", "latlng", "latlon", "lnglat", "lonlat", "standort"}
_WORD = re.compile(r"[A-Z]+(?![a-zäöü])|[A-Z]?[a-zäöü]+(?:(?<=e)[67])?")
NAMES = ("measurementName", "name", "type", "value_type", "sensor", "id")
VALUES = ("measurementValue", "value")


class Found:
    """What a decoder gave: readings by path, its clock, and the entries of lists that bear a clock of their own."""

    def __init__(self) -> None:
        self.values: dict[str, float] = {}
        self.clock: datetime | None = None
        self.dated: list[tuple[datetime, dict[str, float]]] = []


def readings(decoded: Any, prefix: str) -> tuple[dict[str, float], datetime | None, Earlier]:
    """All numbers below `decoded` by path, the decoder's own time where it gives one, and values of earlier moments.

    Lists are counted from 0; `{"name": "Temp", "value": 21}` in a list is called by its name. null is absent, not 0.
    A list whose objects bear clocks is a history (Milesight's `history`, several measurements in The Things Stack's
    `normalized_payload`): each object counts at its own moment, under the keys the device uses for what is now.
    """
    found = Found()
    _walk(decoded, prefix, found)
    if not found.dated:
        return found.values, found.clock, ()
    dated = sorted(found.dated, key=lambda pair: pair[0])
    values, clock = found.values, found.clock
    if not values:
        at, values = dated.pop()
        clock = clock or at
    for at, entry in dated:
        if at == clock:
            values = entry | values
    return values, clock, tuple((at, entry) for at, entry in dated if at != clock)


def _as_now(path: str, list_path: str, entry_path: str) -> str:
    """The key under which the device sends the same thing for now: beside the list, or the first of the whole list."""
    group, dot, _name = list_path.rpartition(".")
    return (group if dot else f"{list_path}.0") + path.removeprefix(entry_path)


def _walk(node: Any, path: str, found: Found) -> None:
    if len(found.values) >= MAX_READINGS or len(path) > MAX_KEY:
        return
    if isinstance(node, dict):
        if _names_place(node):
            return
        named = _named(node)
        if named:
            name, value = named
            found.values.setdefault(f"{path}.{name}"[:MAX_KEY], value)
            found.clock = found.clock or moment(node.get("timestamp")) or moment(node.get("time"))
            return
        for key, value in node.items():
            name = _segment(key)
            if name.lower() in CLOCKS:
                found.clock = found.clock or moment(value)
            elif name and not is_place(name, value):
                _walk(value, f"{path}.{name}", found)
    elif isinstance(node, list):
        for index, value in enumerate(node[:MAX_READINGS]):
            named = _named(value) if isinstance(value, dict) else None
            entry = path if named else f"{path}.{index}"
            at = _clock_of(value) if isinstance(value, dict) and not named else None
            if at is None:
                _walk(value, entry, found)
            else:
                inner = Found()
                _walk(value, entry, inner)
                found.dated += inner.dated
                if inner.values:
                    found.dated.append((at, {_as_now(key, path, entry): v for key, v in inner.values.items()}))
    else:
        figure = number(node)
        if figure is not None:
            found.values.setdefault(path, figure)


def _clock_of(node: dict[Any, Any]) -> datetime | None:
    moments = (moment(value) for key, value in node.items() if _segment(key).lower() in CLOCKS)
    return next((at for at in moments if at is not None), None)


def is_place(name: str, value: Any) -> bool:
    """True for `latitude`, `gps_lat`, `gpslat`, `position`, and for a list or text below `gps`, `loc`."""
    words = {word.lower() for word in _WORD.findall(name)}
    if name.lower() in PLACES or any(DEGREES.fullmatch(word) for word in words):
        return True
    return bool(words & POINTS) and not isinstance(value, dict | bool | int | float)


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
