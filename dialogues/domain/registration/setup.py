"""How one registers for an event: settings by those who edit events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dialogues.domain.registration import seats
from dialogues.models import Admission, Event
from dialogues.models.registration import LARGEST_PARTY
from dialogues.permissions import can_edit_event
from portal import audit
from portal.exceptions import DomainError, NotAllowed


def configure(
    *,
    user: Any,
    event: Event,
    needed: bool = True,
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    seats_total: int | None = None,
    waiting_list: bool = True,
    party_max: int = 2,
    note: str = "",
) -> Admission:
    """Sets how one registers; more seats move the waiting list up at once.

    Errors: NotAllowed, closes_before_opens, closes_after_start, bad_party, bad_seats, too_few_seats (409),
    has_registrations (409).
    """
    if not can_edit_event(user):
        raise NotAllowed
    require_order(event, opens_at, closes_at)
    if not 1 <= party_max <= LARGEST_PARTY:
        raise DomainError("bad_party", _("Bitte wählen Sie eine Zahl von 1 bis 5."), field="party_max")
    if seats_total is not None and seats_total < 1:
        raise DomainError("bad_seats", _("Bitte geben Sie mindestens einen Platz an."), field="seats")
    admission, _new = Admission.objects.get_or_create(event=event, defaults={"needed": False})
    with seats.locked(admission.pk) as hall:
        found = hall.admission
        require_room(hall, seats_total)
        if found.needed and not needed and found.registrations.live().exists():
            message = _("Es sind schon Menschen angemeldet. Lassen Sie die Anmeldung an und die Plätze leer.")
            raise DomainError("has_registrations", message, field="needed", status=409)
        found.needed, found.opens_at, found.closes_at = needed, opens_at, closes_at
        found.seats, found.waiting_list, found.party_max = seats_total, waiting_list, party_max
        found.note = note.replace("\x00", "").strip()[:2000]
        found.save()
        payload = {"event": event.slug, "needed": needed, "seats": seats_total, "party_max": party_max}
        audit.record(actor=user, action="registration.configured", obj=found, payload=payload)
    return found


def require_order(event: Event, opens_at: datetime | None, closes_at: datetime | None) -> None:
    if opens_at and closes_at and closes_at <= opens_at:
        message = _("Das Ende der Anmeldung muss nach dem Beginn liegen.")
        raise DomainError("closes_before_opens", message, field="closes_at")
    if (opens_at and opens_at >= event.starts_at) or (closes_at and closes_at > event.starts_at):
        field = "opens_at" if opens_at and opens_at >= event.starts_at else "closes_at"
        message = _("Die Anmeldung muss vor dem Beginn des Dialogs liegen.")
        raise DomainError("closes_after_start", message, field=field)


def require_room(hall: seats.Hall, wanted: int | None) -> None:
    """Nobody loses a seat by a setting: seats go down to what is taken, no further."""
    taken = hall.taken()
    if wanted is not None and wanted < taken and wanted != hall.admission.seats:
        message = _("Es sind schon %(taken)s Plätze vergeben.") % {"taken": taken}
        raise DomainError("too_few_seats", message, field="seats", status=409)
