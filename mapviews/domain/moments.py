"""Moments of the map's history: an hour or a UTC day that is over, and what stations measured then, from the sums."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain.ingest.store import DAY, HOUR
from mapviews.enums import Publicity
from mapviews.models import RollupDay, RollupHour, Station, StationLocation
from portal.dates import weekday

HOURS, DAYS = 24, 30
STEPS = {"hour": HOUR, "day": DAY}
TABLES: dict[str, Any] = {"hour": RollupHour, "day": RollupDay}
TEXT = re.compile(r"(\d{4}-\d\d-\d\d)(?:T(\d\d)(?::00)?Z?)?", re.ASCII)
PART = 500


class Moment(NamedTuple):
    """An hour or day of UTC; `start` in ms since 1970, `end` exclusive."""

    resolution: str
    start: int

    @property
    def end(self) -> int:
        return self.start + STEPS[self.resolution]

    @property
    def text(self) -> str:
        """How addresses name it: `2026-11-22T13Z` or `2026-11-21`."""
        return datetime.fromtimestamp(self.start / 1000, tz=UTC).strftime(
            "%Y-%m-%dT%HZ" if self.resolution == "hour" else "%Y-%m-%d"
        )

    @property
    def label(self) -> str:
        """In words and local time."""
        start = datetime.fromtimestamp(self.start / 1000, tz=UTC)
        if self.resolution == "day":
            return _("%(day)s, Mittel des Tages") % {"day": weekday(start, year=False)}
        start = timezone.localtime(start)
        end = timezone.localtime(datetime.fromtimestamp(self.end / 1000, tz=UTC))
        words = {"day": weekday(start, year=False), "from": start.hour, "to": end.hour or 24}
        return _("%(day)s, %(from)s bis %(to)s Uhr") % words


class Mean(NamedTuple):
    """The mean of a channel in an hour or day; `n` and `flagged` are None where only means are public."""

    value: float | None
    n: int | None
    flagged: int | None


def parse(text: str, *, now: int) -> Moment | None:
    """The moment that an address names; None where it names none or one that is not over yet."""
    found = TEXT.fullmatch(text.strip())
    if found is None:
        return None
    try:
        start = datetime.strptime(f"{found[1]} {found[2] or '00'}", "%Y-%m-%d %H").replace(tzinfo=UTC)
    except ValueError:
        return None
    moment = Moment("hour" if found[2] else "day", int(start.timestamp() * 1000))
    return moment if moment.end <= now and start.year >= 2000 else None


def hours(now: int) -> list[Moment]:
    """The last 24 hours that are over, oldest first."""
    last = now - now % HOUR
    return [Moment("hour", last - back * HOUR) for back in range(HOURS, 0, -1)]


def days(now: int) -> list[Moment]:
    """The last 30 UTC days that are over, oldest first."""
    last = now - now % DAY
    return [Moment("day", last - back * DAY) for back in range(DAYS, 0, -1)]


def table_of(moment: Moment) -> str:
    """The name of the table that holds its sums."""
    return str(TABLES[moment.resolution]._meta.db_table)


def means(stations: Sequence[Station], moment: Moment) -> dict[int, Mean]:
    """What these stations (of `mapping.with_channels`) show of a moment, by channel.

    Indoor stations with daily means show days alone, and no count. A station that moved since shows nothing of the time
    before: where it stood then is not told, and the value does not belong to where it stands now.
    """
    gone = moved_since(stations, moment)
    asked: dict[int, Station] = {}
    for station in stations:
        if station.pk in gone or (station.publicity == Publicity.DAILY and moment.resolution != "day"):
            continue
        asked |= dict.fromkeys((channel.pk for channel in station.all_channels), station)  # type: ignore[attr-defined]
    found: dict[int, Mean] = {}
    for part in _parts(sorted(asked)):
        rows = TABLES[moment.resolution].objects.filter(channel_id__in=part, bucket=moment.start)
        for channel, n, total, flagged in rows.values_list("channel_id", "n", "total", "flagged"):
            value = total / n if n else None
            daily = asked[channel].publicity == Publicity.DAILY
            found[channel] = Mean(value, None, None) if daily else Mean(value, n, flagged)
    return found


def moved_since(stations: Iterable[Station], moment: Moment) -> set[int]:
    """Those that stood at another public point in the moment, or in part of it."""
    start = datetime.fromtimestamp(moment.start / 1000, tz=UTC)
    young = {s.pk: s.current for s in stations if s.current and s.current.valid_from > start}  # type: ignore[attr-defined]
    earlier: dict[int, set[tuple[float, float]]] = defaultdict(set)
    for part in _parts(sorted(young)):
        rows = StationLocation.objects.filter(station_id__in=part, is_current=False)
        for pk, *point in rows.values_list("station_id", "public_latitude", "public_longitude"):
            earlier[pk].add((point[0], point[1]))
    here = {pk: {(place.public_latitude, place.public_longitude)} for pk, place in young.items()}
    return {pk for pk, points in earlier.items() if points - here[pk]}


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    return (keys[start : start + PART] for start in range(0, len(keys), PART))
