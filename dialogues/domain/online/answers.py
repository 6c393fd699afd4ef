"""The city answers: who is responsible, by when, and what it says. Every answer stays readable."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates, writing
from dialogues.enums import WAITING, AnswerStatus
from dialogues.models import Answer, Contribution
from dialogues.models.answers import REASON_LIMIT
from portal import audit, cache
from portal.activity.domain import stream
from portal.exceptions import DomainError, NotAllowed
from projects.models import Milestone


def answer(
    *,
    user: Any,
    contribution: Contribution,
    status: str,
    reason: str,
    department: str = "",
    due: date | None = None,
    milestone: Milestone | None = None,
    sample: bool = False,
    at: datetime | None = None,
) -> Answer:
    """Adds an answer; the newest one is the contribution's status. `in_review` needs `due`, the new end of the clock.

    `milestone` must belong to the dialogue's project or the programme. Tells the author and the timeline.
    Errors: not_allowed, wrong_stage, gone, bad_status, empty, too_long, no_due, due_past, bad_milestone. `at` is for
    sample data alone.
    """
    reason = gates.words(reason, REASON_LIMIT, field="reason")
    if status not in AnswerStatus.values or status == AnswerStatus.OPEN:
        raise DomainError("bad_status", _("Bitte wählen Sie, was die Stadt antwortet."), field="status")
    with transaction.atomic():
        contribution = gates.locked(contribution)
        demand(user, contribution, at=at if sample else None)
        check_due(status, due, sample=sample)
        check_milestone(contribution, milestone)
        given = Answer.objects.create(
            contribution=contribution,
            status=status,
            reason=reason,
            department=department.strip()[:120] or contribution.department,
            author=user,
            due=due,
            milestone=milestone,
            sample=sample or contribution.sample,
            created_at=at if sample and at else timezone.now(),
        )
        take_over(contribution, given)
        payload = {"receipt": contribution.receipt, "status": status}
        audit.record(actor=user, action="contribution.answered", obj=given, payload=payload)
        publish(given)
    return given


def assign(*, user: Any, contribution: Contribution, department: str, due: date) -> Contribution:
    """Hands a waiting contribution to a department, with the date by which it answers; the clock is public.

    Errors: not_allowed, not_waiting, no_department, due_past.
    """
    with transaction.atomic():
        contribution = gates.locked(contribution)
        if not (permissions.can_run(user) or permissions.can_answer(user, contribution)):
            raise NotAllowed
        if not contribution.is_waiting:
            raise DomainError("not_waiting", _("Dieser Beitrag wartet auf keine Antwort."), status=409)
        department = gates.line(department, 120, field="department")
        check_due(AnswerStatus.IN_REVIEW, due, sample=False)
        payload = {
            "receipt": contribution.receipt,
            "from": [contribution.department, contribution.answer_due.date().isoformat()],
            "to": [department, due.isoformat()],
        }
        contribution.department, contribution.answer_due = department, end_of(due)
        contribution.overdue_told_at = None
        contribution.save(update_fields=["department", "answer_due", "overdue_told_at", "updated_at"])
        audit.record(actor=user, action="contribution.assigned", obj=contribution, payload=payload)
        transaction.on_commit(cache.invalidate)
    return contribution


def demand(user: Any, contribution: Contribution, *, at: datetime | None) -> None:
    if not permissions.can_answer(user, contribution):
        raise NotAllowed(_("Für die Stadt antwortet, wer für dieses Amt oder Projekt zuständig ist."))
    if not contribution.is_visible or contribution.merged_into_id:
        raise DomainError("gone", _("Dieser Beitrag steht nicht mehr für sich in der Liste."), status=409)
    if at is None:
        gates.demand_stage(permissions.may_answer(contribution.dialogue), contribution.dialogue)


def check_due(status: str, due: date | None, *, sample: bool) -> None:
    if status == AnswerStatus.IN_REVIEW and due is None:
        message = _("Bitte nennen Sie, bis wann die Prüfung dauert. Das Datum ist öffentlich.")
        raise DomainError("no_due", message, field="due")
    if due is not None and due < timezone.localdate() and not sample:
        raise DomainError("due_past", _("Das Datum liegt in der Vergangenheit."), field="due")


def check_milestone(contribution: Contribution, milestone: Milestone | None) -> None:
    if milestone is None:
        return
    if milestone.project_id is not None and milestone.project_id != contribution.dialogue.project_id:
        message = _("Dieser Meilenstein gehört zu einem anderen Projekt.")
        raise DomainError("bad_milestone", message, field="milestone")


def take_over(contribution: Contribution, given: Answer) -> None:
    """The contribution shows the newest answer; the clock stops, or runs to the new date."""
    contribution.status, contribution.department = given.status, given.department
    contribution.answered_at = given.created_at
    if given.status in WAITING and given.due:
        contribution.answer_due, contribution.overdue_told_at = end_of(given.due), None
    contribution.save(
        update_fields=["status", "department", "answered_at", "answer_due", "overdue_told_at", "updated_at"]
    )


def publish(given: Answer) -> None:
    contribution = given.contribution
    words = {"title": contribution.title, "status": AnswerStatus(given.status).label}
    stream.publish(
        actor=given.author,
        verb="contribution.answered",
        title=_("Antwort der Stadt zu „%(title)s“: %(status)s") % words,
        url=f"{contribution.get_absolute_url()}#antwort-{given.pk}",
        project=contribution.dialogue.project,
        summary=given.reason[:300],
        occurred_at=given.created_at,
        sample=given.sample,
        topics=writing.topics_of(contribution),
    )
    authors = {contribution.author, *(other.author for other in contribution.merged.select_related("author"))} - {None}
    for person in authors:
        stream.notify(
            user=person,
            verb="contribution.answered",
            title=_("Die Stadt hat auf „%(title)s“ geantwortet: %(status)s") % words,
            url=contribution.get_absolute_url(),
            sample=given.sample,
        )


def end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
