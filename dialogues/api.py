"""Routes of the public API, assembled in portal/api.py: `events` and `contributions`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Query, Router, Schema

from dialogues.models import Event
from portal.rest import Cursor, Failure, Limit, paginate, timestamp

router = Router(tags=["Dialoge"])


class ResultOut(Schema):
    text: str
    votes: int
    sample: bool


class EventOut(Schema):
    id: int
    slug: str
    title: str
    url: str
    kind: str
    status: str
    topic: str
    question: str
    starts_at: str
    ends_at: str
    venue: str
    project: str | None
    results: list[ResultOut]
    sample: bool


class EventsOut(Schema):
    items: list[EventOut]
    next: str | None


class ContributionOut(Schema):
    id: int


class ContributionsOut(Schema):
    items: list[ContributionOut]
    next: str | None


@router.get("/events", response={200: EventsOut, 400: Failure}, summary="Dialoge")
def events(
    request: HttpRequest,
    project: str = Query("", max_length=60),
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> dict[str, Any]:
    """Public dialogue events with their published results; `project` is a project's slug."""
    found = Event.objects.visible_to(AnonymousUser()).select_related("project").prefetch_related("results")
    if project:
        found = found.filter(project__slug=project)
    return paginate(request, found, event_row, limit=limit, cursor=cursor)


def event_row(event: Event) -> dict[str, Any]:
    published = [result for result in event.results.all() if result.published_at is not None]
    return {
        "id": event.pk,
        "slug": event.slug,
        "title": event.title,
        "url": event.get_absolute_url(),
        "kind": event.kind,
        "status": event.status,
        "topic": event.topic,
        "question": event.question,
        "starts_at": timestamp(event.starts_at),
        "ends_at": timestamp(event.ends_at),
        "venue": event.venue,
        "project": event.project.slug if event.project else None,
        "results": [{"text": item.text, "votes": item.votes, "sample": item.sample} for item in published],
        "sample": event.sample,
    }


@router.get("/contributions", response={200: ContributionsOut, 400: Failure}, summary="Beiträge der Online-Dialoge")
def contributions(request: HttpRequest, limit: int = Limit, cursor: str | None = Cursor) -> dict[str, Any]:
    """Contributions of online dialogues; empty until the first dialogue collects some."""
    return {"items": [], "next": None}
