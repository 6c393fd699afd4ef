"""Routes of the public API, assembled in portal/api.py: `events` and `contributions`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Query, Router, Schema

from dialogues.models import Answer, Contribution, Event
from portal.rest import Cursor, Failure, Limit, paginate, timestamp
from portal.text import plain

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
    organiser: str
    project: str | None
    results: list[ResultOut]
    sample: bool


class EventsOut(Schema):
    items: list[EventOut]
    next: str | None


class AnswerOut(Schema):
    status: str
    reason: str
    department: str
    created: str
    due: str | None


class ContributionOut(Schema):
    """`author` is a public name or how it came in; `merged_into` is the receipt of the one it stands with now."""

    id: int
    receipt: str
    url: str
    dialogue: str
    project: str | None
    kind: str
    category: str
    title: str
    text: str
    author: str
    channel: str
    district: str | None
    lat: float | None
    lng: float | None
    supports: int
    status: str
    department: str
    answer_due: str
    overdue: bool
    answers: list[AnswerOut]
    merged_into: str | None
    received: str
    sample: bool


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
        "organiser": event.organiser,
        "project": event.project.slug if event.project else None,
        "results": [{"text": item.text, "votes": item.votes, "sample": item.sample} for item in published],
        "sample": event.sample,
    }


@router.get("/contributions", response={200: ContributionsOut, 400: Failure}, summary="Beiträge der Online-Dialoge")
def contributions(
    request: HttpRequest,
    dialogue: str = Query("", max_length=80),
    kind: str = Query("", max_length=10),
    status: str = Query("", max_length=10),
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> dict[str, Any]:
    """Public contributions with all answers of the city; `dialogue` is a dialogue's slug. Two queries a page."""
    found = Contribution.objects.public().select_related("dialogue__project", "category", "author", "merged_into")
    for name, value in (("dialogue__slug", dialogue), ("kind", kind), ("status", status)):
        if value:
            found = found.filter(**{name: value})
    return paginate(request, found.prefetch_related("answers"), contribution_row, limit=limit, cursor=cursor)


def contribution_row(row: Contribution) -> dict[str, Any]:
    project = row.dialogue.project
    return {
        "id": row.pk,
        "receipt": row.receipt,
        "url": row.get_absolute_url(),
        "dialogue": row.dialogue.slug,
        "project": project.slug if project else None,
        "kind": row.kind,
        "category": row.category.name,
        "title": plain(row.title),
        "text": plain(row.text),
        "author": row.byline,
        "channel": row.channel,
        "district": row.district or None,
        "lat": row.lat,
        "lng": row.lng,
        "supports": row.support_count,
        "status": row.status,
        "department": row.department,
        "answer_due": timestamp(row.answer_due),
        "overdue": row.is_overdue,
        "answers": [answer_row(given) for given in row.answers.all()],
        "merged_into": row.merged_into.receipt if row.merged_into else None,
        "received": timestamp(row.received_at),
        "sample": row.sample,
    }


def answer_row(given: Answer) -> dict[str, Any]:
    return {
        "status": given.status,
        "reason": plain(given.reason),
        "department": given.department,
        "created": timestamp(given.created_at),
        "due": given.due.isoformat() if given.due else None,
    }
