"""Register: with a link in a mail for everyone, at once for signed-in people whose address is confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.registration import letters, seats, tokens
from dialogues.enums import EventStatus, Origin, RegistrationState, Window
from dialogues.models import Admission, Event, Registration
from dialogues.models.registration import UNCONFIRMED
from portal.exceptions import DomainError
from portal.text import normalise

ASK_AGAIN = timedelta(minutes=10)
PER_SENDER, WITHIN = 10, timedelta(hours=1)
OPEN_PER_ADDRESS = 5


def register(
    *,
    user: Any,
    event: Event,
    name: str,
    email: str = "",
    persons: int = 1,
    needs: str = "",
    language: str = "de",
    sender: str = "",
    sample: bool = False,
) -> Registration | None:
    """Asks for seats. Signed-in people with a confirmed address get their registration back; all others get None,
    whatever became of it, and a mail that says it: nobody finds out by this door who is registered.

    `sender` is a keyed hash that names the connection for a day, "" for a trusted caller.
    Errors: not_needed, not_open, closed, no_name, bad_email, bad_party, full (409), too_fast (429).
    """
    address, proven = address_of(user, email)
    who = name_line(name)
    admission = Admission.objects.filter(event=event).first()
    if admission is None:
        raise DomainError("not_needed", _("Für diesen Dialog muss man sich nicht anmelden."), status=409)
    with seats.locked(admission.pk) as hall:
        demand_open(hall)
        demand_party(hall.admission, persons)
        has_room = hall.has_room(persons)
        known = hall.admission.registrations.live().filter(email=address).first()
        if not (has_room or hall.admission.waiting_list or (proven and known)):
            raise full(hall)
        if not proven:
            demand_pace(hall.admission, sender)
        if known is not None:
            known.admission = hall.admission
            if proven:
                return again(hall, known, user)
            remind_of(hall, known)
            return None
        if not proven and is_pestered(address):
            return None
        registration = Registration(
            admission=hall.admission,
            name=who,
            email=address,
            user=user if proven else None,
            persons=persons,
            needs=clean(needs),
            language=language,
            sender="" if proven else sender,
            sample=sample,
        )
        if proven:
            return settle(hall, registration)
        registration.held_until = timezone.now() + seats.HOLD
        registration.state = RegistrationState.HELD if has_room else RegistrationState.ASKED
        registration.save()
        seats.note("registration.asked", registration)
        letters.please_confirm(registration, hall.event)
    return None


def confirm(*, token: str) -> Registration:
    """The link of the mail was pressed: a held seat is theirs, others get a seat or stand on the waiting list.

    Pressed twice it changes nothing. Errors: bad_token (404), gone (409: pressed too late), full (409).
    """
    found = tokens.read(token, tokens.CONFIRM)
    with seats.locked(found.admission_id) as hall:
        registration = seats.mine(hall, found.pk)
        if registration.state in UNCONFIRMED:
            demand_running(hall)
            settle(hall, registration)
    return registration


def decline(*, token: str) -> None:
    """ "Das war ich nicht": what was typed goes at once. Does nothing twice. Errors: bad_token (404)."""
    found = tokens.read(token, tokens.CONFIRM)
    with seats.locked(found.admission_id) as hall:
        registration = hall.admission.registrations.filter(pk=found.pk, state__in=UNCONFIRMED).first()
        if registration is not None:
            seats.empty(registration, RegistrationState.LAPSED)
            seats.note("registration.declined", registration)


def settle(hall: seats.Hall, registration: Registration) -> Registration:
    """Gives a proven registration its seat or its place on the waiting list, and writes the mail."""
    registration.confirmed_at, registration.held_until = timezone.now(), None
    if registration.state == RegistrationState.HELD or hall.has_room(registration.persons):
        hall.seat(registration)
    elif hall.admission.waiting_list:
        hall.queue(registration)
    else:
        raise full(hall)
    registration.save()
    seats.note("registration.confirmed", registration)
    write = letters.registered if registration.state == RegistrationState.CONFIRMED else letters.waiting
    write(registration, hall.event)
    return registration


def again(hall: seats.Hall, known: Registration, user: Any) -> Registration:
    """A signed-in person whose own address is known already: the link is not needed any more."""
    known.user = user
    if known.state in UNCONFIRMED:
        return settle(hall, known)
    known.save(update_fields=["user", "updated_at"])
    return known


def remind_of(hall: seats.Hall, known: Registration) -> None:
    """The same address once more: one mail in ten minutes that says how it stands."""
    now = timezone.now()
    if now - known.asked_at < ASK_AGAIN:
        return
    known.asked_at = now
    known.save(update_fields=["asked_at", "updated_at"])
    write = letters.please_confirm if known.state in UNCONFIRMED else letters.status
    write(known, hall.event)


def address_of(user: Any, email: str) -> tuple[str, bool]:
    """The address and whether it is proven: only the confirmed one of the signed-in person is."""
    if getattr(user, "is_authenticated", False) and is_confirmed(user):
        return user.email.strip().lower(), True
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError("bad_email", _("Diese E-Mail-Adresse stimmt nicht."), field="email") from error
    return address, False


def is_confirmed(user: Any) -> bool:
    from allauth.account.models import EmailAddress

    confirmed: bool = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()
    return confirmed


def is_pestered(address: str) -> bool:
    """Someone may be filling a stranger's mailbox: no further mail until some of these are confirmed or lapse."""
    waiting = Registration.objects.filter(email=address, state__in=UNCONFIRMED, held_until__gt=timezone.now())
    return waiting.count() >= OPEN_PER_ADDRESS


def name_line(name: str) -> str:
    line = " ".join(normalise(name).split())[:80]
    if not line:
        raise DomainError("no_name", _("Bitte geben Sie einen Namen an; ein ausgedachter genügt."), field="name")
    return line


def clean(needs: str) -> str:
    return normalise(needs)[:1000]


def demand_running(hall: seats.Hall) -> None:
    if hall.event.status != EventStatus.PUBLISHED or timezone.now() >= hall.event.starts_at:
        raise DomainError("closed", _("Die Anmeldung ist geschlossen."), status=409)


def demand_open(hall: seats.Hall) -> None:
    window = hall.admission.window(hall.event)
    if window == Window.NOT_NEEDED:
        raise DomainError("not_needed", _("Für diesen Dialog muss man sich nicht anmelden."), status=409)
    demand_running(hall)
    if window == Window.BEFORE:
        raise DomainError("not_open", _("Die Anmeldung ist noch nicht offen."), status=409)
    if window == Window.CLOSED:
        raise DomainError("closed", _("Die Anmeldung ist geschlossen."), status=409)


def demand_party(admission: Admission, persons: int) -> None:
    if not 1 <= persons <= admission.party_max:
        message = _("Möglich sind 1 bis %(most)s Personen.") % {"most": admission.party_max}
        raise DomainError("bad_party", message, field="persons")


def demand_pace(admission: Admission, sender: str) -> None:
    recent = Registration.objects.filter(origin=Origin.WEB, created_at__gte=timezone.now() - WITHIN)
    if sender and recent.filter(sender=sender).count() >= PER_SENDER:
        message = _("Das waren viele Anmeldungen in kurzer Zeit. Bitte warten Sie eine Stunde oder rufen Sie uns an.")
        raise DomainError("too_fast", message, status=429)


def full(hall: seats.Hall) -> DomainError:
    free = hall.free() or 0
    if free > 0 and not hall.admission.registrations.queue().exists():
        message = _("So viele Plätze sind nicht mehr frei; es gibt noch %(free)s.") % {"free": free}
        return DomainError("full", message, field="persons", status=409)
    return DomainError("full", _("Alle Plätze sind vergeben."), status=409)
