"""`/dialoge/kalender.ics`: the public events for other calendars."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from dialogues.enums import EventStatus
from dialogues.models import Event

KEPT = timedelta(days=365)


def calendar_feed(request: HttpRequest) -> HttpResponse:
    """All public events from a year ago on; cancelled ones say so, invented ones too."""
    since = timezone.now() - KEPT
    events = Event.objects.public().filter(ends_at__gte=since).order_by("starts_at", "pk")
    response = HttpResponse(calendar(request, events).to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="dialoge-paderborn.ics"'
    return response


def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    from django.shortcuts import get_object_or_404

    event = get_object_or_404(Event.objects.public(), slug=slug)
    response = HttpResponse(calendar(request, [event]).to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{event.slug}.ics"'
    return response


def calendar(request: HttpRequest, events: object) -> Calendar:
    feed = Calendar()
    feed.add("prodid", "-//Stadt Paderborn//Digitale Heimat PB//DE")
    feed.add("version", "2.0")
    feed.add("x-wr-calname", _("Bürger-DigiLog Paderborn"))
    for event in events:  # type: ignore[attr-defined]
        feed.add_component(entry(request, event))
    return feed


def entry(request: HttpRequest, event: Event) -> Entry:
    item = Entry()
    item.add("uid", f"{event.slug}@digitale-heimat-pb")
    item.add("dtstamp", event.updated_at)
    item.add("dtstart", event.starts_at)
    item.add("dtend", event.ends_at)
    item.add("summary", f"{event.title} ({_('Beispieldaten')})" if event.sample else event.title)
    item.add("description", event.topic)
    if event.venue:
        item.add("location", event.venue)
    item.add("url", request.build_absolute_uri(event.get_absolute_url()))
    item.add("status", "CANCELLED" if event.status == EventStatus.CANCELLED else "CONFIRMED")
    return item
