"""Sums by hour and UTC day, counted again from the values wherever an hour is dirty. Never averages of averages."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection, transaction

from mapviews.domain.ingest.store import DAY, HOUR
from mapviews.enums import EXCLUDED
from mapviews.models import DirtyBucket

CHUNK = 300
UPSERT = (
    " ON CONFLICT (channel_id, bucket) DO UPDATE SET n = excluded.n, total = excluded.total,"
    " minimum = excluded.minimum, maximum = excluded.maximum, flagged = excluded.flagged"
)
GOOD = f"(flags & {int(EXCLUDED)}) = 0"
HOURS = (
    "INSERT INTO mapviews_rolluphour (channel_id, bucket, n, total, minimum, maximum, flagged)"  # noqa: S608
    f" SELECT channel_id, ts - ts %% {HOUR} AS hour, sum(CASE WHEN {GOOD} THEN 1 ELSE 0 END),"
    f" sum(CASE WHEN {GOOD} THEN value END), min(CASE WHEN {GOOD} THEN value END),"
    f" max(CASE WHEN {GOOD} THEN value END),"
    f" sum(CASE WHEN {GOOD} THEN 0 ELSE 1 END)"
    " FROM mapviews_measurement WHERE channel_id = %s AND ts >= %s AND ts < %s GROUP BY channel_id, hour" + UPSERT
)
DAYS = (
    "INSERT INTO mapviews_rollupday (channel_id, bucket, n, total, minimum, maximum, flagged)"  # noqa: S608
    f" SELECT channel_id, bucket - bucket %% {DAY} AS day, sum(n), sum(total), min(minimum), max(maximum), sum(flagged)"
    " FROM mapviews_rolluphour WHERE channel_id = %s AND bucket >= %s AND bucket < %s GROUP BY channel_id, day" + UPSERT
)


def refresh(channels: Sequence[int] | None = None, *, limit: int | None = None) -> int:
    """Counts dirty hours again (of some channels, or all), and their days. Returns how many hours; idempotent."""
    done = 0
    while limit is None or done < limit:
        with transaction.atomic():
            queryset = DirtyBucket.objects.all()
            if channels is not None:
                queryset = queryset.filter(channel_id__in=channels)
            if connection.vendor == "postgresql":
                queryset = queryset.select_for_update(skip_locked=channels is None)
            part = list(queryset.order_by("channel_id", "bucket").values_list("channel_id", "bucket")[:CHUNK])
            if not part:
                return done
            _recount(part)
            done += len(part)
    return done


def _recount(part: list[tuple[int, int]]) -> None:
    """Removes the marks first: what arrives from now on marks the hour again."""
    with connection.cursor() as cursor:
        spans = _spans(part, HOUR)
        for span in spans:
            cursor.execute(
                "DELETE FROM mapviews_dirtybucket WHERE channel_id = %s AND bucket >= %s AND bucket < %s", span
            )
        for table, step in (("mapviews_rolluphour", HOUR), ("mapviews_rollupday", DAY)):
            for span in _spans([(c, b - b % step) for c, b in part], step):
                cursor.execute(f"DELETE FROM {table} WHERE channel_id = %s AND bucket >= %s AND bucket < %s", span)  # noqa: S608
                cursor.execute(HOURS if step == HOUR else DAYS, span)


def _spans(buckets: list[tuple[int, int]], step: int) -> list[tuple[int, int, int]]:
    """Neighbouring buckets of a channel joined: (channel, from, to), `to` exclusive."""
    spans: list[tuple[int, int, int]] = []
    for channel, bucket in sorted(set(buckets)):
        if spans and spans[-1][0] == channel and spans[-1][2] == bucket:
            spans[-1] = (channel, spans[-1][1], bucket + step)
        else:
            spans.append((channel, bucket, bucket + step))
    return spans
