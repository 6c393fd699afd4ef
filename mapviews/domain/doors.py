"""What the doors of stations share: who is at the door, and readings by key for one station."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from mapviews.domain import stations, tokens
from mapviews.domain.ingest import Batch, Reading, Result, ingest
from mapviews.domain.phenomena import Meaning, meaning
from mapviews.enums import StationStatus
from mapviews.models import Channel, Phenomenon, Source, Station


class Value(NamedTuple):
    """A value by the sender's own key; `ts` in ms."""

    key: str
    ts: int
    value: float


def source_with(slug: str, secret: str) -> Source | None:
    """The active source whose secret this is; compared in constant time, for unknown sources too."""
    source = Source.objects.filter(slug=slug, is_active=True).first()
    right = tokens.is_token(secret, source.secret_hash if source else "0" * 64)
    return source if source and right and secret else None


_known: dict[str, str] = {}
"""Hash of the secret that each source last proved itself with to this process."""


def remember(slug: str, secret: str, *, known: bool) -> None:
    """Notes what the database said about a source and its secret, for times without a database."""
    hashed = tokens.hash_token(secret)
    if known:
        _known[slug] = hashed
    elif _known.get(slug) == hashed:  # a secret that was turned since
        del _known[slug]


def was_known(slug: str, secret: str) -> bool:
    """True where this secret was the source's when the database was last asked; in constant time."""
    return tokens.is_token(secret, _known.get(slug, "0" * 64)) and slug in _known


def _open_stations() -> QuerySet[Station]:
    return Station.objects.filter(status=StationStatus.ACTIVE)


def station_with(*, token: str, **identity: Any) -> Station | None:
    """The active station with this token and identity (`pk=`, `osem_id=`)."""
    station = _open_stations().filter(**identity).first()
    right = tokens.is_token(token, station.token_hash if station else "0" * 64)
    return station if station and right and token else None


def station_by_token(token: str) -> Station | None:
    """The active station whose token this is."""
    return _open_stations().filter(token_hash=tokens.hash_token(token)).first() if token else None


def station_by_push_id(push_id: str) -> Station | None:
    """The active station of a sensor.community device; the id is long, random and its only proof."""
    return _open_stations().filter(push_id=push_id).first() if push_id else None


def add_values(station: Station, *, values: Sequence[Value], now: int, pascal: bool = False) -> Result:
    """Stores values whose keys are a sender's names (`SDS_P1`, `temperature`); keys without a meaning are left out.

    The first key of a phenomenon uses the station's own channel for it; a second sensor of the same kind in one message
    gets a channel named by its key, and keeps it in later messages, whatever else they hold.
    """
    with transaction.atomic():
        channels = _channels(station, values, pascal)
        readings = [Reading(channels[v.key].pk, v.ts, v.value) for v in values if v.key in channels]
        return ingest(Batch(readings, {c.pk: c for c in channels.values()}, now=now))


def _channels(station: Station, values: Sequence[Value], pascal: bool) -> dict[str, Channel]:
    meant: dict[str, Meaning] = {}
    for v in values:
        found = meaning(v.key, v.value, pascal=pascal) if v.key not in meant else None
        if found:
            meant[v.key] = found
    known = {c.key: c for c in station.channels.filter(device=None).select_related("phenomenon")}
    phenomena = Phenomenon.objects.in_bulk([m.phenomenon for m in meant.values()])
    own = {key for key in meant if key in known}
    taken = {meant[key].phenomenon for key in own if key == meant[key].phenomenon}
    channels = {}
    for key, m in meant.items():
        slug = m.phenomenon if key not in own and m.phenomenon not in taken else key
        if key not in own:
            taken.add(m.phenomenon)
        channel = known.get(slug)
        if channel is None:
            channel = stations.channel_for(station, key=slug, phenomenon=phenomena[m.phenomenon])
        channels[key] = _in_unit(channel, m)
    return channels


def _in_unit(channel: Channel, m: Meaning) -> Channel:
    """The channel as this sender's unit needs it (pressure in Pa). Not saved: other doors send the canonical unit."""
    channel.factor = channel.factor * m.factor
    return channel
