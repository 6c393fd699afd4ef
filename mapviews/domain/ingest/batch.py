"""Normalise, flag, store, mark hours, keep the latest value."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from operator import itemgetter
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain.ingest.flags import Judge
from mapviews.domain.ingest.store import (
    DAY,
    HOUR,
    Row,
    ensure_partitions,
    hold_channels,
    keep_latest,
    mark_dirty,
    store,
)
from mapviews.models import Channel

EARLIEST = 946_684_800_000  # 2000-01-01
AHEAD = 5 * 60_000


class Reading(NamedTuple):
    """One value as its sender gave it: channel id, milliseconds since 1970 UTC, number in the channel's input unit.

    `flags` are those the door already knows (a doubtful clock).
    """

    channel: int
    ts: int
    value: float
    flags: int = 0


@dataclass(frozen=True)
class Batch:
    """Readings and their channels. `now` (ms) judges clocks; `ahead` (ms) is how far in the future is allowed."""

    readings: Sequence[Reading]
    channels: Mapping[int, Channel]
    now: int | None = None
    ahead: int = AHEAD


@dataclass(frozen=True, order=True)
class Refused:
    """A reading that was not stored: its place in the batch, a code and a German sentence."""

    index: int
    code: str
    message: str


@dataclass
class Result:
    """What became of a batch. `conflicting` are duplicates (counted there too) with another value: the first stays."""

    stored: int = 0
    duplicate: int = 0
    conflicting: int = 0
    flagged: int = 0
    rejected: list[Refused] = field(default_factory=list)


def now_ms() -> int:
    return int(timezone.now().timestamp() * 1000)


def ingest(batch: Batch) -> Result:
    """Stores a batch in one transaction; good readings are kept whatever is wrong with the others.

    Channels are held while it writes, so that a station deleted meanwhile leaves no values behind. Refusal codes:
    `unknown_channel`, `bad_value`, `bad_time`, `time_ahead`, `time_too_early`.
    """
    now = batch.now if batch.now is not None else now_ms()
    result = Result()
    rows, places = _normalise(batch, now, result)
    if not rows:
        return result
    with transaction.atomic():
        ensure_partitions({row[1] // DAY for row in rows})
        living = hold_channels({row[0] for row in rows})
        if gone := [i for i, row in enumerate(rows) if row[0] not in living]:
            result.rejected += [_refusal(places[i], False, rows[i][1], now) for i in gone]
            rows = [row for row in rows if row[0] in living]
        rows.sort(key=itemgetter(0, 1))  # one order for all writers: no deadlock, and time runs forward for the flags
        judge = Judge(batch.channels, rows)
        flagged = [judge.row(row) for row in rows]
        result.flagged = sum(1 for row in flagged if row[3])
        outcome = store(flagged)
        result.stored, result.conflicting = outcome.stored, outcome.conflicting
        result.duplicate = len(rows) - outcome.stored
        if outcome.stored:
            mark_dirty({(row[0], row[1] - row[1] % HOUR) for row in flagged})
            _keep_latest(flagged, batch.channels, now)
    return result


def _normalise(batch: Batch, now: int, result: Result) -> tuple[list[Row], list[int]]:
    """Rows in the canonical unit and their places in the batch; the others go to `result.rejected`."""
    rows: list[Row] = []
    places: list[int] = []
    scales = {pk: (c.factor, c.offset) for pk, c in batch.channels.items()}
    latest = now + batch.ahead
    for index, (channel, ts, value, flags) in enumerate(batch.readings):
        scale = scales.get(channel)
        if scale is not None and EARLIEST <= ts <= latest:
            scaled = value * scale[0] + scale[1]
            if math.isfinite(scaled) and abs(scaled) < 1e15:
                rows.append((channel, ts, round(scaled, 6), flags))
                places.append(index)
                continue
        result.rejected.append(_refusal(index, scale is not None, ts, latest))
    return rows, places


def _refusal(index: int, known: bool, ts: int, latest: int) -> Refused:
    if not known:
        return Refused(index, "unknown_channel", _("Dieser Messkanal gehört nicht zu Ihrer Station."))
    if ts < EARLIEST:
        return Refused(index, "time_too_early", _("Der Zeitpunkt liegt vor dem Jahr 2000. Bitte prüfen Sie die Uhr."))
    if ts > latest:
        return Refused(index, "time_ahead", _("Der Zeitpunkt liegt in der Zukunft. Bitte prüfen Sie die Uhr."))
    return Refused(index, "bad_value", _("Das ist keine brauchbare Zahl."))


def _keep_latest(rows: Iterable[Row], channels: Mapping[int, Channel], now: int) -> None:
    """`Channel.latest` where a row is newer, and when each station was heard. Rows of the past change nothing."""
    newest: dict[int, Row] = {}
    for row in rows:
        if row[0] not in newest or row[1] > newest[row[0]][1]:
            newest[row[0]] = row
    heard: dict[int, int] = {}
    for channel, ts, _value, _flags in newest.values():
        station = channels[channel].station_id
        heard[station] = max(heard.get(station, 0), ts)
    moments = {station: datetime.fromtimestamp(min(ts, now) / 1000, tz=UTC) for station, ts in heard.items()}
    keep_latest(list(newest.values()), moments)
