"""Mails to owners: a station fell silent, a value passed a limit. Each is told once until things are well again."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mapviews.domain.ingest.batch import now_ms
from mapviews.enums import EXCLUDED, Direction
from mapviews.models import Channel, Station, Threshold
from mapviews.permissions import can_own_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.domain import queue

HOURS = (1, 6, 24, 72, 168)
MOST = 20
OLD = 3_600_000  # ms: a value that came late raises no alarm
BATCH = 500


def set_silence(user: Any, *, station: Station, hours: int | None) -> None:
    """Tells the owner when nothing came for `hours` (None: never). Raises `not_allowed`, `bad_hours`."""
    if not can_own_station(user, station):
        raise NotAllowed()
    if hours is not None and hours not in HOURS:
        raise DomainError("bad_hours", _("Bitte wählen Sie eine der Zeiten."), field="silence")
    with transaction.atomic():
        station.silence_hours, station.silence_told_at = hours, None
        station.save(update_fields=["silence_hours", "silence_told_at", "updated_at"])
        audit.record(actor=user, action="station.silence_set", obj=station, payload={"hours": hours or 0})


def add_threshold(user: Any, *, channel: Channel, direction: str, limit: float) -> Threshold:
    """Tells the owner when the newest value passes `limit` (canonical unit).

    Raises `not_allowed`, `bad_direction`, `bad_limit`, `too_many`.
    """
    if not can_own_station(user, channel.station):
        raise NotAllowed()
    if direction not in Direction.values:
        raise DomainError("bad_direction", _("Bitte wählen Sie, wann wir schreiben."), field="direction")
    if not math.isfinite(limit) or abs(limit) > 1e12:
        raise DomainError("bad_limit", _("Bitte geben Sie eine Zahl ein."), field="limit")
    if Threshold.objects.filter(channel__station=channel.station).count() >= MOST:
        raise DomainError("too_many", _("Höchstens 20 Schwellen je Station."), field="limit")
    with transaction.atomic():
        found, _created = Threshold.objects.get_or_create(channel=channel, direction=direction, limit=limit)
        audit.record(actor=user, action="station.threshold_added", obj=channel.station)
    return found


def remove_threshold(user: Any, *, threshold: Threshold) -> None:
    """Raises `not_allowed`."""
    station = threshold.channel.station
    if not can_own_station(user, station):
        raise NotAllowed()
    with transaction.atomic():
        threshold.delete()
        audit.record(actor=user, action="station.threshold_removed", obj=station)


def tell() -> int:
    """The periodic job: writes the mails that are due; returns how many."""
    return _tell_silence() + _tell_thresholds()


def _tell_silence() -> int:
    now, sent = timezone.now(), 0
    watched = Station.objects.exclude(silence_hours=None).exclude(owner=None).select_related("owner")
    for station in watched.order_by("pk").iterator(chunk_size=BATCH):
        heard = station.last_seen_at or station.created_at
        silent = heard < now - timedelta(hours=station.silence_hours or 0)
        told = station.silence_told_at is not None and station.silence_told_at >= heard
        if not silent or told:
            continue
        with transaction.atomic():
            changed = Station.objects.filter(pk=station.pk, silence_told_at=station.silence_told_at).update(
                silence_told_at=now
            )
            if changed:
                sent += _mail(station, _silence_text)
    return sent


def _silence_text(station: Station) -> tuple[str, str]:
    if station.last_seen_at is None:
        return _("„%s“ hat noch nichts gesendet") % station.name, _("Seit der Anmeldung kam noch kein Wert.")
    when = formats.date_format(timezone.localtime(station.last_seen_at), "DATETIME_FORMAT")
    subject = _("„%s“ sendet nicht mehr") % station.name
    return subject, _("Der letzte Wert ist vom %s. Vielleicht fehlt Strom, WLAN oder Empfang.") % when


def _tell_thresholds() -> int:
    sent, fresh = 0, now_ms() - OLD
    queryset = Threshold.objects.filter(channel__latest_ts__gte=fresh).exclude(channel__station__owner=None)
    for threshold in queryset.select_related("channel__station__owner", "channel__phenomenon").iterator(BATCH):
        channel = threshold.channel
        if channel.latest_value is None or channel.latest_flags & EXCLUDED:
            continue
        above = threshold.direction == Direction.ABOVE
        passed = channel.latest_value > threshold.limit if above else channel.latest_value < threshold.limit
        if passed == threshold.raised:
            continue
        with transaction.atomic():
            changed = Threshold.objects.filter(pk=threshold.pk, raised=not passed).update(
                raised=passed, **({"told_at": timezone.now()} if passed else {})
            )
            if changed and passed:
                sent += _mail(channel.station, lambda station, t=threshold: _threshold_text(station, t))
    return sent


def _threshold_text(station: Station, threshold: Threshold) -> tuple[str, str]:
    channel = threshold.channel
    unit = f" {channel.unit_label}" if channel.unit_label else ""
    value, limit = (formats.number_format(x, decimal_pos=2) for x in (channel.latest_value or 0.0, threshold.limit))
    subject = _("„%(station)s“: %(label)s ist bei %(value)s") % {
        "station": station.name,
        "label": channel.label,
        "value": value + unit,
    }
    words = _("über") if threshold.direction == Direction.ABOVE else _("unter")
    return subject, _("Der neueste Wert liegt %(words)s Ihrer Grenze von %(limit)s.") % {
        "words": words,
        "limit": limit + unit,
    }


def _mail(station: Station, text: Any) -> int:
    owner = station.owner
    if owner is None or not owner.is_active or not owner.email:
        return 0
    with override("de"):
        subject, sentence = text(station)
        lines = [
            _("Guten Tag,"), "", sentence, "", settings.BASE_URL + station.canonical_url, "",
            _("Diese Nachrichten stellen Sie hier ein oder ab:"),
            f"{settings.BASE_URL}{station.canonical_url}nachrichten/",
        ]  # fmt: skip
    queue.enqueue(message=EmailMessage(" ".join(subject.split()), "\n".join(lines), None, [owner.email]))
    return 1
