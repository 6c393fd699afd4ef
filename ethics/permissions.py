"""Who is what on a case, and who may see what of it. Plain predicates; the acts ask ethics/domain/machine.py."""

from __future__ import annotations

from typing import Any

from ethics.enums import CaseRole, SeatFunction, State
from ethics.models import ConflictDeclaration, CouncilSeat, Opinion, ReviewCase
from ethics.models.visibility import grants, is_seated


def seats() -> dict[int, str]:
    """User id -> function, for everybody who sits on the Council today."""
    return dict(CouncilSeat.objects.filter(until__isnull=True).values_list("user_id", "function"))


def declarations(case: ReviewCase) -> dict[int, bool]:
    """Member id -> conflicted, as far as declared."""
    return dict(ConflictDeclaration.objects.filter(case=case, current=True).values_list("member_id", "conflicted"))


def recused_members(case: ReviewCase) -> set[int]:
    """Seated members who do not count for this case: with a declared conflict, or leading it themselves."""
    leads = {case.lead_id, case.project.lead_id if case.project else None}
    conflicted = {pk for pk, is_conflicted in declarations(case).items() if is_conflicted}
    return seats().keys() & (conflicted | leads)


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

    A recused member is none; who leads the case is no member of the Council for it. The deputy is the chair where
    the chair is recused. An undeclared member may declare but is no `MEMBER` yet.
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
    if is_seated(user) and CaseRole.LEAD not in roles:
        roles |= _council_roles(user, case)
    return frozenset(roles)


def _council_roles(user: Any, case: ReviewCase) -> set[CaseRole]:
    functions, declared = seats(), declarations(case)
    if declared.get(user.pk, False):
        return set()
    roles = {CaseRole.MEMBER} if user.pk in declared else set()
    chair = next((pk for pk, function in functions.items() if function == SeatFunction.CHAIR), None)
    is_chair = user.pk == chair and "chair_council" in grants(user)
    stands_in = functions.get(user.pk) == SeatFunction.DEPUTY and (chair is None or declared.get(chair, False))
    if is_chair or stands_in:
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
