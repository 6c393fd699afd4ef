"""Where an event takes place: the point on the map, what the house has, where the stream is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from dialogues.domain.online import places
from dialogues.enums import Access
from dialogues.models import Event
from portal.exceptions import DomainError


def settle(event: Event) -> None:
    """Checks and tidies the fields of the venue in place; the part of the city follows from the point.

    Raises DomainError `bad_place`, `unknown_access` or `bad_stream`.
    """
    event.district, event.lat, event.lng = places.resolve(place="", lat=event.lat, lng=event.lng)
    wanted = set(event.access)
    if wanted - set(Access.values):
        raise DomainError("unknown_access", _("Diese Angabe zur Barrierefreiheit kennen wir nicht."), field="access")
    event.access = [item.value for item in Access if item.value in wanted]
    if event.stream_url:
        require_stream(event.stream_url)


def require_stream(url: str) -> None:
    """An address for a link: https, with a host, without a name or password in it."""
    words = _("Bitte geben Sie eine vollständige Adresse an, die mit https:// beginnt.")
    try:
        URLValidator(schemes=["https"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError) as error:
        raise DomainError("bad_stream", words, field="stream_url") from error
    if parts.username or parts.password:
        raise DomainError("bad_stream", words, field="stream_url")


def stream_host(event: Event) -> str:
    """Which host the link opens, to be said before one follows it; empty without a stream."""
    return urlsplit(event.stream_url).hostname or "" if event.stream_url else ""


def map_point(event: Event) -> list[dict[str, Any]]:
    """The venue for the map component; empty where no point is known."""
    if not event.has_place:
        return []
    lines = [event.address] if event.address else []
    return [{"lat": event.lat, "lng": event.lng, "title": event.venue or event.title, "lines": lines, "url": ""}]
