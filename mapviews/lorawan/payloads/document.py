"""Strict JSON with a depth limit, and readers of fields that never trust a type."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
from typing import Any

from mapviews.lorawan.payloads.message import PayloadError

MAX_DEPTH = 32
Document = dict[str, Any]

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
_NUMBER = re.compile(r"\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d{1,3})?\s*", re.ASCII)
_HEX = re.compile(r"[0-9a-fA-F]+", re.ASCII)


def _refuse(_constant: str) -> Any:
    raise ValueError("NaN and Infinity are not JSON")


def load(body: bytes) -> Document:
    """The JSON object in `body` (UTF-8, a BOM is allowed); `not_json`, `too_deep` or `shape` otherwise."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PayloadError("not_json") from error
    depth = deepest = 0
    for sign in _STRING.sub("", text):
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    if deepest > MAX_DEPTH:
        raise PayloadError("too_deep")
    try:
        document = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise PayloadError("not_json") from error
    if not isinstance(document, dict):
        raise PayloadError("shape")
    return document


def mapping(value: Any) -> Document:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def first(value: Any) -> Document:
    """The first object of a list, else an empty one."""
    return mapping(value[0]) if isinstance(value, list) and value else {}


def text(value: Any, limit: int = 120) -> str:
    """A string without control characters; numbers become text; everything else is empty."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        string = str(value)
    except ValueError:  # an integer too long to print
        return ""
    return "".join(c for c in string if c.isprintable() and not 0xD800 <= ord(c) <= 0xDFFF).strip()[:limit]


def number(value: Any) -> float | None:
    """A finite number, also from text such as "21.5" or "21,5" and from booleans; else None."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        if len(value) > 40 or not _NUMBER.fullmatch(value):
            return None
        value = value.replace(",", ".")
    elif not isinstance(value, int | float):
        return None
    try:
        result = float(value)
    except (OverflowError, ValueError):
        return None
    return result if math.isfinite(result) and abs(result) < 1e15 else None


def integer(value: Any) -> int:
    """A whole number; absent or unreadable means 0, as both network servers omit zeros."""
    found = number(value)
    return int(found) if found is not None else 0


def decode_base64(value: Any) -> bytes | None:
    """Bytes of a base64 field; empty where absent, None where it is not base64."""
    if value is None or value == "":
        return b""
    if not isinstance(value, str) or len(value) > 4096:
        return None
    try:
        return base64.b64decode(value + "=" * (-len(value) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None


def eui(value: Any) -> str:
    """16 lower hex digits from hex with or without separators, or from base64 (ChirpStack v3); else empty."""
    raw = text(value, 40)
    plain = re.sub(r"[\s:.\-]", "", raw)
    if len(plain) == 16 and _HEX.fullmatch(plain):
        return plain.lower()
    if len(raw) == 12 and raw.endswith("="):
        decoded = decode_base64(raw)
        if decoded is not None and len(decoded) == 8:
            return decoded.hex()
    return ""
