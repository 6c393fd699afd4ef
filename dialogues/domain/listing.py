"""Which events a list, a calendar or the API shows: one set of filters for all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.utils import timezone

from dialogues.domain.online import places
from dialogues.enums import EventKind
from dialogues.models.events import EventQuerySet
from projects.enums import Area

LONGEST_WORD = 80
FIRST, LAST = date(1990, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class EventFilters:
    """Empty fields do not narrow; several narrow together. `since` and `until` are days in Paderborn, both included."""

    kind: str = ""
    project: str = ""
    area: str = ""
    district: str = ""
    series: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def is_active(self) -> bool:
        return any(getattr(self, name) for name in PARAMETERS)

    def query(self) -> str:
        """The filters as the query of an address, always in the same order."""
        given = {parameter: getattr(self, name) for name, parameter in PARAMETERS.items()}
        return urlencode(
            {key: value.isoformat() if isinstance(value, date) else value for key, value in given.items() if value}
        )

    def without(self, name: str) -> EventFilters:
        cleared: Any = None if name in ("since", "until") else ""
        return replace(self, **{name: cleared})


PARAMETERS = {
    "kind": "art",
    "project": "projekt",
    "area": "thema",
    "district": "ort",
    "series": "reihe",
    "since": "von",
    "until": "bis",
}


def filters_from(given: Mapping[str, Any], names: Mapping[str, str] = PARAMETERS) -> EventFilters:
    """Reads an address; values that do not exist count as "all", so no address ends in an error."""
    words = {
        name: str(given.get(parameter) or "").replace("\0", "").strip()[:LONGEST_WORD]
        for name, parameter in names.items()
    }
    known = {"kind": EventKind.values, "area": Area.values, "district": [p.key for p in places.districts()]}
    chosen = {name: words[name] if words[name] in values else "" for name, values in known.items()}
    return EventFilters(
        **chosen,
        project=words["project"],
        series=words["series"],
        since=day_of(words["since"]),
        until=day_of(words["until"]),
    )


def day_of(text: str) -> date | None:
    """A day as `2026-11-22`; anything else, and years that no calendar holds, is None."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST <= found <= LAST else None


def clamped(day: date | None) -> date | None:
    """The day within what a calendar holds, so that no sum with it overflows."""
    return min(max(day, FIRST), LAST) if day else None


def narrowed(events: EventQuerySet, filters: EventFilters) -> EventQuerySet:
    """An event belongs to its own subject or, where it has none, to that of its project."""
    if filters.kind:
        events = events.filter(kind=filters.kind)
    if filters.project:
        events = events.filter(project__slug=filters.project)
    if filters.area:
        events = events.filter(Q(area=filters.area) | Q(area="", project__area=filters.area))
    if filters.district:
        events = events.filter(district=filters.district)
    if filters.series:
        events = events.filter(series__slug=filters.series)
    if filters.since:
        events = events.filter(ends_at__gte=midnight(filters.since))
    if filters.until:
        events = events.filter(starts_at__lt=midnight(filters.until + timedelta(days=1)))
    return events


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
