"""Mails about a registration, in the language in which the person registered; all through the outbox.

The first mail goes to an address nobody has proven yet, so it carries nothing that was typed into the form.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.domain.registration import invite, tokens
from dialogues.models import Event, Registration
from portal.dates import weekday


def please_confirm(registration: Registration, event: Event) -> None:
    def words() -> tuple[str, list[str]]:
        return _("Bitte bestätigen: %(title)s") % {"title": event.title}, [
            _("jemand hat mit dieser Adresse Plätze bestellt für:"), "", *facts(event), "",
            _("Waren Sie das? Dann bestätigen Sie bitte innerhalb von 24 Stunden:"),
            tokens.confirm_url(registration), "",
            _("Erst dann gilt die Anmeldung. Sonst tun Sie einfach nichts: Wir löschen die Adresse nach 24 Stunden."),
        ]  # fmt: skip

    send(registration, event, words, named=False)


def registered(registration: Registration, event: Event) -> None:
    """A seat, at once or after the link was pressed; with the calendar entry."""

    def words() -> tuple[str, list[str]]:
        note = registration.admission.note.strip()
        return _("Angemeldet: %(title)s") % {"title": event.title}, [
            people(registration), "", *facts(event), "",
            *([note, ""] if note else []), *at_the_door(registration), "", *way_out(registration),
        ]  # fmt: skip

    send(registration, event, words, calendar=True)


def waiting(registration: Registration, event: Event) -> None:
    def words() -> tuple[str, list[str]]:
        return _("Auf der Warteliste: %(title)s") % {"title": event.title}, [
            _("zurzeit sind alle Plätze vergeben. Sie stehen auf der Warteliste für:"), "",
            *facts(event), "",
            _("Wird etwas frei, rücken Sie von selbst nach; wir schreiben Ihnen sofort."), *way_out(registration),
        ]  # fmt: skip

    send(registration, event, words)


def moved_up(registration: Registration, event: Event) -> None:
    def words() -> tuple[str, list[str]]:
        return _("Sie haben einen Platz: %(title)s") % {"title": event.title}, [
            _("es ist etwas frei geworden, und Sie sind nachgerückt."), people(registration),
            "", *facts(event), "", *at_the_door(registration), "",
            _("Sie können doch nicht? Dann sagen Sie bitte ab, damit die Nächsten nachrücken:"),
            tokens.own_url(registration),
        ]  # fmt: skip

    send(registration, event, words, calendar=True)


def status(registration: Registration, event: Event) -> None:
    """Someone typed an address that is registered already: only its owner learns how it stands."""

    def words() -> tuple[str, list[str]]:
        return _("Ihre Anmeldung: %(title)s") % {"title": event.title}, [
            _("diese Adresse ist schon angemeldet; wir haben nichts geändert. Es bleibt bei:"),
            f"* {registration.get_state_display()}, {people(registration)}", "", *facts(event), "",
            *way_out(registration),
        ]  # fmt: skip

    send(registration, event, words)


def cancelled(registration: Registration, event: Event, *, by_staff: bool = False) -> None:
    """The last mail to this address about this event; call it before the row is emptied."""

    def words() -> tuple[str, list[str]]:
        said = _("wir haben Ihre Anmeldung zurückgenommen.") if by_staff else _("Ihre Anmeldung ist abgesagt.")
        return _("Abgemeldet: %(title)s") % {"title": event.title}, [
            said, "", *facts(event), "",
            _("Ihren Namen und Ihre Adresse haben wir aus der Liste gelöscht."),
        ]  # fmt: skip

    send(registration, event, words, calendar=True, off=True)


def changed(registration: Registration, event: Event) -> None:
    def words() -> tuple[str, list[str]]:
        return _("Anmeldung geändert: %(title)s") % {"title": event.title}, [
            people(registration), "", *facts(event), "", *way_out(registration),
        ]  # fmt: skip

    send(registration, event, words)


def reminder(registration: Registration, event: Event, days: int) -> None:
    def words() -> tuple[str, list[str]]:
        soon = _("morgen ist es so weit.") if days == 1 else _("in drei Tagen ist es so weit.")
        return _("Erinnerung: %(title)s") % {"title": event.title}, [
            soon, people(registration), "", *facts(event), "",
            *at_the_door(registration), "",
            _("Sie können doch nicht? Dann sagen Sie bitte ab, damit andere nachrücken:"),
            tokens.own_url(registration),
        ]  # fmt: skip

    send(registration, event, words)


def moved(registration: Registration, event: Event, before: dict[str, Any]) -> None:
    """Another time or place; `before` holds what stood there."""

    def words() -> tuple[str, list[str]]:
        old = facts(Event(title=event.title, **before))
        reason = [event.move_reason, ""] if event.move_reason else []
        return _("Geändert: %(title)s") % {"title": event.title}, [
            _("Zeit oder Ort haben sich geändert. Bisher:"), "", *old[1:], "",
            _("Jetzt gilt:"), "", *facts(event)[1:], "", *reason,
            _("Ihre Anmeldung gilt weiter. Passt es nicht mehr, sagen Sie bitte ab:"), tokens.own_url(registration),
        ]  # fmt: skip

    send(registration, event, words, calendar=True)


def event_off(registration: Registration, event: Event) -> None:
    def words() -> tuple[str, list[str]]:
        reason = [event.cancel_reason, ""] if event.cancel_reason else []
        return _("Abgesagt: %(title)s") % {"title": event.title}, [
            _("dieser Termin fällt aus:"), "", *facts(event), "", *reason,
            _("Sie brauchen nichts zu tun. Neue Termine stehen hier:"), f"{settings.BASE_URL}/dialoge/",
        ]  # fmt: skip

    send(registration, event, words, calendar=True)


def send(
    registration: Registration,
    event: Event,
    words: Any,
    *,
    named: bool = True,
    calendar: bool = False,
    off: bool = False,
) -> None:
    """Puts the mail into the outbox within the caller's transaction; nothing where there is no address.

    `named` only where the address is proven: a name is free text of the form.
    """
    if not registration.email:
        return
    with translation.override(registration.language):
        subject, lines = words()
        mark = f"[{_('Beispieldaten')}] " if event.sample else ""
        who = registration.name if named else ""
        hello = _("Guten Tag %(name)s,") % {"name": who} if who else _("Guten Tag,")
        text = "\n".join([hello, "", *lines, "", "Digitale Heimat PB", ""])
        mail = EmailMessage(f"{mark}{' '.join(subject.split())}", text, None, [registration.email])
        if calendar:
            mail.attach("termin.ics", invite.entry(registration, event, off=off), "text/calendar")
    mail.send()


def people(registration: Registration) -> str:
    number = registration.persons
    return ngettext(
        "Ihre Anmeldung gilt für %(n)s Person.", "Ihre Anmeldung gilt für %(n)s Personen.", number
    ) % {"n": number}  # fmt: skip


def facts(event: Event) -> list[str]:
    """Title, when, where."""
    lines = [event.title, when(event)]
    if place := invite.where(event):
        lines.append(place)
    return lines


def when(event: Event) -> str:
    start, end = timezone.localtime(event.starts_at), timezone.localtime(event.ends_at)
    day, begins = weekday(start), formats.time_format(start, "H:i")
    return _("%(day)s, %(begins)s bis %(ends)s Uhr") % {
        "day": day, "begins": begins, "ends": formats.time_format(end, "H:i"),
    }  # fmt: skip


def at_the_door(registration: Registration) -> list[str]:
    return [
        _("Am Einlass nennen Sie Ihren Namen oder diesen Code: %(code)s") % {"code": registration.code},
        _("Den Code als Bild finden Sie auf der Seite Ihrer Anmeldung."),
    ]


def way_out(registration: Registration) -> list[str]:
    return [_("Ansehen, ändern oder absagen:"), tokens.own_url(registration)]
