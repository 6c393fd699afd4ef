"""Who is what on a case, and who may see what of it. Plain predicates; the acts ask ethics/domain/machine.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ethics.enums import CaseRole, Presence, SeatFunction, State
from ethics.models import Attendance, ConflictDeclaration, CouncilSeat, Opinion, ReviewCase
from ethics.models.visibility import grants, is_seated

# From these states on whoever chairs a case has declared; after the decision an undeclared chair is passed over.
EARLY = (State.DRAFT, State.SUBMITTED, State.TRIAGE, State.QUERY, State.SHORT_CLOSED)
BEFORE_DECISION = (State.REVIEW, State.READY, State.SCHEDULED, State.POSTPONED, State.VOTING)
AWAY = (Presence.EXCUSED, Presence.ABSENT)


@dataclass(frozen=True)
class Standing:
    """Who sits (user id -> function, longest-serving first) and who declared what in one case (id -> conflicted)."""

    functions: dict[int, str]
    declared: dict[int, bool]


def seats() -> dict[int, str]:
    """User id -> function, for everybody who sits on the Council today, longest-serving first."""
    rows = CouncilSeat.objects.filter(until__isnull=True).order_by("since", "pk")
    return dict(rows.values_list("user_id", "function"))


def standing(case: ReviewCase) -> Standing:
    """Read afresh, unless a page asked to remember it."""
    known: Standing | None = getattr(case, "_standing", None)
    if known is not None:
        return known
    rows = ConflictDeclaration.objects.filter(case=case, current=True)
    return Standing(seats(), dict(rows.values_list("member_id", "conflicted")))


def remember(case: ReviewCase) -> ReviewCase:
    """For one reading of this very instance: seats and declarations are read once. Never in a domain function."""
    case.__dict__.pop("_standing", None)
    case.__dict__["_standing"] = standing(case)
    return case


def declarations(case: ReviewCase) -> dict[int, bool]:
    """Member id -> conflicted, as far as declared."""
    return standing(case).declared


def recused_members(case: ReviewCase) -> set[int]:
    """Seated members who do not count for this case: with a declared conflict, or leading it themselves."""
    known = standing(case)
    leads = {case.lead_id, case.project.lead_id if case.project else None}
    conflicted = {pk for pk, is_conflicted in known.declared.items() if is_conflicted}
    return known.functions.keys() & (conflicted | leads)


def presiding(case: ReviewCase) -> frozenset[int]:
    """Who chairs this case now.

    The chair; a deputy where the chair is recused or recorded as away from the meeting; the longest-serving member
    free of conflict where that holds for every deputy too. From the review on only who has declared.
    """
    functions, declared = standing(case).functions, declarations(case)
    out = recused_members(case) | _away(case)
    if case.state not in (*EARLY, *BEFORE_DECISION):
        out |= functions.keys() - declared.keys()
    ready = functions.keys() if case.state in EARLY else declared.keys()
    for function in (SeatFunction.CHAIR, SeatFunction.DEPUTY):
        there = {pk for pk, held in functions.items() if held == function} - out
        if there:
            return frozenset(there & ready)
    return frozenset([pk for pk in functions if pk not in out and pk in ready][:1])


def _away(case: ReviewCase) -> set[int]:
    """Members recorded as not there in the meeting that has the case on its agenda now."""
    if case.state not in (State.SCHEDULED, State.VOTING):
        return set()
    rows = Attendance.objects.filter(
        meeting__agenda__case=case, meeting__agenda__current=True, presence__in=[p.value for p in AWAY]
    )
    return set(rows.values_list("member_id", flat=True))


def is_lead(user: Any, case: ReviewCase) -> bool:
    """The person who applied, or who leads the project today."""
    if "request_review" not in grants(user):
        return False
    return user.pk == case.lead_id or (case.project is not None and user.pk == case.project.lead_id)


def is_office(user: Any) -> bool:
    return "run_office" in grants(user)


def is_dpo(user: Any) -> bool:
    return "advise_data_protection" in grants(user)


def is_member(user: Any) -> bool:
    return is_seated(user)


def is_recused(user: Any, case: ReviewCase) -> bool:
    return declarations(case).get(user.pk, False)


def case_roles(user: Any, case: ReviewCase) -> frozenset[CaseRole]:
    """Every capacity in which this person may act on the case now.

    A recused member is none; who leads the case is no member of the Council for it. `CHAIR`: see `presiding`. An
    undeclared member may declare but is no `MEMBER` yet.
    """
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    roles = set()
    if is_lead(user, case):
        roles.add(CaseRole.LEAD)
    if case.state == State.DRAFT:
        return frozenset(roles)
    if is_office(user):
        roles.add(CaseRole.OFFICE)
    if is_dpo(user):
        roles.add(CaseRole.DPO)
    if "advise_publication" in grants(user):
        roles.add(CaseRole.COMMUNICATIONS)
    if is_seated(user) and user.pk not in recused_members(case) and CaseRole.LEAD not in roles:
        roles |= _council_roles(user, case)
    return frozenset(roles)


def _council_roles(user: Any, case: ReviewCase) -> set[CaseRole]:
    roles = {CaseRole.MEMBER} if user.pk in declarations(case) else set()
    function = standing(case).functions.get(user.pk)
    entitled = function != SeatFunction.CHAIR or "chair_council" in grants(user)
    if entitled and user.pk in presiding(case):
        roles.add(CaseRole.CHAIR)
    return roles


def can_view(user: Any, case: ReviewCase) -> bool:
    """May know that the case exists: title and parties."""
    return ReviewCase.objects.visible_to(user).filter(pk=case.pk).exists()


def can_read_paper(user: Any, case: ReviewCase) -> bool:
    """May open internal papers: lead, office, DPO, and members who declared that they are free of conflict."""
    allowed = {CaseRole.LEAD, CaseRole.OFFICE, CaseRole.DPO, CaseRole.MEMBER}
    return bool(case_roles(user, case) & allowed)


def can_see_internal(user: Any, case: ReviewCase) -> bool:
    """May see declarations, unveiled opinions and the Council's draft: office and members free of conflict."""
    return bool(case_roles(user, case) & {CaseRole.OFFICE, CaseRole.MEMBER})


def visible_opinions(user: Any, case: ReviewCase) -> list[Opinion]:
    return list(
        Opinion.objects.visible_to(user)
        .filter(case=case, submitted_at__isnull=False, current=True)
        .select_related("member", "version")
    )
