"""The calendar entry that goes with a mail; same UID and SEQUENCE as the public feed, so calendars update one entry."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from dialogues.domain.registration import tokens
from dialogues.enums import EventStatus
from dialogues.models import Event, Registration


def entry(registration: Registration, event: Event, *, off: bool = False) -> str:
    """`off` = this person does not come any more; a cancelled event is off for everyone."""
    cancelled = off or event.status == EventStatus.CANCELLED
    item = Entry()
    item.add("uid", f"{event.slug}@digitale-heimat-pb")
    item.add("dtstamp", timezone.now())
    item.add("sequence", event.sequence)
    item.add("dtstart", event.starts_at)
    item.add("dtend", event.ends_at)
    item.add("summary", f"{event.title} ({_('Beispieldaten')})" if event.sample else event.title)
    item.add("description", described(registration, event, cancelled))
    if place := where(event):
        item.add("location", place)
    item.add("url", f"{settings.BASE_URL}{event.get_absolute_url()}")
    item.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    feed = Calendar()
    feed.add("prodid", "-//Stadt Paderborn//Digitale Heimat PB//DE")
    feed.add("version", "2.0")
    feed.add("method", "CANCEL" if cancelled else "PUBLISH")
    feed.add_component(item)
    return str(feed.to_ical().decode())


def described(registration: Registration, event: Event, cancelled: bool) -> str:
    if cancelled:
        return event.topic
    words = _("Ihre Anmeldung ansehen oder absagen: %(url)s") % {"url": tokens.own_url(registration)}
    return f"{event.topic}\n\n{words}"


def where(event: Event) -> str:
    return ", ".join(part for part in (event.venue, event.address) if part)
