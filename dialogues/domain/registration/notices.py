"""What the registered are told when their event changes; called inside the transaction of that change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from dialogues.domain.registration import letters, seats
from dialogues.enums import EventStatus, RegistrationState
from dialogues.models import Admission, Event

PLACE = ("starts_at", "ends_at", "venue", "address")
TOLD = (RegistrationState.CONFIRMED, RegistrationState.WAITING)


def event_cancelled(event: Event) -> int:
    """Writes to everyone who is registered or waits; returns how many. Their data goes with the retention rule."""
    return tell(event, letters.event_off)


def event_moved(event: Event, before: Mapping[str, Any]) -> int:
    """Writes to them where time or place differ from `before` (fields of the event); reminders start anew."""
    old = {name: before[name] for name in PLACE if name in before}
    if event.status != EventStatus.PUBLISHED or all(getattr(event, name) == value for name, value in old.items()):
        return 0
    fields = {name: getattr(event, name) for name in PLACE} | old
    return tell(event, lambda registration, now: letters.moved(registration, now, fields), again=True)


def tell(event: Event, write: Any, *, again: bool = False) -> int:
    admission = Admission.objects.filter(event=event).first()
    if admission is None or event.ends_at <= timezone.now():
        return 0
    with seats.locked(admission.pk) as hall:
        rows = hall.admission.registrations.filter(state__in=TOLD).select_related("admission")
        if again:
            rows.update(reminded=None)
        told = 0
        for registration in rows.iterator(chunk_size=200):
            write(registration, event)
            told += bool(registration.email)
    return told
