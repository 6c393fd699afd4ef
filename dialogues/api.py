"""Routes of the public API, assembled in portal/api.py: `events` and `contributions`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Query, Router, Schema

from dialogues.domain.listing import EventFilters, clamped, narrowed
from dialogues.models import Answer, Contribution, Event, ProgrammePoint
from portal.rest import Cursor, Failure, Limit, paginate, timestamp
from portal.text import plain

router = Router(tags=["Dialoge"])
From = Query(None, alias="from", description="erster Tag")
To = Query(None, alias="to", description="letzter Tag")


class ResultOut(Schema):
    text: str
    votes: int
    sample: bool


class SpeakerOut(Schema):
    function: str
    name: str


class PointOut(Schema):
    """A point of the programme; `minutes` is its length."""

    kind: str
    title: str
    starts_at: str | None
    minutes: int | None
    description: str
    speakers: list[SpeakerOut]


class EventOut(Schema):
    """`access` holds keys such as `step_free`; `moved_from` is the former beginning of an event that was moved."""

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
    area: str
    series: str | None
    venue: str
    address: str
    district: str
    lat: float | None
    lng: float | None
    access: list[str]
    accessibility: str
    stream_url: str
    organiser: str
    project: str | None
    cancel_reason: str
    moved_from: str | None
    programme: list[PointOut]
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
    kind: str = Query("", max_length=10),
    project: str = Query("", max_length=80),
    area: str = Query("", max_length=20),
    district: str = Query("", max_length=40),
    series: str = Query("", max_length=80),
    since: date | None = From,
    until: date | None = To,
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> dict[str, Any]:
    """Public dialogue events with programme and published results.

    Filters narrow together: `project` and `series` are slugs, `district` a part of the city (`st_elsen`), `from` and
    `to` days in Paderborn, both included.
    """
    words = [word.replace("\0", "") for word in (kind, project, area, district, series)]
    filters = EventFilters(*words, since=clamped(since), until=clamped(until))
    found = Event.objects.visible_to(AnonymousUser()).select_related("project", "series")
    found = narrowed(found, filters).prefetch_related("results", "points__speakers")
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
        "area": event.area or (event.project.area if event.project else ""),
        "series": event.series.slug if event.series else None,
        "venue": event.venue,
        "address": event.address,
        "district": event.district,
        "lat": event.lat,
        "lng": event.lng,
        "access": event.access,
        "accessibility": event.accessibility,
        "stream_url": event.stream_url,
        "organiser": event.organiser,
        "project": event.project.slug if event.project else None,
        "cancel_reason": event.cancel_reason,
        "moved_from": timestamp(event.moved_from),
        "programme": [point_row(event, point) for point in event.points.all()],
        "results": [{"text": item.text, "votes": item.votes, "sample": item.sample} for item in published],
        "sample": event.sample,
    }


def point_row(event: Event, point: ProgrammePoint) -> dict[str, Any]:
    point.event = event
    return {
        "kind": point.kind,
        "title": point.title,
        "starts_at": timestamp(point.starts_at),
        "minutes": point.minutes,
        "description": point.description,
        "speakers": [{"function": row.function, "name": row.name} for row in point.speakers.all()],
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
