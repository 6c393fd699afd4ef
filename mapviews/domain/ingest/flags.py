"""Quality flags at the moment of arrival. A flag is stored with the value; nothing is deleted for it.

Sentinels are those that sensor types really send: in 3.45 million archive rows 11 % had humidity stuck at 99.9, and
P1 reached a ceiling of 1999.9 (SENSORS.md of the design).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import deque
from collections.abc import Mapping, Sequence
from statistics import median

from django.db import connection

from mapviews.domain.ingest.store import Row
from mapviews.enums import Flag
from mapviews.models import Channel

PARTICLES = {"pm1", "pm25", "pm10"}
SENTINELS: dict[str, tuple[float, ...]] = {
    "pm1": (1999.9, 999.9),
    "pm25": (1999.9, 999.9),
    "pm10": (1999.9, 999.9),
    "humidity": (99.9, 1.0),
    "temperature": (85.0, -127.0),
}
EVERYWHERE = (-999.0, -9999.0, -999.9)
# The smallest step that counts as an outlier, in the phenomenon's unit; others are not judged.
OUTLIER_FLOOR = {
    "temperature": 4.0,
    "humidity": 20.0,
    "pressure": 8.0,
    "pm1": 25.0,
    "pm25": 25.0,
    "pm10": 40.0,
    "noise": 25.0,
}
WINDOW = 30
STUCK = 30
WET = 70.0
NEAR = 15 * 60_000
MAD_TO_SIGMA = 1.4826


class Judge:
    """Flags for the rows of one batch, sorted by channel and time. Reads the recent past of the channels once."""

    def __init__(self, channels: Mapping[int, Channel], rows: Sequence[Row]) -> None:
        wanted = {row[0] for row in rows}
        self.slugs = {pk: channels[pk].phenomenon_id for pk in wanted}
        self.ranges = {pk: self._range(channels[pk]) for pk in wanted}
        judged = [pk for pk in wanted if self.slugs[pk] in OUTLIER_FLOOR]
        past = _recent(judged, _first_times(rows))
        self.past: dict[int, deque[float]] = {pk: deque(past.get(pk, ()), maxlen=WINDOW) for pk in judged}
        self.same: dict[int, int] = {pk: _run_length(values) for pk, values in self.past.items()}
        self.wet = _humidity(channels, rows, self.slugs)
        self.last: tuple[int, int] | None = None

    @staticmethod
    def _range(channel: Channel) -> tuple[float, float]:
        phenomenon = channel.phenomenon
        low = phenomenon.minimum if phenomenon and phenomenon.minimum is not None else float("-inf")
        high = phenomenon.maximum if phenomenon and phenomenon.maximum is not None else float("inf")
        return low, high

    def row(self, row: Row) -> Row:
        """The row with its flags."""
        channel, ts, value, flags = row
        slug = self.slugs[channel]
        low, high = self.ranges[channel]
        if not low <= value <= high:
            flags |= Flag.RANGE
        if value in EVERYWHERE or value in SENTINELS.get(slug or "", ()):
            flags |= Flag.SENTINEL
        if slug in PARTICLES and self._is_wet(channel, ts):
            flags |= Flag.HUMIDITY
        past = self.past.get(channel)
        repeated, self.last = self.last == (channel, ts), (channel, ts)
        if past is not None and not repeated:
            flags |= self._against_past(channel, value, past, OUTLIER_FLOOR[slug or ""])
        return (channel, ts, value, int(flags)) if flags else row

    def _against_past(self, channel: int, value: float, past: deque[float], floor: float) -> int:
        self.same[channel] = self.same[channel] + 1 if past and past[-1] == value else 1
        flags = Flag.STUCK if self.same[channel] >= STUCK else Flag(0)
        if len(past) == WINDOW and abs(value - past[-1]) > floor:
            middle = median(past)
            spread = median([abs(v - middle) for v in past]) * MAD_TO_SIGMA
            if abs(value - middle) > max(3 * spread, floor):
                flags |= Flag.OUTLIER
        past.append(value)
        return flags

    def _is_wet(self, channel: int, ts: int) -> bool:
        times, values = self.wet.get(channel, ([], []))
        index = bisect_right(times, ts)
        near = [i for i in (index - 1, index) if 0 <= i < len(times) and abs(times[i] - ts) <= NEAR]
        return bool(near) and values[near[0]] > WET


def _first_times(rows: Sequence[Row]) -> dict[int, int]:
    found: dict[int, int] = {}
    for channel, ts, _value, _flags in rows:
        if ts < found.get(channel, ts + 1):
            found[channel] = ts
    return found


def _run_length(values: Sequence[float]) -> int:
    count = 0
    for value in reversed(values):
        if value != values[-1]:
            break
        count += 1
    return count


def _recent(channels: Sequence[int], before: Mapping[int, int]) -> dict[int, list[float]]:
    """The last values of each channel before its first row of the batch, oldest first."""
    found: dict[int, list[float]] = {}
    for start in range(0, len(channels), 100):
        part = channels[start : start + 100]
        one = (
            "SELECT * FROM (SELECT channel_id, ts, value FROM mapviews_measurement"
            " WHERE channel_id = %s AND ts < %s ORDER BY ts DESC LIMIT %s) t"
        )
        sql = " UNION ALL ".join([one] * len(part))
        with connection.cursor() as cursor:
            cursor.execute(sql, [p for pk in part for p in (pk, before[pk], WINDOW)])
            rows = sorted(cursor.fetchall())
        for channel, _ts, value in rows:
            found.setdefault(channel, []).append(value)
    return found


def _humidity(
    channels: Mapping[int, Channel], rows: Sequence[Row], slugs: Mapping[int, str | None]
) -> dict[int, tuple[list[int], list[float]]]:
    """For each particle channel the humidity of its station by time: the batch's and the latest."""
    stations = {channels[pk].station_id for pk, slug in slugs.items() if slug in PARTICLES}
    if not stations:
        return {}
    by_station: dict[int, list[tuple[int, float]]] = {station: [] for station in stations}
    others = Channel.objects.filter(station__in=stations, phenomenon_id="humidity").exclude(latest_ts=None)
    for station, ts, value in others.values_list("station_id", "latest_ts", "latest_value"):
        if ts is not None and value is not None:
            by_station[station].append((ts, value))
    for channel, ts, value, _flags in rows:
        if slugs[channel] == "humidity" and channels[channel].station_id in by_station:
            by_station[channels[channel].station_id].append((ts, value))
    found = {}
    for station, pairs in by_station.items():
        pairs.sort()
        found[station] = ([t for t, _v in pairs], [v for _t, v in pairs])
    return {pk: found[channels[pk].station_id] for pk, slug in slugs.items() if slug in PARTICLES}
