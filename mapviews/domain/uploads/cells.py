"""Numbers and moments as people and programs write them in tables."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo

from mapviews.lorawan.payloads.document import number

_GERMAN_DATE = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})", re.ASCII)
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?", re.ASCII)
ABSENT = {"", "-", "--", "null", "none", "nan", "na", "n/a", "k.a.", "undefined"}


def value_of(cell: str) -> float | None:
    """A number with decimal point or comma; "1.234,5" and "1,234.5" are read too. None where it is none."""
    text = cell.strip().replace("\u00a0", "").replace("−", "-")
    if "," in text and "." in text:
        thousands = "." if text.rfind(",") > text.rfind(".") else ","
        text = text.replace(thousands, "")
    return number(text)


def is_absent(cell: str) -> bool:
    return cell.strip().lower() in ABSENT


def moment_of(cell: str, zone: ZoneInfo) -> int | None:
    """Milliseconds since 1970 UTC. Text without a zone is in `zone`; a time that the clock change skips is none."""
    text = cell.strip()
    if not text or len(text) > 40:
        return None
    at = _iso(text) or _german(text)
    if at is None:
        return _epoch(text)
    try:
        if at.tzinfo is None:
            local = at.replace(tzinfo=zone)
            if local.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != at:
                return None
            at = local
        delta = at - datetime(1970, 1, 1, tzinfo=UTC)
    except OverflowError:  # the first and the last days that Python knows
        return None
    return (delta.days * 86_400 + delta.seconds) * 1000 + delta.microseconds // 1000


def _iso(text: str) -> datetime | None:
    if text[:4].isdigit() and text[4:5] in "-/" and len(text) >= 10:
        try:
            return datetime.fromisoformat(text.replace("/", "-").replace(" UTC", "+00:00").replace(",", "."))
        except ValueError:
            return None
    return None


def _german(text: str) -> datetime | None:
    day, _space, clock = text.replace(" Uhr", "").replace(", ", " ").partition(" ")
    found = _day(day)
    at = _clock_time(clock.strip()) if clock.strip() else time()
    return datetime.combine(found, at) if found and at else None


@lru_cache(maxsize=512)
def _day(text: str) -> date | None:
    match = _GERMAN_DATE.fullmatch(text)
    if match is None:
        return None
    year = int(match[3])
    try:
        return date(year + 2000 if year < 100 else year, int(match[2]), int(match[1]))
    except ValueError:
        return None


def _clock_time(text: str) -> time | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    try:
        return time(int(match[1]), int(match[2]), int(match[3] or 0), int((match[4] or "")[:6].ljust(6, "0")))
    except ValueError:
        return None


def _epoch(text: str) -> int | None:
    value = value_of(text)
    if value is None:
        return None
    if 1e8 < value < 1e10:
        return int(value * 1000)
    return int(value) if 1e11 < value < 1e13 else None


def is_date_only(cell: str) -> bool:
    """True for "24.05.2019" and "2019-05-24"."""
    return bool(_GERMAN_DATE.fullmatch(cell.strip()) or re.fullmatch(r"\d{4}-\d{2}-\d{2}", cell.strip()))


def is_clock_only(cell: str) -> bool:
    return _CLOCK.fullmatch(cell.strip()) is not None
