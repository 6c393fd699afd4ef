"""Dialogue events: plan, publish, cancel."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from dialogues.enums import EventKind, EventStatus
from dialogues.models import Event, OnlineDialogue
from dialogues.models.online import RESERVED_SLUGS
from dialogues.permissions import can_edit_event
from portal import audit, cache
from portal.activity.domain.stream import publish as publish_activity
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed

FIELDS = (
    "title", "kind", "topic", "question", "programme", "starts_at", "ends_at", "venue", "accessibility", "organiser",
    "project",
)  # fmt: skip
RESERVED = set(RESERVED_SLUGS)


def create_event(
    *,
    user: Any,
    title: str,
    topic: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str = EventKind.DIGILOG,
    question: str = "",
    programme: str = "",
    venue: str = "",
    accessibility: str = "",
    organiser: str = "",
    project: Any = None,
    slug: str = "",
    sample: bool = False,
) -> Event:
    """Plans a draft that only editors see. Raises NotAllowed, DomainError `ends_before_start` or `slug_taken`."""
    require_editor(user)
    require_order(starts_at, ends_at)
    require_free_slug(slug)
    with transaction.atomic():
        event = Event.objects.create(
            slug=slug or free_slug(title),
            title=title,
            kind=kind,
            topic=topic,
            question=question,
            programme=programme,
            starts_at=starts_at,
            ends_at=ends_at,
            venue=venue,
            accessibility=accessibility,
            organiser=organiser,
            project=project,
            sample=sample,
            created_by=user if getattr(user, "pk", None) else None,
            thread=Thread.objects.create(target="dialogue_event"),
        )
        audit.record(actor=user, action="event.created", obj=event, payload={"slug": event.slug})
    return event


def change_event(*, user: Any, event: Event, changes: Mapping[str, Any]) -> Event:
    """Changes the named fields. Raises NotAllowed or DomainError `ends_before_start`."""
    require_editor(user)
    for name in changes.keys() & set(FIELDS):
        setattr(event, name, changes[name])
    require_order(event.starts_at, event.ends_at)
    with transaction.atomic():
        event.save()
        audit.record(actor=user, action="event.changed", obj=event, payload={"fields": sorted(changes)})
        transaction.on_commit(cache.invalidate)
    return event


def publish_event(*, user: Any, event: Event, occurred_at: datetime | None = None) -> Event:
    """Makes a draft public and announces it on its project's timeline. A second call changes nothing."""
    require_editor(user)
    if event.status == EventStatus.PUBLISHED:
        return event
    with transaction.atomic():
        event.status, event.published_at = EventStatus.PUBLISHED, occurred_at or timezone.now()
        event.save(update_fields=["status", "published_at", "updated_at"])
        audit.record(actor=user, action="event.published", obj=event, payload={"slug": event.slug})
        publish_activity(
            actor=user,
            verb="event.announced",
            title=event.title,
            url=event.get_absolute_url(),
            project=event.project,
            summary=event.topic[:300],
            occurred_at=occurred_at,
            sample=event.sample,
        )
    return event


def cancel_event(*, user: Any, event: Event) -> Event:
    """Cancels a published event; the page stays and says so. Raises DomainError `not_published`."""
    require_editor(user)
    if event.status != EventStatus.PUBLISHED:
        raise DomainError("not_published", _("Nur veröffentlichte Dialoge lassen sich absagen."), status=409)
    with transaction.atomic():
        event.status = EventStatus.CANCELLED
        event.save(update_fields=["status", "updated_at"])
        audit.record(actor=user, action="event.cancelled", obj=event, payload={"slug": event.slug})
        publish_activity(
            actor=user,
            verb="event.cancelled",
            title=event.title,
            url=event.get_absolute_url(),
            project=event.project,
            sample=event.sample,
        )
    return event


def require_editor(user: Any) -> None:
    if not can_edit_event(user):
        raise NotAllowed


def require_order(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise DomainError("ends_before_start", _("Das Ende muss nach dem Beginn liegen."), field="ends_at")


def require_free_slug(slug: str) -> None:
    if Event.objects.filter(slug=slug).exists() or OnlineDialogue.objects.filter(slug=slug).exists():
        raise DomainError("slug_taken", _("Diese Adresse ist schon vergeben."), field="slug", status=409)


def free_slug(title: str) -> str:
    """A short name for the address that is not taken yet: `digilog`, `digilog-2`, …"""
    german = title.lower()
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        german = german.replace(letter, letters)
    base = slugify(german)[:60].strip("-") or "dialog"
    taken = RESERVED.copy()
    for model in (Event, OnlineDialogue):  # both live below /dialoge/
        taken |= set(model.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
