"""The public events for other calendars: iCalendar (RFC 5545) and schema.org JSON, with the filters of the list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe
from icalendar import Calendar
from icalendar import Event as Entry

from dialogues.domain import listing
from dialogues.enums import EventKind, EventStatus
from dialogues.models import Event
from dialogues.models.events import EventQuerySet
from dialogues.views.schema import CONTEXT, event_schema
from projects.enums import Area

KEPT = timedelta(days=365)
MOST = 1000
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029]")


@require_safe
@conditional_page
def calendar_feed(request: HttpRequest) -> HttpResponse:
    """Public events from a year ago on, or from `von`; cancelled ones say so, invented ones too."""
    return as_ics(calendar(request, chosen(request)), "dialoge-paderborn", inline=True)


@require_safe
@conditional_page
def calendar_json(request: HttpRequest) -> HttpResponse:
    """The same as a list of schema.org Events (JSON-LD)."""
    items = [
        {"@type": "ListItem", "position": number, "item": event_schema(request, event)}
        for number, event in enumerate(chosen(request), 1)
    ]
    data = {
        "@context": CONTEXT,
        "@type": "ItemList",
        "name": _("Bürger-DigiLog Paderborn"),
        "url": request.build_absolute_uri(reverse("dialogues:event-list")),
        "numberOfItems": len(items),
        "itemListElement": items,
    }
    response = JsonResponse(data, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/ld+json; charset=utf-8"
    return shared(response)


@require_safe
@conditional_page
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event.objects.public().select_related("project", "series"), slug=slug)
    return as_ics(calendar(request, [event], event.title), event.slug)


def chosen(request: HttpRequest) -> EventQuerySet:
    filters = listing.filters_from(request.GET)
    events = Event.objects.public().select_related("project", "series")
    if filters.since is None:
        events = events.filter(ends_at__gte=timezone.now() - KEPT)
    return listing.narrowed(events, filters).order_by("starts_at", "pk")[:MOST]


def as_ics(calendar: Calendar, name: str, *, inline: bool = False) -> HttpResponse:
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'{"inline" if inline else "attachment"}; filename="{name}.ics"'
    return shared(response)


def shared(response: HttpResponse) -> HttpResponse:
    """Readable from every origin; asked for again each time, and answered with 304 where nothing changed."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cache-Control"] = "no-cache"
    return response


def calendar(request: HttpRequest, events: Iterable[Event], name: str = "") -> Calendar:
    feed = Calendar()
    feed.add("prodid", "-//Stadt Paderborn//Digitale Heimat PB//DE")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", line(name or _("Bürger-DigiLog Paderborn")))
    feed.add("x-wr-timezone", timezone.get_default_timezone_name())
    feed.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT6H")
    for event in events:
        feed.add_component(entry(request, event))
    return feed


def entry(request: HttpRequest, event: Event) -> Entry:
    """One VEVENT. Times are UTC, so that no reader needs our time zone; SEQUENCE grows with every change."""
    item = Entry()
    item.add("uid", f"{event.slug}@digitale-heimat-pb")
    item.add("sequence", event.sequence)
    item.add("dtstamp", event.updated_at)
    item.add("created", event.created_at)
    item.add("last-modified", event.updated_at)
    item.add("dtstart", event.starts_at)
    item.add("dtend", event.ends_at)
    title = f"{event.title} ({_('Beispieldaten')})" if event.sample else event.title
    cancelled = event.status == EventStatus.CANCELLED
    item.add("summary", line(f"{_('Abgesagt')}: {title}" if cancelled else title))
    item.add("description", words(description(event)))
    if place := ", ".join(part for part in (event.venue, event.address) if part):
        item.add("location", line(place))
    elif event.stream_url:
        item.add("location", event.stream_url)
    if event.has_place:
        item.add("geo", (event.lat, event.lng))
    item.add("categories", [line(label) for label in labels(event)])
    item.add("url", request.build_absolute_uri(event.get_absolute_url()))
    item.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if cancelled:
        item.add("transp", "TRANSPARENT")
    return item


def labels(event: Event) -> list[str]:
    """Kind, subject and series, each word once."""
    area = event.area or (event.project.area if event.project else "")
    found: list[Any] = [EventKind(event.kind).label]
    found += [Area(area).label] if area else []
    found += [event.series.title] if event.series else []
    return list(dict.fromkeys(str(label) for label in found))


def description(event: Event) -> str:
    parts = []
    if event.status == EventStatus.CANCELLED:
        parts.append(" ".join(part for part in (_("Dieser Dialog ist abgesagt."), event.cancel_reason) if part))
    elif event.moved_from:
        local = timezone.localtime(event.moved_from)
        parts.append(_("Verschoben. Früherer Beginn: %(when)s Uhr.") % {"when": local.strftime("%d.%m.%Y, %H:%M")})
    parts.append(event.topic)
    if event.access:
        parts.append(f"{_('Barrierefrei vor Ort')}: {', '.join(event.access_labels)}")
    if event.stream_url:
        parts.append(f"{_('Übertragung')}: {event.stream_url}")
    return "\n\n".join(part for part in parts if part)


def words(text: str) -> str:
    """Text without the control characters that RFC 5545 forbids; line breaks and tabs stay."""
    return CONTROL.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


def line(text: str) -> str:
    return " ".join(words(text).split())


def subscription(request: HttpRequest, filters: listing.EventFilters) -> dict[str, str]:
    """Addresses of this choice for calendars: to subscribe (webcal), to load, as JSON."""
    query = f"?{filters.query()}" if filters.is_active else ""
    ics = f"{reverse('dialogues:calendar')}{query}"
    return {
        "ics": ics,
        "json": f"{reverse('dialogues:calendar-json')}{query}",
        "full": request.build_absolute_uri(ics),
        "webcal": f"webcal://{request.get_host()}{ics}",
        "language": get_language() or "de",
    }
