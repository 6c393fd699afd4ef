"""What the open-data catalogue lists: a data set for each phenomenon and licence that public stations measure under."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, Max, Min

from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.series import complete_days_until
from mapviews.enums import Publicity
from mapviews.models import Channel, Phenomenon, RollupDay, Station

SECONDS = 600


class Entry(NamedTuple):
    """`first`: the day of the oldest value; `modified`: when one arrived last (of indoor ones: a day)."""

    phenomenon: Phenomenon
    licence: str
    stations: int
    first: datetime | None
    modified: datetime | None
    sample: bool


def entries() -> list[Entry]:
    """All entries in the order of phenomena; read anew at most every ten minutes."""
    found: list[Entry] | None = cache.get("mapviews:catalogue")
    if found is None:
        found = _entries()
        cache.set("mapviews:catalogue", found, SECONDS)
    return found


def _entries() -> list[Entry]:
    public = Station.objects.visible_to(AnonymousUser())
    channels = Channel.objects.filter(station__in=public, phenomenon__isnull=False, latest_ts__isnull=False)
    group = ("phenomenon", "station__licence")
    first = {
        (phenomenon, licence): bucket
        for phenomenon, licence, bucket in RollupDay.objects.filter(channel__in=channels.values("pk"))
        .values_list("channel__phenomenon", "channel__station__licence")
        .annotate(first=Min("bucket"))
    }
    single = dict(_latest(channels.filter(station__publicity=Publicity.PUBLIC), group))
    daily = dict(_latest(channels.filter(station__publicity=Publicity.DAILY), group))
    samples = set(channels.filter(station__sample=True).values_list(*group).distinct())
    counts = channels.order_by().values_list(*group).annotate(stations=Count("station", distinct=True))
    known = Phenomenon.objects.in_bulk()
    found = [
        Entry(
            known[phenomenon],
            licence,
            stations,
            _at(first.get((phenomenon, licence))),
            _at(_newest(single.get((phenomenon, licence)), daily.get((phenomenon, licence)))),
            (phenomenon, licence) in samples,
        )
        for phenomenon, licence, stations in counts
    ]
    return sorted(found, key=lambda entry: (entry.phenomenon.position, entry.phenomenon.pk, entry.licence))


def _latest(channels: object, group: tuple[str, str]) -> list[tuple[tuple[str, str], int]]:
    rows = channels.order_by().values_list(*group).annotate(latest=Max("latest_ts"))  # type: ignore[attr-defined]
    return [((phenomenon, licence), latest) for phenomenon, licence, latest in rows]


def _newest(single: int | None, daily: int | None) -> int | None:
    told = [single] if single is not None else []
    if daily is not None:
        told.append(min(complete_days_until(daily), complete_days_until(now_ms())))
    return max(told, default=None)


def _at(ts: int | None) -> datetime | None:
    return None if ts is None else datetime.fromtimestamp(ts / 1000, tz=UTC)
