"""Dialogue events: plan, publish, move, cancel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dialogues.domain import programme, registration, venues
from dialogues.domain.revisions import count_revision
from dialogues.enums import EventStatus
from dialogues.models import Event, OnlineDialogue
from dialogues.models.online import RESERVED_SLUGS
from dialogues.permissions import can_edit_event
from portal import audit, cache
from portal.activity import targets
from portal.activity.domain.stream import publish as publish_activity
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed

FIELDS = (
    "title", "kind", "circle", "topic", "question", "starts_at", "ends_at", "area", "series", "venue", "address",
    "lat", "lng", "directions", "access", "accessibility", "stream_url", "organiser", "project", "move_reason",
)  # fmt: skip
RESERVED = set(RESERVED_SLUGS)


def create_event(
    *,
    user: Any,
    title: str,
    topic: str,
    starts_at: datetime,
    ends_at: datetime,
    points: Sequence[programme.Point] = (),
    slug: str = "",
    sample: bool = False,
    **fields: Any,
) -> Event:
    """Plans a draft that only editors see; `fields` are further ones of FIELDS.

    Raises NotAllowed, DomainError `ends_before_start`, `slug_taken`, and those of venue and programme.
    """
    require_editor(user)
    require_free_slug(slug)
    if unknown := fields.keys() - set(FIELDS):
        raise TypeError(f"unknown fields: {sorted(unknown)}")
    event = Event(title=title, topic=topic, starts_at=starts_at, ends_at=ends_at, sample=sample, **fields)
    require_sound(event, points)
    with transaction.atomic():
        event.slug = slug or free_slug(title)
        event.created_by = user if getattr(user, "pk", None) else None
        event.thread = Thread.objects.create(target="dialogue_event")
        event.save()
        programme.write(event, points)
        audit.record(actor=user, action="event.created", obj=event, payload={"slug": event.slug})
    return event


def change_event(
    *, user: Any, event: Event, changes: Mapping[str, Any], points: Sequence[programme.Point] | None = None
) -> Event:
    """Changes the named fields; `points` replace the programme, None lets it move along with the beginning.

    Another beginning of a published event that has not begun is a move: the former date stays on the page, and the
    timeline tells it. Raises NotAllowed, DomainError `ends_before_start`, and those of venue and programme.
    """
    require_editor(user)
    before = Event.objects.only("moved_from", "circle", *registration.PLACE).get(pk=event.pk)
    wanted = {name: changes[name] for name in changes.keys() & set(FIELDS)}
    for name, value in wanted.items():
        setattr(event, name, value)
    if event.circle != before.circle and event.status != EventStatus.DRAFT:
        message = _("Für wen ein Dialog ist, steht mit der Veröffentlichung fest.")
        raise DomainError("already_published", message, field="circle", status=409)
    if points is None and event.starts_at != before.starts_at:
        points = programme.shifted(programme.read(event), before.starts_at, event.starts_at)
    require_sound(event, points or ())
    moved = event.status == EventStatus.PUBLISHED and event.starts_at != before.starts_at > timezone.now()
    if moved:
        event.moved_from = None if event.starts_at == before.moved_from else before.starts_at
    with transaction.atomic():
        written = {*wanted, "access", "district", "lat", "lng", "moved_from", "updated_at"}
        event.save(update_fields=sorted(written))
        if points is not None:
            programme.write(event, points)
        count_revision(event)
        payload = {"fields": sorted([*wanted, *(["programme"] if points is not None else [])])}
        audit.record(actor=user, action="event.changed", obj=event, payload=payload)
        if moved:
            announce(user, event, "event.moved", summary=event.move_reason)
        registration.event_moved(event, {name: getattr(before, name) for name in registration.PLACE})
        transaction.on_commit(cache.invalidate)
    return event


def move_event(*, user: Any, event: Event, starts_at: datetime, ends_at: datetime, reason: str = "") -> Event:
    """Another date for an event; its programme moves along. Raises DomainError `cancelled`, `same_date`, `in_the_past`.

    Readers see the former date and the reason (at most 500 characters).
    """
    require_editor(user)
    if event.status == EventStatus.CANCELLED:
        raise DomainError("cancelled", _("Dieser Dialog ist abgesagt."), status=409)
    if starts_at == event.starts_at:
        raise DomainError("same_date", _("Das ist derselbe Beginn wie bisher."), field="starts_at")
    if starts_at <= timezone.now():
        raise DomainError("in_the_past", _("Der neue Beginn liegt in der Vergangenheit."), field="starts_at")
    reason = require_reason(reason)
    changes = {"starts_at": starts_at, "ends_at": ends_at, "move_reason": reason}
    return change_event(user=user, event=event, changes=changes)


def publish_event(*, user: Any, event: Event, occurred_at: datetime | None = None) -> Event:
    """Makes a draft public and announces it on its project's timeline. A second call changes nothing."""
    require_editor(user)
    if event.status == EventStatus.PUBLISHED:
        return event
    with transaction.atomic():
        event.status, event.published_at = EventStatus.PUBLISHED, occurred_at or timezone.now()
        event.cancel_reason = ""
        event.save(update_fields=["status", "published_at", "cancel_reason", "updated_at"])
        count_revision(event)
        audit.record(actor=user, action="event.published", obj=event, payload={"slug": event.slug})
        announce(user, event, "event.announced", summary=event.topic[:300], occurred_at=occurred_at)
    return event


def cancel_event(*, user: Any, event: Event, reason: str = "") -> Event:
    """Cancels a published event; the page stays and says so, with the reason (at most 500 characters).

    Raises DomainError `not_published`, `too_long`.
    """
    require_editor(user)
    if event.status != EventStatus.PUBLISHED:
        raise DomainError("not_published", _("Nur veröffentlichte Dialoge lassen sich absagen."), status=409)
    reason = require_reason(reason)
    with transaction.atomic():
        event.status, event.cancel_reason = EventStatus.CANCELLED, reason
        event.save(update_fields=["status", "cancel_reason", "updated_at"])
        count_revision(event)
        audit.record(actor=user, action="event.cancelled", obj=event, payload={"slug": event.slug, "reason": reason})
        announce(user, event, "event.cancelled", summary=reason)
        registration.event_cancelled(event)
    return event


def announce(user: Any, event: Event, verb: str, *, summary: str, occurred_at: datetime | None = None) -> None:
    """Tells it on the timelines of the project and of the series; of internal workshops nothing is told."""
    if event.is_internal:
        return
    publish_activity(
        actor=user,
        verb=verb,
        title=event.title,
        url=event.get_absolute_url(),
        project=event.project,
        summary=summary,
        occurred_at=occurred_at,
        sample=event.sample,
        topics=[targets.topic("reihe", event.series.slug)] if event.series else [],
    )


def require_editor(user: Any) -> None:
    if not can_edit_event(user):
        raise NotAllowed


def require_sound(event: Event, points: Sequence[programme.Point]) -> None:
    require_order(event.starts_at, event.ends_at)
    venues.settle(event)
    programme.require_programme(event, points)


def require_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise DomainError("ends_before_start", _("Das Ende muss nach dem Beginn liegen."), field="ends_at")


def require_reason(reason: str) -> str:
    if len(reason.strip()) > 500:
        raise DomainError("too_long", _("Bitte begründen Sie es in höchstens 500 Zeichen."), field="reason")
    return reason.strip()


def require_free_slug(slug: str) -> None:
    taken = Event.objects.filter(slug=slug).exists() or OnlineDialogue.objects.filter(slug=slug).exists()
    if taken or slug in RESERVED:
        raise DomainError("slug_taken", _("Diese Adresse ist schon vergeben."), field="slug", status=409)


def free_slug(title: str) -> str:
    """A short name for the address that is not taken yet: `digilog`, `digilog-2`, …"""
    base = short_name(title) or "dialog"
    taken = RESERVED.copy()
    for model in (Event, OnlineDialogue):  # both live below /dialoge/
        taken |= set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return first_free(base, taken)


def short_name(title: str) -> str:
    german = title.lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        german = german.replace(letter, letters)
    return slugify(german)[:60].strip("-")


def first_free(base: str, taken: set[str]) -> str:
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
