"""Moderation of values: taken out of means and public doors with a reason, and put back. Nothing is deleted."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from mapviews.domain import deletion, rollups
from mapviews.domain.ingest.store import DAY, HOUR, mark_dirty
from mapviews.enums import Flag
from mapviews.models import Channel, Measurement
from mapviews.permissions import is_sensor_desk
from portal import audit, cache
from portal.exceptions import DomainError, NotAllowed

MOST_DAYS = 400


def hide_values(user: Any, *, channel: Channel, start: int, end: int, reason: str, hidden: bool = True) -> int:
    """Sets or clears the flag `hidden` on values with `start <= ts < end` (ms); returns how many.

    Raises `not_allowed`, `reason_missing`, `bad_range`.
    """
    if not is_sensor_desk(user):
        raise NotAllowed()
    if not reason.strip():
        raise DomainError("reason_missing", _("Bitte nennen Sie den Grund."), field="reason")
    if not 0 < end - start <= MOST_DAYS * DAY:
        raise DomainError(
            "bad_range", _("Das Ende muss nach dem Anfang liegen, höchstens 400 Tage später."), field="end"
        )
    change = "flags | %s" if hidden else "flags & ~%s"
    with transaction.atomic():
        values = Measurement.objects.filter(channel=channel, ts__gte=start, ts__lt=end)
        hours = {ts - ts % HOUR for ts in values.values_list("ts", flat=True).iterator(chunk_size=5000)}
        with connection.cursor() as cursor:
            sql = f"UPDATE mapviews_measurement SET flags = {change} WHERE channel_id = %s AND ts >= %s AND ts < %s"  # noqa: S608
            cursor.execute(sql, [int(Flag.HIDDEN), channel.pk, start, end])
            count = int(cursor.rowcount)
        if hours:
            mark_dirty({(channel.pk, hour) for hour in hours})
            deletion.renew_latest(channel)
        action = "channel.values_hidden" if hidden else "channel.values_shown"
        payload = {"channel": channel.pk, "values": count, "reason": reason.strip()[:500]}
        audit.record(actor=user if user.pk else None, action=action, obj=channel.station, payload=payload)
    rollups.refresh([channel.pk])
    cache.invalidate()  # kept pages show them for some seconds more otherwise
    return count
