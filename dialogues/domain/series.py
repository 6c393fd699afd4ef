"""Series of events: plan them, and plan their next date from an event that was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.domain import programme
from dialogues.domain.events import create_event, first_free, require_editor, short_name
from dialogues.enums import EventStatus
from dialogues.models import Event, Series
from portal import audit, cache
from portal.exceptions import DomainError

COPIED = (
    "kind", "circle", "topic", "question", "area", "series", "venue", "address", "lat", "lng", "directions", "access",
    "accessibility", "stream_url", "organiser", "project",
)  # fmt: skip


def create_series(*, user: Any, title: str, description: str, slug: str = "", sample: bool = False) -> Series:
    """Raises NotAllowed, DomainError `empty`. Everyone sees it as soon as one of its events is public."""
    require_editor(user)
    require_words(title, description)
    with transaction.atomic():
        base = slug or short_name(title) or "reihe"
        taken = {"neu", *Series.objects.filter(slug__startswith=base).values_list("slug", flat=True)}
        series = Series.objects.create(
            slug=first_free(base, taken),
            title=title.strip(),
            description=description.strip(),
            sample=sample,
            created_by=user if getattr(user, "pk", None) else None,
        )
        audit.record(actor=user, action="series.created", obj=series, payload={"slug": series.slug})
        transaction.on_commit(cache.invalidate)
    return series


def change_series(*, user: Any, series: Series, changes: Mapping[str, str]) -> Series:
    """Changes title and description; the address stays. Raises NotAllowed, DomainError `empty`."""
    require_editor(user)
    series.title = changes.get("title", series.title).strip()
    series.description = changes.get("description", series.description).strip()
    require_words(series.title, series.description)
    with transaction.atomic():
        series.save(update_fields=["title", "description", "updated_at"])
        audit.record(actor=user, action="series.changed", obj=series, payload={"fields": sorted(changes)})
        transaction.on_commit(cache.invalidate)
    return series


def require_words(title: str, description: str) -> None:
    for field, words in (("title", title), ("description", description)):
        if not words.strip():
            raise DomainError("empty", _("Bitte füllen Sie dieses Feld aus."), field=field)


def copy_event(*, user: Any, event: Event, starts_at: datetime, title: str = "") -> Event:
    """A draft for another date with the same length, programme, venue, project and series.

    Results, comments, boards and registrations stay with the first one.
    """
    ends_at = starts_at + (event.ends_at - event.starts_at)
    copied = {name: getattr(event, name) for name in COPIED}
    return create_event(
        user=user,
        title=title.strip() or event.title,
        starts_at=starts_at,
        ends_at=ends_at,
        points=programme.shifted(programme.read(event), event.starts_at, starts_at),
        sample=event.sample,
        **copied,
    )


def next_in_series(event: Event, user: Any) -> Event | None:
    """The next event of the same series that is neither over nor cancelled nor this one."""
    if event.series_id is None:
        return None
    others = Event.objects.visible_to(user).upcoming().filter(series=event.series_id)
    return others.exclude(pk=event.pk).exclude(status=EventStatus.CANCELLED).first()
