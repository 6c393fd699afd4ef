"""The door of an event: check people in, undo it, let in walk-ins; and registrations that staff take by telephone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.registration import asking, own, seats
from dialogues.enums import EventStatus, Origin, RegistrationState
from dialogues.models import Admission, Event, Registration
from dialogues.models.registration import LARGEST_PARTY
from dialogues.permissions import can_run_door
from portal.exceptions import DomainError, NotAllowed

KEPT = timedelta(minutes=10)


@dataclass(frozen=True)
class Count:
    """People, not parties. `room` = how many more may come in without a seat of their own; None without limit."""

    seats: int | None
    registered: int
    present: int
    expected: int
    walk_ins: int
    waiting: int
    room: int | None


def count(admission: Admission, event: Event) -> Count:
    """Until ten minutes after the beginning seats are kept for those who registered, then they are free."""
    entries = Registration.objects.live().filter(admission__event=event)
    rows = list(entries.values_list("state", "origin", "persons", "arrived"))
    registered = sum(persons for state, origin, persons, _a in rows if seated(state) and origin != Origin.WALK_IN)
    present = sum(arrived or 0 for _s, _o, _p, arrived in rows)
    expected = sum(persons for state, _o, persons, arrived in rows if seated(state) and arrived is None)
    kept = expected if timezone.now() < event.starts_at + KEPT else 0
    return Count(
        seats=admission.seats,
        registered=registered,
        present=present,
        expected=expected,
        walk_ins=sum(arrived or 0 for _s, origin, _p, arrived in rows if origin == Origin.WALK_IN),
        waiting=sum(persons for state, _o, persons, _a in rows if state == RegistrationState.WAITING),
        room=None if admission.seats is None else max(0, admission.seats - present - kept),
    )


def seated(state: str) -> bool:
    return state in (RegistrationState.CONFIRMED, RegistrationState.HELD)


def check_in(*, user: Any, registration: Registration, arrived: int) -> Registration:
    """They are here, so many of the party. Those with a seat always get in; others while there is room.

    Errors: NotAllowed, gone (409), bad_party, hall_full (409), not_running (409).
    """
    demand_door(user)
    with seats.locked(registration.admission_id) as hall:
        demand_published(hall)
        found = seats.mine(hall, registration.pk)
        if not 1 <= arrived <= found.persons:
            raise DomainError("bad_party", _("So viele stehen nicht auf der Anmeldung."), field="arrived")
        if not seated(found.state):
            demand_room(hall, arrived)
        if found.state != RegistrationState.CONFIRMED:
            hall.seat(found)
            found.held_until, found.confirmed_at = None, found.confirmed_at or timezone.now()
        found.arrived, found.arrived_at = arrived, timezone.now()
        found.save()
        seats.note("registration.checked_in", found, user)
    return found


def undo(*, user: Any, registration: Registration) -> None:
    """Takes a check-in back; a walk-in leaves the list. Does nothing twice. Errors: NotAllowed, gone (409)."""
    demand_door(user)
    with seats.locked(registration.admission_id) as hall:
        found = seats.mine(hall, registration.pk)
        if found.is_walk_in:
            seats.note("registration.check_in_undone", found, user)
            found.delete()
        elif found.arrived is not None:
            found.arrived, found.arrived_at = None, None
            found.save(update_fields=["arrived", "arrived_at", "updated_at"])
            seats.note("registration.check_in_undone", found, user)


def walk_in(*, user: Any, event: Event, persons: int, name: str = "") -> Registration:
    """Lets in people without a registration; a name is not needed. Errors: NotAllowed, bad_party, hall_full (409)."""
    demand_door(user)
    demand_size(persons)
    with seats.locked(admission_of(event).pk) as hall:
        demand_published(hall)
        demand_room(hall, persons)
        now = timezone.now()
        found = Registration(
            admission=hall.admission, name=" ".join(name.split())[:80], persons=persons, origin=Origin.WALK_IN,
            confirmed_at=now, arrived=persons, arrived_at=now, sample=event.sample,
        )  # fmt: skip
        hall.seat(found)
        found.save()
        seats.note("registration.walked_in", found, user)
    return found


def add(
    *, user: Any, event: Event, name: str, persons: int, needs: str = "", email: str = "", sample: bool = False
) -> Registration:
    """Staff take a registration by telephone or on the spot; the address is not needed, a seat or the list is.

    Works outside the dates of the registration too, but not after the beginning. Errors: NotAllowed, no_name,
    bad_email, bad_party, known (409), full (409), closed (409).
    """
    demand_door(user)
    demand_size(persons)
    who = asking.name_line(name)
    address = asking.address_of(None, email)[0] if email.strip() else ""
    with seats.locked(admission_of(event).pk) as hall:
        asking.demand_running(hall)
        if address and hall.admission.registrations.live().filter(email=address).exists():
            raise DomainError("known", _("Diese Adresse ist schon angemeldet."), field="email", status=409)
        registration = Registration(
            admission=hall.admission, name=who, email=address, persons=persons, needs=asking.clean(needs),
            origin=Origin.STAFF, sample=sample,
        )  # fmt: skip
        return asking.settle(hall, registration)


def remove(*, user: Any, registration: Registration) -> None:
    """Staff cancel for someone; the person gets a mail where there is an address. Errors: NotAllowed, gone (409)."""
    demand_door(user)
    with seats.locked(registration.admission_id) as hall:
        own.leave(hall, seats.mine(hall, registration.pk), actor=user, by_staff=True)


def admission_of(event: Event) -> Admission:
    """The row of the event; the door works for events without registration too, with walk-ins alone."""
    return Admission.objects.get_or_create(event=event, defaults={"needed": False})[0]


def look_up(event: Event) -> Admission:
    """The same for pages that are only looked at: where no row is stored, none is written."""
    return Admission.objects.filter(event=event).first() or Admission(event=event, needed=False)


def demand_door(user: Any) -> None:
    if not can_run_door(user):
        raise NotAllowed


def demand_size(persons: int) -> None:
    if not 1 <= persons <= LARGEST_PARTY:
        raise DomainError("bad_party", _("Bitte wählen Sie eine Zahl von 1 bis 5."), field="persons")


def demand_published(hall: seats.Hall) -> None:
    if hall.event.status != EventStatus.PUBLISHED:
        raise DomainError("not_running", _("Dieser Dialog findet nicht statt."), status=409)


def demand_room(hall: seats.Hall, persons: int) -> None:
    room = count(hall.admission, hall.event).room
    if room is not None and persons > room:
        message = _("Dafür ist kein Platz: %(room)s frei, die anderen sind besetzt oder angemeldet.") % {"room": room}
        raise DomainError("hall_full", message, status=409)
