"""Who is what on a case, and who may see what of it. Plain predicates; the acts ask ethics/domain/machine.py."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from ethics.enums import CaseRole, Presence, SeatFunction, State
from ethics.models import (
    AgendaItem,
    Assignment,
    Attendance,
    ConflictDeclaration,
    CouncilSeat,
    Opinion,
    ReviewCase,
)
from ethics.models.visibility import grants, is_seated

# From these states on whoever chairs a case has declared; after the decision an undeclared chair is passed over.
EARLY = (State.DRAFT, State.SUBMITTED, State.TRIAGE, State.QUERY, State.SHORT_CLOSED)
BEFORE_DECISION = (State.REVIEW, State.READY, State.SCHEDULED, State.POSTPONED, State.VOTING)
SITTING = (State.SCHEDULED, State.VOTING)
READ_OPINIONS = "read_opinions"
AWAY = (Presence.EXCUSED, Presence.ABSENT)


@dataclass(frozen=True)
class Standing:
    """Who sits (user id -> function, longest-serving first), who declared what in one case (id -> conflicted), and who
    was recorded as not there in the meeting that has the case on its agenda now."""

    functions: dict[int, str]
    declared: dict[int, bool]
    away: frozenset[int] = frozenset()


def seats() -> dict[int, str]:
    """User id -> function, for everybody who sits on the Council today, longest-serving first."""
    rows = CouncilSeat.objects.filter(until__isnull=True).order_by("since", "pk")
    return dict(rows.values_list("user_id", "function"))


def seated(case: ReviewCase) -> list[CouncilSeat]:
    """Seats of today with their person, longest-serving first; `given_on` is the number of the version that the
    person's opinion in force on this case is about (None before it is handed in), `reports` whether they report on it.

    Read afresh, unless a page asked to remember it.
    """
    known: list[CouncilSeat] | None = case.__dict__.get("_seated")
    if known is not None:
        return known
    given = Opinion.objects.filter(case=case, member=OuterRef("user"), submitted_at__isnull=False, current=True)
    reports = Assignment.objects.filter(case=case, member=OuterRef("user"), current=True)
    rows = CouncilSeat.objects.filter(until__isnull=True).select_related("user").order_by("since", "pk")
    return list(rows.annotate(given_on=Subquery(given.values("version__number")[:1]), reports=Exists(reports)))


def standing(case: ReviewCase) -> Standing:
    """Read afresh, unless a page asked to remember it."""
    known: Standing | None = getattr(case, "_standing", None)
    if known is not None:
        return known
    rows = ConflictDeclaration.objects.filter(case=case, current=True)
    away = frozenset(pk for _case, pk in _away([case]))
    return Standing(seats(), dict(rows.values_list("member_id", "conflicted")), away)


def remember(case: ReviewCase) -> ReviewCase:
    """For one reading of this very instance: seats, declarations, and agenda with attendances where the case is on one,
    are read once. Never in a domain function."""
    for key in ("_standing", "_seated"):
        case.__dict__.pop(key, None)
    case.__dict__["_seated"] = seated(case)
    functions = {seat.user_id: seat.function for seat in seated(case)}
    rows = ConflictDeclaration.objects.filter(case=case, current=True)
    declared = dict(rows.values_list("member_id", "conflicted"))
    case.__dict__["_standing"] = Standing(functions, declared, _away_by_agenda(case))
    return case


def remember_all(cases: Iterable[ReviewCase]) -> list[ReviewCase]:
    """`remember` for a list, in three queries."""
    found = list(cases)
    functions = seats() if found else {}
    declared: dict[int, dict[int, bool]] = {case.pk: {} for case in found}
    rows = ConflictDeclaration.objects.filter(case__in=declared, current=True)
    for key, member, conflicted in rows.values_list("case_id", "member_id", "conflicted"):
        declared[key][member] = conflicted
    away = _away(found)
    for case in found:
        there = frozenset(member for key, member in away if key == case.pk)
        case.__dict__["_standing"] = Standing(functions, declared[case.pk], there)
    return found


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
    known = standing(case)
    functions, declared = known.functions, known.declared
    out = recused_members(case) | known.away
    if case.state not in (*EARLY, *BEFORE_DECISION):
        out |= functions.keys() - declared.keys()
    ready = functions.keys() if case.state in EARLY else declared.keys()
    for function in (SeatFunction.CHAIR, SeatFunction.DEPUTY):
        there = {pk for pk, held in functions.items() if held == function} - out
        if there:
            return frozenset(there & ready)
    return frozenset([pk for pk in functions if pk not in out and pk in ready][:1])


def _away(cases: list[ReviewCase]) -> set[tuple[int, int]]:
    """(case, member) recorded as not there in the meeting that has the case on its agenda now."""
    sitting = [case.pk for case in cases if case.state in SITTING]
    if not sitting:
        return set()
    rows = Attendance.objects.filter(
        meeting__agenda__case__in=sitting, meeting__agenda__current=True, presence__in=[p.value for p in AWAY]
    )
    return set(rows.values_list("meeting__agenda__case_id", "member_id"))


def _away_by_agenda(case: ReviewCase) -> frozenset[int]:
    """As `_away` for one case, from rows that its page shows anyway."""
    if case.state not in SITTING:
        return frozenset()
    prefetch_related_objects([case], Prefetch("agenda_items", AgendaItem.objects.select_related("meeting")))
    prefetch_related_objects([case], "agenda_items__meeting__attendances")
    rows = (row for item in case.agenda_items.all() if item.current for row in item.meeting.attendances.all())
    return frozenset(row.member_id for row in rows if row.presence in AWAY)


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

    Who declared a conflict is none, whatever other office they hold (VwVfG § 20); who leads the case is no member of
    the Council for it. `CHAIR`: see `presiding`. An undeclared member may declare but is no `MEMBER` yet.
    """
    if not getattr(user, "is_authenticated", False):
        return frozenset()
    roles = set()
    if is_lead(user, case):
        roles.add(CaseRole.LEAD)
    if case.state == State.DRAFT or is_recused(user, case):
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


def readable_opinions(user: Any) -> QuerySet[Opinion]:
    """Those in force that the person may read, the own draft among them, and former ones that were unveiled."""
    rows = Opinion.objects.visible_to(user).filter(Q(current=True) | Q(unveiled_at__isnull=False))
    return rows.select_related("member", "version")


def visible_opinions(user: Any, case: ReviewCase) -> list[Opinion]:
    """What was handed in and the person may read, member by member, the opinion in force before former ones."""
    given = [opinion for opinion in _opinions(user, case) if opinion.submitted_at is not None]
    places = {pk: place for place, pk in enumerate(dict.fromkeys(opinion.member_id for opinion in given))}
    return sorted(given, key=lambda opinion: (places[opinion.member_id], not opinion.current, -opinion.pk))


def own_opinion(user: Any, case: ReviewCase) -> Opinion | None:
    """The person's own in force, handed in or not."""
    own = (opinion for opinion in _opinions(user, case) if opinion.member_id == user.pk and opinion.current)
    return next(own, None)


def _opinions(user: Any, case: ReviewCase) -> list[Opinion]:
    """Read afresh, unless a page of this person has read them together with other rows."""
    known: list[Opinion] | None = getattr(case, READ_OPINIONS, None)
    return list(readable_opinions(user).filter(case=case)) if known is None else known
