"""How each source is doing: last heard, rate, lag behind the devices' clocks, what could not be read and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count
from django.utils import timezone

from mapviews.domain import spool, throttling
from mapviews.enums import RawState
from mapviews.models import Channel, Device, RawMessage, Source

SILENT = timedelta(hours=24)


@dataclass
class Health:
    """Counts; `lag` is seconds between the newest value's time and its storing, None without one.

    `refused` are messages sent away in this hour and the last one because the source floods, `spooled` wait in files.
    """

    source: Source
    devices: int = 0
    quiet: int = 0
    waiting: int = 0
    hour: int = 0
    refused: int = 0
    spooled: int = 0
    day: int = 0
    dead: Counter[str] = field(default_factory=Counter)
    lag: float | None = None

    @property
    def is_well(self) -> bool:
        heard = self.source.last_seen_at
        return bool(heard and heard > timezone.now() - SILENT) and not (self.dead or self.floods)

    @property
    def floods(self) -> bool:
        """True where the source sends more than its share."""
        return bool(self.refused or self.spooled)


def overview(now: datetime | None = None) -> list[Health]:
    """All sources in a fixed number of queries."""
    now = now or timezone.now()
    found = {source.pk: Health(source) for source in Source.objects.all()}
    devices = Device.objects.values("source").annotate(n=Count("pk"))
    _put(found, devices, "devices")
    _put(found, devices.filter(last_seen_at__lt=now - SILENT), "quiet")
    messages = RawMessage.objects.values("source").annotate(n=Count("pk")).order_by()
    _put(found, messages.filter(state=RawState.UNMAPPED), "waiting")
    _put(found, messages.filter(received_at__gte=now - timedelta(hours=1)), "hour")
    _put(found, messages.filter(received_at__gte=now - timedelta(days=1)), "day")
    dead = RawMessage.objects.filter(state=RawState.DEAD).values("source", "error_code").annotate(n=Count("pk"))
    for row in dead.order_by():
        found[row["source"]].dead[row["error_code"]] = row["n"]
    newest = Channel.objects.exclude(device=None).exclude(latest_ts=None).order_by("-latest_changed")
    for source, ts, changed in newest.values_list("device__source", "latest_ts", "latest_changed")[:500]:
        if ts is not None and found[source].lag is None:
            found[source].lag = max(0.0, (changed - ts) / 1000)
    turned_away, waiting = throttling.refused(one.source.slug for one in found.values()), _spooled(found)
    for one in found.values():
        one.refused, one.spooled = turned_away.get(one.source.slug, 0), waiting.get(one.source.slug, 0)
    return list(found.values())


def _spooled(found: dict[int, Health]) -> dict[str, int]:
    """What waits in files, by source; a broker's files are named by application and go to the source that allows it."""
    waiting = spool.waiting()
    for one in found.values():
        for application in one.source.allowed_applications:
            count = waiting.pop(spool.lane_of(application), 0)
            waiting[one.source.slug] = waiting.get(one.source.slug, 0) + count
    return waiting


def _put(found: dict[int, Health], rows: Any, name: str) -> None:
    for row in rows:
        setattr(found[row["source"]], name, row["n"])
