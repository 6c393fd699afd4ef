"""Seats are counted here and nowhere else, under a lock on the event's `Admission` row.

Every act opens `locked(...)`: expired holds lapse first, then the act counts and writes, then whoever fits moves up.
The rule of the waiting list: strictly in order of confirmation, so that a party of three is not overtaken for ever by
single people. In the last 24 hours before the beginning the first one who fits moves up, so that no seat stays empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.registration import letters
from dialogues.enums import EventStatus, RegistrationState
from dialogues.models import Admission, Event, Registration
from dialogues.models.registration import UNCONFIRMED
from portal import audit, cache
from portal.exceptions import DomainError

HOLD = timedelta(hours=24)
FILL_UP = timedelta(hours=24)


@dataclass
class Hall:
    """The locked row, its event as it stands after the lock, and the seats."""

    admission: Admission
    event: Event

    def taken(self) -> int:
        return int(self.admission.registrations.seated().aggregate(n=Sum("persons"))["n"] or 0)

    def free(self) -> int | None:
        """None where seats are not limited; negative where walk-ins filled more than was left."""
        return None if self.admission.seats is None else self.admission.seats - self.taken()

    def is_strict(self) -> bool:
        return timezone.now() < self.event.starts_at - FILL_UP

    def has_room(self, persons: int) -> bool:
        """Whether a newcomer gets a seat at once: nobody who waits is overtaken."""
        free = self.free()
        if free is not None and persons > free:
            return False
        return not (self.is_strict() and self.admission.registrations.queue().exists())

    def seat(self, registration: Registration, state: str = RegistrationState.CONFIRMED) -> None:
        registration.state, registration.seat_at, registration.number = state, timezone.now(), None

    def queue(self, registration: Registration) -> None:
        """Puts a confirmed party at the end of the waiting list."""
        registration.state, registration.number = RegistrationState.WAITING, self.admission.next_number
        self.admission.next_number += 1
        self.admission.save(update_fields=["next_number", "updated_at"])

    def sweep(self) -> int:
        """Holds that nobody confirmed in time lapse, and what was typed into them goes."""
        expired = self.admission.registrations.filter(state__in=UNCONFIRMED, held_until__lte=timezone.now())
        lapsed = 0
        for registration in expired:
            empty(registration, RegistrationState.LAPSED)
            lapsed += 1
        return lapsed

    def move_up(self) -> int:
        """Gives free seats to the waiting list; returns how many parties moved up. Nobody moves after the beginning."""
        if self.event.status != EventStatus.PUBLISHED or timezone.now() >= self.event.starts_at:
            return 0
        free, moved = self.free(), 0
        for registration in self.admission.registrations.queue():
            if free is not None and free <= 0:
                break
            if free is not None and registration.persons > free:
                if self.is_strict():
                    break
                continue
            self.seat(registration)
            registration.save()
            note("registration.moved_up", registration)
            letters.moved_up(registration, self.event)
            free = None if free is None else free - registration.persons
            moved += 1
        return moved


@contextmanager
def locked(admission_id: int) -> Iterator[Hall]:
    """One transaction that holds the lock. The event is read after the lock, so a cancellation is never overlooked."""
    with transaction.atomic():
        admission = Admission.objects.select_for_update().get(pk=admission_id)
        hall = Hall(admission, Event.objects.get(pk=admission.event_id))
        hall.sweep()
        yield hall
        hall.move_up()
        transaction.on_commit(cache.invalidate)  # the event's page says how many seats are left


def mine(hall: Hall, registration_id: int) -> Registration:
    """The registration as it stands after the lock; raises DomainError `gone` where it was cancelled or lapsed."""
    found = hall.admission.registrations.filter(pk=registration_id).first()
    if found is None or not found.is_live:
        raise DomainError("gone", _("Diese Anmeldung gibt es nicht mehr."), status=409)
    found.admission = hall.admission
    return found


def empty(registration: Registration, state: str) -> None:
    """Ends a registration: only its size and what became of it stay."""
    registration.state, registration.number, registration.held_until = state, None, None
    registration.name = registration.email = registration.needs = registration.sender = ""
    registration.user = None
    registration.save()


def note(action: str, registration: Registration, actor: object = None) -> None:
    """The audit entry: no name, no address, and no account of a guest, since it outlives the registration."""
    payload = {
        "admission": registration.admission_id, "state": registration.state, "persons": registration.persons,
    }  # fmt: skip
    audit.record(actor=actor, action=action, obj=registration, payload=payload)
