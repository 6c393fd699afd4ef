"""Events as schema.org describes them, for search engines and the calendars of others."""

from __future__ import annotations

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from dialogues.enums import EventStatus
from dialogues.models import Event, ProgrammePoint, Series

CONTEXT = "https://schema.org"
CITY = "Stadt Paderborn"
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def data_block(data: dict[str, Any]) -> SafeString:
    """A block of data for the page. Browsers never run it, so no policy has to allow it; nothing in it can end it."""
    text = json.dumps({"@context": CONTEXT} | data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')


def event_schema(request: HttpRequest, event: Event, points: list[ProgrammePoint] | None = None) -> dict[str, Any]:
    """One event; `points` with their speakers become parts of it."""
    url = request.build_absolute_uri(event.get_absolute_url())
    found: dict[str, Any] = {
        "@type": "Event",
        "@id": f"{url}#termin",
        "identifier": event.slug,
        "name": event.title,
        "description": event.topic,
        "url": url,
        "startDate": moment(event.starts_at),
        "endDate": moment(event.ends_at),
        "eventStatus": f"{CONTEXT}/{status(event)}",
        "eventAttendanceMode": f"{CONTEXT}/{attendance(event)}",
        "location": locations(event),
        "organizer": {"@type": "Organization", "name": event.organiser or CITY, "url": request.build_absolute_uri("/")},
        "inLanguage": "de",
    }
    if event.moved_from and event.status == EventStatus.PUBLISHED:
        found["previousStartDate"] = moment(event.moved_from)
    if event.series:
        found["superEvent"] = series_schema(request, event.series)
    if points:
        found["subEvent"] = [part(point) for point in points if point.starts_at]
    if event.sample:
        found["additionalType"] = "Beispieldaten"
    return {key: value for key, value in found.items() if value not in (None, [], "")}


def series_schema(request: HttpRequest, series: Series) -> dict[str, Any]:
    url = request.build_absolute_uri(series.get_absolute_url())
    return {"@type": "EventSeries", "@id": f"{url}#reihe", "name": series.title, "url": url}


def status(event: Event) -> str:
    if event.status == EventStatus.CANCELLED:
        return "EventCancelled"
    return "EventRescheduled" if event.moved_from else "EventScheduled"


def attendance(event: Event) -> str:
    if event.stream_url and event.venue:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if event.stream_url else "OfflineEventAttendanceMode"


def locations(event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.venue:
        place: dict[str, Any] = {"@type": "Place", "name": event.venue}
        if event.address:
            place["address"] = event.address
        if event.has_place:
            place["geo"] = {"@type": "GeoCoordinates", "latitude": event.lat, "longitude": event.lng}
        if event.access:
            place["amenityFeature"] = [amenity(label) for label in event.access_labels]
        found.append(place)
    if event.stream_url:
        found.append({"@type": "VirtualLocation", "url": event.stream_url})
    return found


def amenity(label: str) -> dict[str, Any]:
    return {"@type": "LocationFeatureSpecification", "name": label, "value": True}


def part(point: ProgrammePoint) -> dict[str, Any]:
    found: dict[str, Any] = {"@type": "Event", "name": point.title, "startDate": moment(point.starts_at)}
    if point.ends_at:
        found["endDate"] = moment(point.ends_at)
    if speakers := [str(speaker) for speaker in point.speakers.all()]:
        found["performer"] = [{"@type": "PerformingGroup", "name": name} for name in speakers]
    return found


def moment(value: Any) -> str:
    """The time on the wall in Paderborn with its offset, as schema.org wants it."""
    return timezone.localtime(value).isoformat(timespec="minutes")
