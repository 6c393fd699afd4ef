"""What the audit chain vouches for: whole cases and meetings, with every row below them that people have said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Prefetch, QuerySet

from ethics.models import (
    AgendaItem,
    Assignment,
    Attachment,
    Attendance,
    CaseEvent,
    CaseQuestion,
    CaseVersion,
    Condition,
    ConflictDeclaration,
    CouncilSeat,
    DissentingOpinion,
    Dpia,
    Inquiry,
    Invitation,
    Meeting,
    Minutes,
    Objection,
    Opinion,
    OutsideOpinion,
    Recommendation,
    Remark,
    ReviewCase,
    Vote,
)
from portal.audit import subjects

MUTED = {"created_at", "updated_at", "id"}
LATER = {"printed_display_name", "public_subject"}
"""Columns added to a chain in use: left out while empty, so that entries written before them still fit."""


def register() -> None:
    subjects.register("ethics.ReviewCase", case_rows, case_state)
    subjects.register("ethics.Meeting", meeting_rows, meeting_state)
    subjects.register("ethics.CouncilSeat", CouncilSeat.objects.all, columns)
    subjects.register("ethics.Inquiry", Inquiry.objects.all, inquiry_state)
    subjects.register("ethics.Dpia", dpia_rows, dpia_state)


def case_rows() -> QuerySet[ReviewCase]:
    return ReviewCase.objects.select_related("recommendation").prefetch_related(
        _plain("versions", CaseVersion.objects.select_related("screening")),
        _plain("declarations", ConflictDeclaration.objects.all()),
        _plain("assignments", Assignment.objects.all()),
        _plain("objections", Objection.objects.all()),
        _plain("opinions", Opinion.objects.all()),
        _plain("dissents", DissentingOpinion.objects.all()),
        _plain("agenda_items", AgendaItem.objects.all()),
        _plain("questions", CaseQuestion.objects.all()),
        _plain("remarks", Remark.objects.all()),
        _plain("attachments", Attachment.objects.all()),
        _plain("outside_opinions", OutsideOpinion.objects.all()),
        _plain("events", CaseEvent.objects.all()),
        _plain("recommendation__conditions", Condition.objects.all()),
        _plain("votes", Vote.objects.prefetch_related("ballots", "objections")),
    )


def _plain(name: str, rows: QuerySet[Any]) -> Prefetch[Any]:
    """Rows as they lie: `_rows` sorts them, so the database need not, nor join for it."""
    return Prefetch(name, rows.order_by())


def case_state(case: ReviewCase) -> dict[str, Any]:
    """Everything of a case except drafts that are not handed in and the line that this very entry is."""
    versions = [v for v in case.versions.all() if v.frozen_at is not None]
    recommendation: Recommendation | None = getattr(case, "recommendation", None)
    conditions: Iterable[Condition] = recommendation.conditions.all() if recommendation else ()
    declarations: Iterable[ConflictDeclaration] = case.declarations.all()
    opinions: list[Opinion] = [o for o in case.opinions.all() if o.submitted_at is not None]
    found = {
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
        "written_objections": _rows(row for vote in case.votes.all() for row in vote.objections.all()),
        "questions": _rows(case.questions.all()),
        "remarks": _rows(case.remarks.all()),
        "attachments": _rows(case.attachments.all()),
        "events": _rows(case.events.all()),
    }
    return found | _later(outside_opinions=case.outside_opinions.all())


def inquiry_state(inquiry: Inquiry) -> dict[str, Any]:
    """What the Council answered; the question is its author's, who may take it back."""
    return {"state": inquiry.state, "answer": inquiry.answer, "answered_at": inquiry.answered_at}


def dpia_rows() -> QuerySet[Dpia]:
    return Dpia.objects.prefetch_related(
        "versions__statements", "versions__consultations", "versions__decisions", "records"
    )


def dpia_state(dpia: Dpia) -> dict[str, Any]:
    """Everything of a DPIA except the version that is still being written."""
    versions = [version for version in dpia.versions.all() if version.frozen_at is not None]
    found = {
        "dpia": columns(dpia),
        "versions": _rows(versions),
        "statements": _rows(row for version in versions for row in version.statements.all()),
        "consultations": _rows(row for version in versions for row in version.consultations.all()),
        "decisions": _rows(row for version in versions for row in version.decisions.all()),
    }
    return found | _later(records=dpia.records.all())


def meeting_rows() -> QuerySet[Meeting]:
    return Meeting.objects.select_related("minutes").prefetch_related("invitations", "attendances", "agenda")


def meeting_state(meeting: Meeting) -> dict[str, Any]:
    invitations: Iterable[Invitation] = meeting.invitations.all()
    attendances: Iterable[Attendance] = meeting.attendances.all()
    agenda: Iterable[AgendaItem] = meeting.agenda.all()
    minutes: Minutes | None = getattr(meeting, "minutes", None)
    return {
        "meeting": columns(meeting),
        "invitations": _rows(invitations),
        "attendances": _rows(attendances),
        "agenda": [[item.pk, item.case_id, item.position] for item in sorted(agenda, key=lambda item: item.pk)],
        "minutes": columns(minutes) if minutes is not None else None,
    }


def columns(row: models.Model) -> dict[str, Any]:
    """Every column of a row by its name, except its own key and time stamps of the ORM."""
    found = {field.attname: _value(row, field) for field in row._meta.concrete_fields if field.name not in MUTED}
    return {name: value for name, value in found.items() if value or name not in LATER}


def _value(row: models.Model, field: models.Field[Any, Any]) -> Any:
    value = getattr(row, field.attname)
    return value.name if isinstance(field, models.FileField) else value


def _rows(rows: Iterable[models.Model]) -> list[list[Any]]:
    return [[row.pk, columns(row)] for row in sorted(rows, key=lambda row: row.pk)]


def _later(**parts: Iterable[models.Model]) -> dict[str, Any]:
    """Parts added to a chain in use: left out while there are none, so that entries written before them still fit."""
    return {name: rows for name, found in parts.items() if (rows := _rows(found))}
