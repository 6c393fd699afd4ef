"""Before the meeting: who reports, who is free of conflict, and the individual opinions, hidden until unveiled
together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import cases, machine
from ethics.domain import content as contents
from ethics.domain.deadlines import has_passed
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, Form, Ground, Procedure, State
from ethics.models import Assignment, CaseVersion, ConflictDeclaration, Opinion, ReviewCase
from portal.accounts.models import User
from portal.exceptions import DomainError, NotAllowed

DECLARABLE = (
    State.SUBMITTED,
    State.TRIAGE,
    State.QUERY,
    State.REVIEW,
    State.READY,
    State.SCHEDULED,
    State.POSTPONED,
    State.VOTING,
)
LATE = (State.READY, State.SCHEDULED, State.POSTPONED)
DEADLINES = ("declarations_due", "opinions_due")


def assign(user: Actor, *, case: ReviewCase, member: User) -> ReviewCase:
    """Names the member who reports. Raises NotAllowed, DomainError `wrong_state`, `not_a_member`, `recused`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE, CaseRole.CHAIR)
        machine.require_state(case, State.TRIAGE, State.REVIEW, *LATE)
        if member.pk not in permissions.seats() or permissions.is_lead(member, case):
            raise DomainError("not_a_member", _("Diese Person sitzt nicht im Ethikrat."), field="member")
        if permissions.is_recused(member, case):
            raise DomainError("recused", _("Dieses Mitglied ist in der Sache befangen."), field="member")
        case.assignments.filter(current=True).update(current=False)
        Assignment.objects.create(case=case, member=member, assigned_at=timezone.now())
        machine.tell(user, case, "rapporteur_named", role=role, payload={"member": member.pk})
    return case


def set_deadlines(
    user: Actor, *, case: ReviewCase, declarations_due: datetime | None = None, opinions_due: datetime | None = None
) -> ReviewCase:
    """Sets one or both deadlines, in the future. Raises NotAllowed, DomainError `wrong_state`, `in_the_past`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE, CaseRole.CHAIR)
        machine.require_state(case, State.TRIAGE, State.REVIEW)
        given = {"declarations_due": declarations_due, "opinions_due": opinions_due}
        for field, moment in given.items():
            if moment is None:
                continue
            if moment <= timezone.now():
                raise DomainError("in_the_past", _("Die Frist muss in der Zukunft liegen."), field=field)
            setattr(case, field, moment)
        case.save()
        machine.tell(user, case, "deadlines_set", role=role, payload=given)
    return case


def end_deadline(user: Actor, *, case: ReviewCase, which: str, reason: str) -> ReviewCase:
    """Ends a deadline at once, with a reason that stays in the record.

    Raises NotAllowed, DomainError `wrong_state`, `invalid`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE, CaseRole.CHAIR)
        machine.require_state(case, State.TRIAGE, State.REVIEW)
        if which not in DEADLINES:
            raise DomainError("invalid", _("Diese Frist gibt es nicht."), field="which")
        reason = contents.required(reason, "reason", _("Begründen Sie, warum die Frist jetzt endet."))
        setattr(case, which, timezone.now())
        case.save()
        machine.tell(user, case, "deadline_ended", role=role, note=reason, payload={"which": which})
    return case


def declare(user: Actor, *, case: ReviewCase, conflicted: bool, ground: str = "", explanation: str = "") -> ReviewCase:
    """A member declares a conflict, or that there is none (VwVfG §§ 20–21). A new declaration supersedes; the former
    stays.

    Whoever declares a conflict is recused at once: no paper, no opinion, no vote, and no longer rapporteur.
    Raises NotAllowed, DomainError `wrong_state`, `vote_open`, `ground_missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        if not permissions.is_member(user) or permissions.is_lead(user, case) or case.state == State.DRAFT:
            raise NotAllowed
        machine.require_state(case, *DECLARABLE)
        if not _may_declare_now(user, case):
            raise DomainError("vote_open", _("Während einer Abstimmung geht das nicht."), status=409)
        if conflicted and ground not in Ground.values:
            raise DomainError("ground_missing", _("Nennen Sie den Grund der Befangenheit."), field="ground")
        case.declarations.filter(member_id=user.pk, current=True).update(current=False)
        ConflictDeclaration.objects.create(
            case=case,
            member_id=machine.acting_id(user),
            conflicted=conflicted,
            ground=ground if conflicted else "",
            explanation=contents.limited(explanation, "explanation", most=2000) if conflicted else "",
            declared_at=timezone.now(),
        )
        if conflicted:
            case.assignments.filter(member_id=user.pk, current=True).update(current=False)
        machine.tell(
            user,
            case,
            "declared",
            role=CaseRole.MEMBER,
            payload={"conflicted": conflicted, "ground": ground if conflicted else ""},
        )
    return case


def start(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Opens the review to the members.

    Raises NotAllowed, DomainError `wrong_state`, `rapporteur_missing`, `declarations_missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "start_review")
        if not case.assignments.filter(current=True).exists():
            raise DomainError("rapporteur_missing", _("Benennen Sie zuerst, wer berichtet."), status=409)
        open_members = undeclared(case)
        if open_members and not has_passed(case.declarations_due):
            raise DomainError(
                "declarations_missing",
                _("%(count)s Mitglieder haben sich noch nicht erklärt, und die Frist läuft noch.")
                % {"count": len(open_members)},
                status=409,
            )
        declared = permissions.declarations(case)
        machine.enter(
            user,
            case,
            "start_review",
            role=role,
            payload={
                "recused": sorted(pk for pk, conflicted in declared.items() if conflicted),
                "undeclared": open_members,
            },
            version_hash=cases.current_version(case).hash,
        )
    return case


def save_opinion(
    user: Actor,
    *,
    case: ReviewCase,
    stance: str,
    text: str,
    ratings: Mapping[str, Mapping[str, str]] | None = None,
    submit: bool,
    read_hash: str = "",
) -> Opinion:
    """Saves a draft of one's own opinion, or hands it in, bound to the current version's hash.

    Until unveiling it may be replaced (the former stays in the record); afterwards it is marked as late, and only a new
    version opens it again: the former then stays readable with the version it was about (decision 0617).
    `read_hash`: the version the member had before them, where known.
    Raises NotAllowed, DomainError `wrong_state`, `version_changed`, `already_submitted`, `missing`, `invalid`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        machine.require_role(user, case, CaseRole.MEMBER)
        machine.require_state(case, State.REVIEW, *LATE)
        version = cases.current_version(case)
        if read_hash and read_hash != version.hash:
            raise DomainError(
                "version_changed",
                _("Inzwischen liegt eine neue Fassung vor. Lesen Sie sie, bevor Sie Stellung nehmen."),
                status=409,
            )
        mine = case.opinions.filter(member_id=user.pk, current=True).first()
        if mine is not None and mine.submitted_at is not None:
            if not submit or not may_restate(mine, version):
                raise DomainError("already_submitted", _("Ihre Stellungnahme ist schon abgegeben."), status=409)
            mine.current = False
            mine.save()
            mine = None
        opinion = mine or Opinion(case=case, member_id=machine.acting_id(user))
        opinion.version, opinion.version_hash = version, version.hash
        opinion.stance = _stance(stance, needed=submit)
        opinion.text = contents.limited(text, "text")
        opinion.ratings = _ratings(case, ratings or {})
        if submit:
            contents.required(text, "text", _("Schreiben Sie Ihre Stellungnahme (mindestens 20 Zeichen)."), least=20)
            opinion.submitted_at = timezone.now()
            opinion.late = case.unveiled_at is not None
            opinion.unveiled_at = opinion.submitted_at if opinion.late else None
        opinion.save()
        if submit:
            machine.tell(user, case, "opinion_given", role=CaseRole.MEMBER, version_hash=version.hash)
    return opinion


def may_restate(opinion: Opinion, version: CaseVersion) -> bool:
    """Whether another opinion may follow the one in force: before the unveiling, or on a newer version."""
    return opinion.unveiled_at is None or opinion.version_hash != version.hash


def unveil(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Shows all opinions handed in to the members free of conflict, at the same time.

    Raises NotAllowed, DomainError `wrong_state`, `opinions_missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "unveil")
        waiting = awaited(case)
        if waiting and not has_passed(case.opinions_due):
            raise DomainError(
                "opinions_missing",
                _("Es fehlen noch %(count)s Stellungnahmen, und die Frist läuft noch.") % {"count": len(waiting)},
                status=409,
            )
        _unveil(user, case, role)
    return case


def unveil_due() -> int:
    """Unveils where the time for opinions is over and at least one is in; returns how many. The system acts."""
    found = ReviewCase.objects.filter(state=State.REVIEW, opinions_due__lte=timezone.now())
    count = 0
    for key in found.values_list("pk", flat=True):
        with transaction.atomic():
            case = ReviewCase.objects.select_for_update().get(pk=key)
            given = case.opinions.filter(submitted_at__isnull=False, current=True)
            if case.state == State.REVIEW and has_passed(case.opinions_due) and given.exists():
                _unveil(None, case, CaseRole.SYSTEM)
                count += 1
    return count


def _unveil(user: Actor | None, case: ReviewCase, role: CaseRole) -> None:
    given = case.opinions.filter(submitted_at__isnull=False, current=True)
    missing = awaited(case)
    case.unveiled_at = timezone.now()
    given.update(unveiled_at=case.unveiled_at)
    machine.enter(user, case, "unveil", role=role, payload={"opinions": given.count(), "missing": missing})


def _may_declare_now(user: Actor, case: ReviewCase) -> bool:
    """Not during a vote, except in writing as long as the member's own vote is not in."""
    vote = case.votes.filter(closed_at__isnull=True).first()
    if vote is None:
        return True
    return vote.procedure == Procedure.WRITTEN and not vote.ballots.filter(member_id=user.pk).exists()


def undeclared(case: ReviewCase) -> list[int]:
    """Ids of members who have not declared yet."""
    settled = permissions.declarations(case).keys() | permissions.recused_members(case)
    return sorted(permissions.seats().keys() - settled)


def awaited(case: ReviewCase) -> list[int]:
    """Ids of members free of conflict, or undeclared, whose opinion is not in."""
    given = case.opinions.filter(submitted_at__isnull=False, current=True).values_list("member_id", flat=True)
    return sorted(permissions.seats().keys() - permissions.recused_members(case) - set(given))


def _stance(stance: str, *, needed: bool) -> str:
    if stance not in Form.values and (stance or needed):
        raise DomainError("invalid", _("Wählen Sie, was Sie dem Rat vorschlagen."), field="stance")
    return stance


def _ratings(case: ReviewCase, ratings: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Ratings of E1–E12 with their reason; a rating without a reason is refused."""
    result = {}
    for row in case.criteria.content["ethik"]:
        given = ratings.get(row["id"], {})
        rating, reason = given.get("rating", ""), contents.limited(given.get("reason", ""), row["id"], most=4000)
        if not rating and not reason:
            continue
        if rating not in row["skala"]:
            raise DomainError("invalid", _("Wählen Sie eine Stufe zu %(id)s.") % {"id": row["id"]}, field=row["id"])
        if row["begruendung_pflicht"] and not reason:
            raise DomainError(
                "missing", _("Begründen Sie Ihre Einschätzung zu %(id)s.") % {"id": row["id"]}, field=row["id"]
            )
        result[row["id"]] = {"rating": rating, "reason": reason}
    return result
