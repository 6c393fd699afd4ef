"""What people do with their own registration, by the link of the mail or signed in: see, change, cancel."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.registration import asking, letters, seats, tokens
from dialogues.domain.revisions import count_revision
from dialogues.enums import RegistrationState
from dialogues.models import Registration
from dialogues.models.registration import UNCONFIRMED
from portal.exceptions import DomainError


def see(*, token: str) -> Registration:
    """Errors: bad_token (404). Unconfirmed ones have no such link."""
    return tokens.read(token)


def position(registration: Registration) -> int | None:
    """The place on the waiting list, from 1; None for those who do not wait."""
    if registration.state != RegistrationState.WAITING:
        return None
    ahead = Registration.objects.queue().filter(admission=registration.admission_id, number__lt=registration.number)
    return ahead.count() + 1


def change(*, token: str, persons: int, needs: str) -> Registration:
    """Fewer people always, more where seats are free and nobody waits; on the waiting list up to the party's limit.

    Errors: bad_token (404), gone (409), closed (409), bad_party, no_room (409).
    """
    found = tokens.read(token)
    with seats.locked(found.admission_id) as hall:
        registration = seats.mine(hall, found.pk)
        demand_before(hall, registration)
        more = persons - registration.persons
        if more > 0 or persons < 1:
            asking.demand_party(hall.admission, persons)
        if more > 0 and registration.state == RegistrationState.CONFIRMED and not hall.has_room(more):
            raise DomainError("no_room", _("So viele Plätze sind nicht mehr frei."), field="persons", status=409)
        if more > 0 and registration.state == RegistrationState.WAITING:
            message = _("Auf der Warteliste können Sie die Gruppe nur verkleinern.")
            raise DomainError("no_room", message, field="persons", status=409)
        registration.persons, registration.needs = persons, asking.clean(needs)
        registration.save(update_fields=["persons", "needs", "updated_at"])
        seats.note("registration.changed", registration)
        if more:
            letters.changed(registration, hall.event)
    return registration


def cancel(*, token: str) -> None:
    """Gives the seats back; name, address and needs go, and the waiting list moves up. Does nothing twice.

    Errors: bad_token (404), closed (409: after the beginning, when the door counts).
    """
    found = tokens.read(token)
    with seats.locked(found.admission_id) as hall:
        registration = hall.admission.registrations.filter(pk=found.pk).first()
        if registration is None or not registration.is_live:
            return
        demand_before(hall, registration)
        registration.admission = hall.admission
        leave(hall, registration)


def leave(hall: seats.Hall, registration: Registration, *, actor: object = None, by_staff: bool = False) -> None:
    """Within the lock: tells the person, empties the row, frees the seats.

    The cancelled calendar entry is newer than all before it, and one that comes with a later registration newer still.
    """
    if registration.state not in UNCONFIRMED:
        count_revision(hall.event)
        letters.cancelled(registration, hall.event, by_staff=by_staff)
        count_revision(hall.event)
    seats.empty(registration, RegistrationState.CANCELLED)
    seats.note("registration.cancelled", registration, actor)


def demand_before(hall: seats.Hall, registration: Registration) -> None:
    if timezone.now() >= hall.event.starts_at or registration.arrived is not None:
        raise DomainError("closed", _("Der Dialog hat schon begonnen; die Anmeldung bleibt, wie sie ist."), status=409)
