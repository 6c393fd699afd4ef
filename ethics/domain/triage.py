"""The office's first look: accept, ask back, choose the track, close a short one."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, machine
from ethics.domain import content as contents
from ethics.domain.deadlines import has_passed
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, State, Track
from ethics.models import Objection, ReviewCase
from portal.exceptions import DomainError, NotAllowed


def accept(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Takes the case into the preliminary check; a case that it follows is replaced by it.

    Raises NotAllowed, DomainError `wrong_state`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "accept")
        machine.enter(user, case, "accept", role=role)
        waiting = ReviewCase.objects.select_for_update().filter(state=State.RESUBMITTED)
        former = waiting.filter(pk=case.follows_id).first() if case.follows_id else None
        if former is not None:
            former.replaced_by = case
            machine.enter(user, former, "replace", role=role, payload={"successor": case.slug})
    return case


def ask_back(user: Actor, *, case: ReviewCase, question: str) -> ReviewCase:
    """Asks the project a question. Raises NotAllowed, DomainError `wrong_state`, `missing`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "ask_back")
        question = contents.required(question, "question", _("Stellen Sie eine Frage."))
        machine.enter(user, case, "ask_back", role=role, note=question)
    return case


def answer_query(user: Actor, *, case: ReviewCase, answer: str) -> ReviewCase:
    """The project answers; an open draft of the next version is handed in with it.

    Raises NotAllowed, DomainError `wrong_state`, `missing`, `reason_missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "answer_query")
        answer = contents.required(answer, "answer", _("Beantworten Sie die Frage."))
        if case.versions.filter(frozen_at__isnull=True).exists():
            case = cases.submit_revision(user, case=case, note=answer)
        cases.restart_objections(case)
        machine.enter(user, case, "answer_query", role=role, note=answer)
    return case


def choose_track(user: Actor, *, case: ReviewCase, track: str) -> ReviewCase:
    """Short or full. The short track closes when no member objects within the days of the rule; once one did, it is
    closed to this case.

    Raises NotAllowed, DomainError `wrong_state`, `invalid`, `objected`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE)
        machine.require_state(case, State.TRIAGE)
        if track not in Track.values:
            raise DomainError("invalid", _("Dieses Verfahren gibt es nicht."), field="track")
        if track == Track.SHORT and case.objections.exists():
            raise DomainError("objected", _("Ein Mitglied hat das volle Verfahren verlangt."), status=409)
        case.track = Track(track)
        case.objections_due = None
        cases.restart_objections(case)
        case.save()
        machine.tell(user, case, "track_chosen", role=role, note=str(Track(track).label), payload={"track": track})
    return case


def object_to_short_track(user: Actor, *, case: ReviewCase, reason: str = "") -> ReviewCase:
    """A member wants the full procedure, within the days of the rule. Raises NotAllowed, DomainError `wrong_state`,
    `too_late`."""
    with transaction.atomic():
        case = machine.locked(case)
        if not permissions.is_member(user) or permissions.is_recused(user, case) or permissions.is_lead(user, case):
            raise NotAllowed
        machine.require_state(case, State.TRIAGE)
        if case.track != Track.SHORT:
            raise DomainError("wrong_state", _("Der Fall ist nicht im kurzen Verfahren."), status=409)
        if has_passed(case.objections_due):
            raise DomainError("too_late", _("Die Frist für einen Widerspruch ist vorbei."), status=409)
        reason = contents.limited(reason, "reason")
        Objection.objects.create(case=case, member_id=machine.acting_id(user), reason=reason, raised_at=timezone.now())
        case.track, case.objections_due = Track.FULL, None
        case.save()
        machine.tell(user, case, "objected", role=CaseRole.MEMBER, note=reason)
    return case


def close_short_due() -> int:
    """Closes short tracks to which nobody objected in the days of the rule; returns how many. The system acts."""
    found = ReviewCase.objects.filter(state=State.TRIAGE, track=Track.SHORT, objections_due__lte=timezone.now())
    count = 0
    for key in found.values_list("pk", flat=True):
        with transaction.atomic():
            case = ReviewCase.objects.select_for_update().get(pk=key)
            if case.state == State.TRIAGE and case.track == Track.SHORT and has_passed(case.objections_due):
                note = str(_("Kein Mitglied hat in der Frist das volle Verfahren verlangt."))
                machine.enter(None, case, "close_short", role=CaseRole.SYSTEM, note=note)
                count += 1
    return count


def close_short(user: Actor, *, case: ReviewCase, result: str) -> ReviewCase:
    """Ends the short track after its time. Raises NotAllowed, DomainError `wrong_state`, `too_early`, `missing`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "close_short")
        if case.track != Track.SHORT or case.objections_due is None:
            raise DomainError("wrong_state", _("Der Fall ist nicht im kurzen Verfahren."), status=409)
        if not has_passed(case.objections_due):
            raise DomainError("too_early", _("Bis zum Ende der Frist kann ein Mitglied widersprechen."), status=409)
        result = contents.required(result, "result", _("Halten Sie das Ergebnis in einem Satz fest."))
        machine.enter(user, case, "close_short", role=role, note=result)
    return case
