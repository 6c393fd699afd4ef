"""Cayenne Low Power Payload: channel, type, value, again and again. Types as in Cayenne's table."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    name: str
    size: int
    step: float
    signed: bool


KINDS = {
    0: Kind("digital_in", 1, 1, False),
    1: Kind("digital_out", 1, 1, False),
    2: Kind("analog_in", 2, 0.01, True),
    3: Kind("analog_out", 2, 0.01, True),
    100: Kind("generic", 4, 1, False),
    101: Kind("luminosity", 2, 1, False),
    102: Kind("presence", 1, 1, False),
    103: Kind("temperature", 2, 0.1, True),
    104: Kind("relative_humidity", 1, 0.5, False),
    115: Kind("barometric_pressure", 2, 0.1, False),
    116: Kind("voltage", 2, 0.01, False),
    117: Kind("current", 2, 0.001, False),
    118: Kind("frequency", 4, 1, False),
    120: Kind("percentage", 1, 1, False),
    121: Kind("altitude", 2, 1, True),
    122: Kind("load", 3, 0.001, True),
    125: Kind("concentration", 2, 1, False),
    128: Kind("power", 2, 1, False),
    130: Kind("distance", 4, 0.001, False),
    131: Kind("energy", 4, 0.001, False),
    132: Kind("direction", 2, 1, False),
    142: Kind("switch", 1, 1, False),
}
VECTORS = {113: ("accelerometer", ("x", "y", "z"), 0.001), 134: ("gyrometer", ("x", "y", "z"), 0.01)}
# Known and skipped: a place is not published, a clock and a colour are no readings.
SKIPPED = {133: 4, 135: 3, 136: 9}


def decode(payload: bytes) -> dict[str, float] | None:
    """Readings by `temperature_1` (type and channel), or None where the bytes are not whole Cayenne LPP."""
    found: dict[str, float] = {}
    position = 0
    while position < len(payload):
        if position + 2 > len(payload):
            return None
        channel, code = payload[position], payload[position + 1]
        position += 2
        size = SKIPPED.get(code) or (6 if code in VECTORS else KINDS[code].size if code in KINDS else 0)
        chunk = payload[position : position + size]
        if not size or len(chunk) < size:
            return None
        position += size
        if code in KINDS:
            kind = KINDS[code]
            found[f"{kind.name}_{channel}"] = _scaled(chunk, kind.step, kind.signed)
        elif code in VECTORS:
            name, axes, step = VECTORS[code]
            for index, axis in enumerate(axes):
                found[f"{name}_{channel}.{axis}"] = _scaled(chunk[2 * index : 2 * index + 2], step, True)
    return found


def _scaled(chunk: bytes, step: float, signed: bool) -> float:
    return round(float(int.from_bytes(chunk, "big", signed=signed) * step), 6)
