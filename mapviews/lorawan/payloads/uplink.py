"""What both network servers share: choosing the readings and the moment of an uplink."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from mapviews.lorawan.payloads import lpp
from mapviews.lorawan.payloads.document import decode_base64, integer, number
from mapviews.lorawan.payloads.message import Earlier
from mapviews.lorawan.payloads.values import readings


class Content(NamedTuple):
    """What is in an uplink, by the names of `ParsedMessage`; `time` is the decoder's own."""

    readings: dict[str, float]
    payload: bytes
    time: datetime | None = None
    earlier: Earlier = ()
    problem: str = ""


def content(*, decoded: Any, prefix: str, data: Any, encrypted: bool) -> Content:
    """A decoder's object counts where it is not empty; else Cayenne LPP is tried on a payload that is not encrypted.

    The port says nothing: senders leave it out where it is 0. The Things Stack's own decoder, `{"bytes": […]}`, has
    decoded nothing.
    """
    payload = decode_base64(data)
    if isinstance(decoded, dict) and payload and decoded.get("bytes") == list(payload):
        decoded = {key: value for key, value in decoded.items() if key != "bytes"}
    if isinstance(decoded, dict | list) and decoded:
        found, clock, earlier = readings(decoded, prefix)
        return Content(found, payload or b"", clock, earlier)
    if payload is None:
        return Content({}, b"", problem="undecodable")
    if encrypted:
        return Content({}, payload, problem="encrypted")
    if not payload:
        return Content({}, payload)
    values = lpp.decode(payload)
    if values is None:
        return Content({}, payload, problem="undecodable")
    return Content({f"lpp.{key}": value for key, value in values.items()}, payload)


def place(node: Any) -> tuple[float | None, float | None]:
    """A registered place, or (None, None) where there is none or it is one of the places that mean "unknown"."""
    if not isinstance(node, dict):
        return None, None
    latitude, longitude = number(node.get("latitude")), number(node.get("longitude"))
    if latitude is None or longitude is None or not is_plausible(latitude, longitude):
        return None, None
    return latitude, longitude


def is_plausible(latitude: float, longitude: float) -> bool:
    """False for null island, swapped-in equal numbers, a known default (24.35/24.35) and what is not on Earth."""
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return False
    return not (abs(latitude) < 1 and abs(longitude) < 1) and latitude != longitude


def counter(value: Any) -> int:
    """A frame counter or port; absent means 0."""
    return max(0, min(integer(value), 2**32 - 1))
