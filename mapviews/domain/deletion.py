"""Real deletion of values: a range, single moments or everything, with sums and the latest value counted again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from mapviews.domain import rollups
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.ingest.store import HOUR, hold_channels, mark_dirty
from mapviews.domain.series import FIRST, LAST
from mapviews.enums import Flag
from mapviews.models import Channel, Fix, Measurement, RawMessage, Station
from mapviews.permissions import can_manage_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed

MOST_MOMENTS = 5000


def delete_values(
    user: Any,
    *,
    station: Station,
    channels: Sequence[Channel] | None = None,
    start: int = FIRST,
    end: int = LAST,
    moments: Sequence[int] | None = None,
) -> int:
    """Deletes values with `start <= ts < end` (ms), or at `moments`, of these channels (None: all). Cannot be undone.

    Returns how many. Messages of network servers that held the values go too. Raises `not_allowed`, `bad_range`,
    `foreign_channel`, `too_many`.
    """
    if not can_manage_station(user, station):
        raise NotAllowed()
    if start >= end:
        raise DomainError("bad_range", _("Das Ende liegt vor dem Anfang."), field="end")
    if moments is not None and len(moments) > MOST_MOMENTS:
        raise DomainError("too_many", _("Höchstens 5.000 Zeitpunkte auf einmal."))
    chosen = list(station.channels.all()) if channels is None else list(channels)
    if any(channel.station_id != station.pk for channel in chosen):
        raise DomainError("foreign_channel", _("Dieser Messkanal gehört nicht zu Ihrer Station."))
    with transaction.atomic():
        hold_channels({channel.pk for channel in chosen})
        count = sum(_delete(channel, start, end, moments) for channel in chosen)
        if moments is None:
            _forget_messages(station, start, end)
            Fix.objects.filter(station=station, ts__gte=start, ts__lt=end).delete()
        payload = {"values": count, "channels": len(chosen)}
        audit.record(actor=user if user.pk else None, action="station.values_deleted", obj=station, payload=payload)
    rollups.refresh([channel.pk for channel in chosen])
    return count


def _delete(channel: Channel, start: int, end: int, moments: Sequence[int] | None) -> int:
    rows = Measurement.objects.filter(channel=channel, ts__gte=start, ts__lt=end)
    if moments is not None:
        rows = rows.filter(ts__in=list(moments))
    hours = {ts - ts % HOUR for ts in rows.values_list("ts", flat=True).iterator(chunk_size=5000)}
    if not hours:
        return 0
    mark_dirty({(channel.pk, hour) for hour in hours})
    if moments is None:
        with connection.cursor() as cursor:  # by plain SQL: the ORM would read each row of a composite key first
            sql = "DELETE FROM mapviews_measurement WHERE channel_id = %s AND ts >= %s AND ts < %s"
            cursor.execute(sql, [channel.pk, start, end])
            count = int(cursor.rowcount)
    else:
        count = rows.delete()[0]
    renew_latest(channel)
    return count


def renew_latest(channel: Channel) -> None:
    """Sets the channel's newest value from what is stored and not hidden."""
    stored = Measurement.objects.filter(channel=channel, flags__lt=Flag.HIDDEN).order_by("-ts")
    newest = stored.values_list("ts", "value", "flags").first()
    ts, value, flags = newest or (None, None, 0)
    Channel.objects.filter(pk=channel.pk).update(
        latest_ts=ts, latest_value=value, latest_flags=flags, latest_changed=now_ms()
    )


def _forget_messages(station: Station, start: int, end: int) -> None:
    """The bodies of messages hold the same values; those that arrived in the range, give or take an hour."""
    messages = RawMessage.objects.filter(device__station=station)
    if start > FIRST:
        messages = messages.filter(received_at__gte=datetime.fromtimestamp(max(start, 0) / 1000, tz=UTC))
    if end < LAST:
        messages = messages.filter(received_at__lt=datetime.fromtimestamp((end + HOUR) / 1000, tz=UTC))
    messages.delete()
