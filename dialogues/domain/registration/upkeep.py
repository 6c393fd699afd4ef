"""The periodic job: lapsed holds, moving up, reminders; an idle call reads twice and writes nothing."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from dialogues.domain.registration import letters, seats
from dialogues.enums import EventStatus, RegistrationState
from dialogues.models import Admission, Registration
from dialogues.models.registration import UNCONFIRMED

REMINDERS = (1, 3)  # days before, the nearest first
CHUNK = 50


def run() -> None:
    settle()
    remind()


def settle() -> int:
    """Lets expired holds lapse, and fills seats in the last 24 hours; returns how many events were looked at."""
    now = timezone.now()
    expired = Registration.objects.filter(state__in=UNCONFIRMED, held_until__lte=now)
    waiting = Registration.objects.filter(
        state=RegistrationState.WAITING,
        admission__event__status=EventStatus.PUBLISHED,
        admission__event__starts_at__gt=now,
        admission__event__starts_at__lte=now + seats.FILL_UP,
    )
    due = set(expired.values_list("admission", flat=True)) | set(waiting.values_list("admission", flat=True))
    for admission in sorted(due):
        with seats.locked(admission):
            pass
    return len(due)


def remind() -> int:
    """Writes to those with a seat, three days and one day before, each once; returns how many mails."""
    now = timezone.now()
    soon = Admission.objects.filter(
        event__status=EventStatus.PUBLISHED,
        event__starts_at__gt=now,
        event__starts_at__lte=now + timedelta(days=max(REMINDERS)),
    )
    return sum(remind_of(admission) for admission in soon.order_by("pk").values_list("pk", flat=True))


def remind_of(admission_id: int) -> int:
    written = 0
    while True:
        with seats.locked(admission_id) as hall:
            days = next(
                (n for n in REMINDERS if timezone.now() >= hall.event.starts_at - timedelta(days=n)), None
            )  # fmt: skip
            if days is None or hall.event.status != EventStatus.PUBLISHED:
                return written
            open_ones = hall.admission.registrations.filter(state=RegistrationState.CONFIRMED, arrived=None)
            rows = list(open_ones.filter(Q(reminded=None) | Q(reminded__gt=days)).order_by("pk")[:CHUNK])
            moment = hall.event.starts_at - timedelta(days=days)
            for registration in rows:
                registration.admission = hall.admission
                if registration.seat_at is None or registration.seat_at < moment:  # else the news is fresh
                    letters.reminder(registration, hall.event, days)
                    written += bool(registration.email)
            Registration.objects.filter(pk__in=[row.pk for row in rows]).update(reminded=days)
        if len(rows) < CHUNK:
            return written
