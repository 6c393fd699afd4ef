"""Moments in messages. The Go zero time (year 1) and text that is no date count as absent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

_RFC3339 = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,12}))?)?\s*([Zz]|[+-]\d{2}:?\d{2})?",
    re.ASCII,
)
_EPOCH = re.compile(r"\d{9,13}(\.\d{1,9})?", re.ASCII)
SECONDS = (9e8, 1e10)
MILLISECONDS = (9e11, 1e13)


def moment(value: Any) -> datetime | None:
    """RFC 3339 with up to 12 decimals (without a zone: UTC), or (milli)seconds since 1970, as text too; cut to ms."""
    if isinstance(value, str):
        return _from_text(value.strip())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value)
    return None


def _from_text(value: str) -> datetime | None:
    if _EPOCH.fullmatch(value):
        return _from_number(float(value))
    match = _RFC3339.fullmatch(value) if len(value) <= 48 else None
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    millisecond = int((match[7] or "")[:3].ljust(3, "0"))
    zone = match[8] or "Z"
    try:
        offset = UTC if zone in "Zz" else _offset(zone)
        found = datetime(year, month, day, hour, minute, min(second, 59), millisecond * 1000, tzinfo=offset)
        return found.astimezone(UTC) if year > 1 else None
    except (ValueError, OverflowError):
        return None


def _offset(zone: str) -> timezone:
    hours, minutes = int(zone[1:3]), int(zone[-2:])
    delta = timedelta(hours=hours, minutes=minutes)
    return timezone(-delta if zone[0] == "-" else delta)


def _from_number(value: float) -> datetime | None:
    if SECONDS[0] < value < SECONDS[1]:
        milliseconds = int(value * 1000)
    elif MILLISECONDS[0] < value < MILLISECONDS[1]:
        milliseconds = int(value)
    else:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
