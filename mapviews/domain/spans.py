"""Which time a chart shows: a rolling period by its key, or a free range; and in which steps."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.utils import formats, timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mapviews.domain.ingest.store import DAY, HOUR
from mapviews.lorawan.payloads.clock import moment

FIRST_MS = 946_684_800_000  # 2000-01-01; nothing older is taken in
LAST_MS = 4_102_444_800_000  # 2100-01-01
SHORTEST = 60_000
RAW_UP_TO, HOUR_UP_TO = 2 * DAY, 62 * DAY  # what the server chooses by itself
MOST_RAW, MOST_HOURS = 14 * DAY, 190 * DAY  # what may be asked for
STEPS = {"hour": HOUR, "day": DAY}


class Period(NamedTuple):
    """`days` is None for everything."""

    key: str
    label: Any
    days: int | None
    resolution: str


PERIODS = (
    Period("tag", _("24 Stunden"), 1, "raw"),
    Period("woche", _("7 Tage"), 7, "hour"),
    Period("monat", _("30 Tage"), 30, "hour"),
    Period("jahr", _("1 Jahr"), 366, "day"),
    Period("alles", _("Alles"), None, "day"),
)
DAILY_PERIODS = tuple(p for p in PERIODS if p.resolution == "day")


class Span(NamedTuple):
    """Milliseconds, `end` exclusive. `key` is that of a period, or "" for a free range."""

    start: int
    end: int
    key: str = ""

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def label(self) -> str:
        """ "7 Tage", or "1. bis 7. November 2026"."""
        if self.key:
            return str(next(p.label for p in PERIODS if p.key == self.key))
        first, last = local(self.start), local(self.end - 1)
        if self.length <= 2 * DAY:
            parts = {"first": _moment(first), "last": _moment(local(self.end))}
        else:
            parts = {
                "first": formats.date_format(first, "DATE_FORMAT"),
                "last": formats.date_format(last, "DATE_FORMAT"),
            }
        return _t("%(first)s bis %(last)s") % parts

    def moved(self, steps: float) -> Span:
        """Earlier (negative) or later by so many of its own lengths."""
        shift = int(self.length * steps)
        return clamped(self.start + shift, self.end + shift)

    def scaled(self, factor: float) -> Span:
        """Around its middle, longer or shorter."""
        middle, half = (self.start + self.end) // 2, int(self.length * factor / 2)
        return clamped(middle - half, middle + half)

    def query(self) -> dict[str, str]:
        """As parameters of an address."""
        return {"zeitraum": self.key} if self.key else {"von": stamp(self.start), "bis": stamp(self.end)}


def period_of(key: str, *, every: bool) -> Period:
    """The period with this key, else the first that may be seen."""
    periods = PERIODS if every else DAILY_PERIODS
    return next((p for p in periods if p.key == key), periods[0])


def rolling(period: Period, *, end: int, first: int | None = None) -> Span:
    """The period up to `end`; everything begins at `first`."""
    start = end - period.days * DAY if period.days else (end - DAY if first is None else first)
    return Span(min(start, end - 1), end, period.key)


def clamped(start: int, end: int) -> Span:
    """A free range of at least a minute, between 2000 and 2100."""
    start = min(max(start, FIRST_MS), LAST_MS - SHORTEST)
    return Span(start, max(min(end, LAST_MS), start + SHORTEST))


def free(first: str, last: str) -> Span | None:
    """From two texts of an address: days (the last one whole) or moments; None where they are no range."""
    start, end = _edge(first, last=False), _edge(last, last=True)
    if start is None or end is None or end - start < SHORTEST:
        return None
    return clamped(start, end)


def resolution_for(span: Span, wanted: str = "") -> str:
    """raw, hour or day: by the length of the range, or as wanted where that is not too much."""
    if wanted == "raw" and span.length <= MOST_RAW:
        return "raw"
    if wanted == "hour" and span.length <= MOST_HOURS:
        return "hour"
    if wanted == "day":
        return "day"
    if span.length <= RAW_UP_TO:
        return "raw"
    return "hour" if span.length <= HOUR_UP_TO else "day"


def floored(ts: int, resolution: str) -> int:
    """The start of the bucket that holds `ts`."""
    return ts - ts % STEPS.get(resolution, 1)


def local(ts: int) -> datetime:
    return timezone.localtime(datetime.fromtimestamp(ts / 1000, tz=UTC))


def utc(ts: int) -> datetime:
    return datetime.fromtimestamp(ts / 1000, tz=UTC)


def stamp(ts: int) -> str:
    """Local midnight as such, else a moment in UTC: short in addresses and exact."""
    here = local(ts)
    if here.time() == time():
        return f"{here:%Y-%m-%d}T00:00"
    return f"{datetime.fromtimestamp(ts / 1000, tz=UTC):%Y-%m-%dT%H:%M:%SZ}"


def _edge(text: str, *, last: bool) -> int | None:
    text = text.strip()[:40]
    try:
        day = date.fromisoformat(text)
    except ValueError:
        pass
    else:
        return _ms(datetime.combine(_next(day) if last else day, time()))
    try:
        here = datetime.fromisoformat(text)
    except ValueError:
        here = None
    if here is not None and here.tzinfo is None:
        return _ms(here)
    at = moment(text)
    return int(at.timestamp() * 1000) if at else None


def _next(day: date) -> date:
    return day + timedelta(days=1) if day < date(2100, 1, 1) else day


def _ms(here: datetime) -> int | None:
    if not 1990 <= here.year <= 2200:
        return None
    return int(timezone.make_aware(here).timestamp() * 1000)


def _moment(at: datetime) -> str:
    return formats.date_format(at, "DATETIME_FORMAT")
