"""What is shown of registrations: the offer on the event's page, the list for the door, the counts that stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from dialogues.enums import EventStatus, Origin, RegistrationState, Window
from dialogues.models import Admission, Event, Registration


@dataclass(frozen=True)
class Offer:
    """What an event's page says about registering. No names, only numbers; `mine` is the reader's own."""

    window: str
    opens_at: datetime | None
    closes_at: datetime | None
    seats: int | None
    free: int | None
    waits: bool
    waiting_list: bool
    mine: Registration | None = None
    next_change: datetime | None = None

    @property
    def is_full(self) -> bool:
        return self.waits or self.free == 0


def offer(event: Event, user: Any) -> Offer | None:
    """None where there is nothing to say: drafts, cancelled and past events."""
    if event.status != EventStatus.PUBLISHED or event.starts_at <= timezone.now():
        return None
    admission = Admission.objects.filter(event=event).first()
    if admission is None or not admission.needed:
        return Offer(Window.NOT_NEEDED, None, None, None, None, False, False)
    taken = admission.registrations.seated().aggregate(n=Sum("persons"))["n"] or 0
    own = None
    if getattr(user, "is_authenticated", False):
        own = admission.registrations.live().filter(user=user).first()
    window, ends = admission.window(event), admission.ends(event)
    upcoming = [moment for moment in (admission.opens_at, ends) if moment and moment > timezone.now()]
    return Offer(
        window=window,
        opens_at=admission.opens_at,
        closes_at=ends,
        seats=admission.seats,
        free=None if admission.seats is None else max(0, admission.seats - taken),
        waits=admission.registrations.queue().exists(),
        waiting_list=admission.waiting_list,
        mine=own,
        next_change=min(upcoming) if upcoming else None,
    )


def attendees(admission: Admission, search: str = "") -> list[Registration]:
    """Everyone with a seat or on the list, by name; `search` finds parts of names and door codes."""
    rows = Registration.objects.live().filter(admission__event=admission.event_id).order_by("pk")
    words = search.casefold().split()
    found = [row for row in rows if all(word in f"{row.name} {row.code}".casefold() for word in words)]
    return sorted(found, key=lambda row: (ORDER.index(row.state), row.number or 0, row.name.casefold(), row.pk))


ORDER: list[str] = [
    RegistrationState.CONFIRMED,
    RegistrationState.HELD,
    RegistrationState.WAITING,
    RegistrationState.ASKED,
]


def figures(admission: Admission) -> dict[str, int]:
    """Counts of people without names; kept when the registrations are deleted."""
    entries = Registration.objects.filter(admission__event=admission.event_id)
    rows = entries.values_list("state", "origin", "persons", "arrived")
    found = dict.fromkeys(("registered", "came", "no_show", "walk_ins", "waiting", "cancelled", "lapsed"), 0)
    for state, origin, persons, arrived in rows:
        if origin == Origin.WALK_IN:
            found["walk_ins"] += arrived or 0
        elif state == RegistrationState.CONFIRMED:
            found["registered"] += persons
            found["came"] += arrived or 0
            found["no_show"] += persons - (arrived or 0)
        elif state == RegistrationState.WAITING:
            found["waiting"] += persons
        elif state == RegistrationState.CANCELLED:
            found["cancelled"] += persons
        else:
            found["lapsed"] += persons
    return found
