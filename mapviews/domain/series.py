"""Reading values back: raw or by hour or day, ascending, by key, in constant memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.db.models import Min

from mapviews.domain import rollups
from mapviews.domain.ingest.store import DAY
from mapviews.enums import Flag
from mapviews.models import Channel, DirtyBucket, Measurement, RollupDay, RollupHour

RESOLUTIONS = ("raw", "hour", "day")
FIRST, LAST = -(2**62), 2**62
TABLES: dict[str, Any] = {"hour": RollupHour, "day": RollupDay}


class Point(NamedTuple):
    """A value, or the mean of `n` unflagged values from `ts` on; `value` is None where all were flagged."""

    ts: int
    value: float | None
    flags: int = 0
    n: int = 1
    minimum: float | None = None
    maximum: float | None = None
    flagged: int = 0


def points(
    channel: Channel,
    *,
    resolution: str = "raw",
    start: int = FIRST,
    end: int = LAST,
    limit: int | None = None,
    hidden: bool = False,
) -> list[Point]:
    """Points with `start <= ts < end` in ms; sums that are dirty are counted again first.

    `hidden`: also single values that moderation took out.
    """
    if resolution == "raw":
        rows = Measurement.objects.filter(channel=channel, ts__gte=start, ts__lt=end).order_by("ts")
        if not hidden:
            rows = rows.filter(flags__lt=Flag.HIDDEN)
        return [Point(*row) for row in rows.values_list("ts", "value", "flags")[:limit]]
    if DirtyBucket.objects.filter(channel=channel).exists():
        rollups.refresh([channel.pk])
    sums = TABLES[resolution].objects.filter(channel=channel, bucket__gte=start, bucket__lt=end).order_by("bucket")
    fields = ("bucket", "n", "total", "minimum", "maximum", "flagged")
    return [
        Point(bucket, round(total / n, 6) if n else None, 0, n, low, high, flagged)
        for bucket, n, total, low, high, flagged in sums.values_list(*fields)[:limit]
    ]


def many(
    channels: Sequence[int], *, resolution: str, start: int, end: int, limit: int | None = None
) -> dict[int, list[Point]]:
    """Points of several channels (keys) in one query, two where sums are asked for; at most `limit` in all."""
    found: dict[int, list[Point]] = {channel: [] for channel in channels}
    if resolution == "raw":
        rows = Measurement.objects.filter(channel_id__in=channels, ts__gte=start, ts__lt=end, flags__lt=Flag.HIDDEN)
        values = rows.order_by("channel_id", "ts").values_list("channel_id", "ts", "value", "flags")
        for channel, ts, value, flags in values[:limit]:
            found[channel].append(Point(ts, value, flags))
        return found
    if dirty := list(
        DirtyBucket.objects.filter(channel_id__in=channels).values_list("channel_id", flat=True).distinct()
    ):
        rollups.refresh(dirty)
    sums = TABLES[resolution].objects.filter(channel_id__in=channels, bucket__gte=start, bucket__lt=end)
    fields = ("channel_id", "bucket", "n", "total", "minimum", "maximum", "flagged")
    for channel, bucket, n, total, low, high, flagged in sums.order_by("channel_id", "bucket").values_list(*fields)[
        :limit
    ]:
        found[channel].append(Point(bucket, round(total / n, 6) if n else None, 0, n, low, high, flagged))
    return found


def first_day(channels: Sequence[int]) -> int | None:
    """The day (ms) of the oldest value of these channels."""
    first: int | None = RollupDay.objects.filter(channel_id__in=channels).aggregate(first=Min("bucket"))["first"]
    return first


def chunks(
    channel: Channel, *, resolution: str, start: int = FIRST, end: int = LAST, size: int = 5000, hidden: bool = False
) -> Iterator[list[Point]]:
    """All points in pieces, each read by key where the last one ended."""
    while True:
        part = points(channel, resolution=resolution, start=start, end=end, limit=size, hidden=hidden)
        if part:
            yield part
        if len(part) < size:
            return
        start = part[-1].ts + 1


def complete_days_until(now: int) -> int:
    """The start of the running UTC day: daily means are published when their day is over."""
    return now - now % DAY
