"""What the audit chain vouches for: whole cases and meetings, with every row below them that people have said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet

from ethics.models import (
    AgendaItem,
    Attendance,
    Condition,
    ConflictDeclaration,
    CouncilSeat,
    Invitation,
    Meeting,
    Opinion,
    Recommendation,
    ReviewCase,
    Vote,
)
from portal.audit import subjects

MUTED = {"created_at", "updated_at", "id"}


def register() -> None:
    subjects.register("ethics.ReviewCase", case_rows, case_state)
    subjects.register("ethics.Meeting", meeting_rows, meeting_state)
    subjects.register("ethics.CouncilSeat", CouncilSeat.objects.all, columns)


def case_rows() -> QuerySet[ReviewCase]:
    return ReviewCase.objects.select_related("recommendation").prefetch_related(
        "versions__screening",
        "declarations",
        "assignments",
        "objections",
        "opinions",
        "dissents",
        "agenda_items",
        "events",
        "recommendation__conditions",
        Prefetch("votes", Vote.objects.prefetch_related("ballots")),
    )


def case_state(case: ReviewCase) -> dict[str, Any]:
    """Everything of a case except drafts that are not handed in and the line that this very entry is."""
    versions = [v for v in case.versions.all() if v.frozen_at is not None]
    recommendation: Recommendation | None = getattr(case, "recommendation", None)
    conditions: Iterable[Condition] = recommendation.conditions.all() if recommendation else ()
    declarations: Iterable[ConflictDeclaration] = case.declarations.all()
    opinions: list[Opinion] = [o for o in case.opinions.all() if o.submitted_at is not None]
    return {
        "case": columns(case),
        "versions": _rows(versions),
        "screenings": _rows(version.screening for version in versions),
        "declarations": _rows(declarations),
        "assignments": _rows(case.assignments.all()),
        "objections": _rows(case.objections.all()),
        "opinions": _rows(opinions),
        "agenda": _rows(case.agenda_items.all()),
        "votes": _rows(case.votes.all()),
        "ballots": _rows(ballot for vote in case.votes.all() for ballot in vote.ballots.all()),
        "recommendation": columns(recommendation) if recommendation else None,
        "conditions": _rows(conditions),
        "dissents": _rows(case.dissents.all()),
        "events": _rows(case.events.all()),
    }


def meeting_rows() -> QuerySet[Meeting]:
    return Meeting.objects.prefetch_related("invitations", "attendances", "agenda")


def meeting_state(meeting: Meeting) -> dict[str, Any]:
    invitations: Iterable[Invitation] = meeting.invitations.all()
    attendances: Iterable[Attendance] = meeting.attendances.all()
    agenda: Iterable[AgendaItem] = meeting.agenda.all()
    return {
        "meeting": columns(meeting),
        "invitations": _rows(invitations),
        "attendances": _rows(attendances),
        "agenda": [[item.pk, item.case_id, item.position] for item in sorted(agenda, key=lambda item: item.pk)],
    }


def columns(row: models.Model) -> dict[str, Any]:
    """Every column of a row by its name, except its own key and time stamps of the ORM."""
    return {
        field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in MUTED
    }


def _rows(rows: Iterable[models.Model]) -> list[list[Any]]:
    return [[row.pk, columns(row)] for row in sorted(rows, key=lambda row: row.pk)]
