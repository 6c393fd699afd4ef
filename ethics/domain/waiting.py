"""What waits for whom: the work list by role, also shown after the login. Reads only, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.enums import SeatFunction, State, Track
from ethics.models import ConflictDeclaration, Opinion, Recommendation, ReviewCase

MOST = 100
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """One thing to do on one case."""

    case: ReviewCase
    text: Any
    url: str
    due: datetime | None = None


LEAD = {
    State.DRAFT: _("Antrag fertigstellen und einreichen"),
    State.QUERY: _("Rückfrage beantworten"),
    State.AWAITING_ANSWER: _("Auf die Auflagen antworten"),
}
OFFICE = {
    State.SUBMITTED: _("Antrag annehmen"),
    State.TRIAGE: _("Vorprüfen und Begutachtung vorbereiten"),
    State.REVIEW: _("Stellungnahmen einholen und offenlegen"),
    State.READY: _("Auf die Tagesordnung setzen"),
    State.POSTPONED: _("Neue Sitzung suchen"),
    State.DECIDED: _("Frist für Sondervoten eröffnen"),
    State.DISSENT: _("Veröffentlichung vorbereiten"),
    State.PREPARING: _("Zusammenfassung in einfachen Worten schreiben"),
    State.PUBLISHED: _("Antwort anfordern oder abschließen"),
    State.ANSWERED: _("Nachverfolgung beginnen"),
    State.FOLLOW_UP: _("Auflagen verfolgen"),
}
CHAIR = {State.SCHEDULED: _("Sitzung leiten und abstimmen lassen"), State.VOTING: _("Abstimmung leiten")}
DECLARABLE = (State.TRIAGE, State.REVIEW, State.READY, State.SCHEDULED, State.POSTPONED)


def for_user(user: Any) -> list[Waiting]:
    """Everything that waits for this person, soonest first."""
    visible = ReviewCase.objects.visible_to(user).select_related("project")
    found: list[Waiting] = []
    if not getattr(user, "is_authenticated", False):
        return found
    own = visible.filter(Q(lead_id=user.pk) | Q(project__lead_id=user.pk)).filter(state__in=LEAD)
    for case in own[:MOST]:
        found.append(Waiting(case, LEAD[State(case.state)], _lead_url(case), case.answer_due))
    if permissions.is_office(user):
        found += _office(visible)
    if permissions.is_dpo(user):
        found += [
            Waiting(case, _("Veröffentlichung ansehen und bestätigen"), case.get_office_url())
            for case in _summarised(visible).filter(dpo_seen_at__isnull=True)[:MOST]
        ]
    if permissions.is_member(user):
        found += _member(user, visible)
    return sorted(found, key=lambda item: item.due or NEVER)


def _office(visible: QuerySet[ReviewCase]) -> list[Waiting]:
    ready = {case.pk for case in _summarised(visible)}
    found = []
    for case in visible.filter(state__in=OFFICE)[:MOST]:
        if case.state == State.PREPARING and case.pk in ready:
            continue
        due = case.opinions_due if case.state == State.REVIEW else None
        found.append(Waiting(case, OFFICE[State(case.state)], case.get_office_url(), due))
    return found


def _member(user: Any, visible: QuerySet[ReviewCase]) -> list[Waiting]:
    declared = ConflictDeclaration.objects.filter(case=OuterRef("pk"), member=user, current=True)
    given = Opinion.objects.filter(case=OuterRef("pk"), member=user, current=True, submitted_at__isnull=False)
    cases = visible.exclude(Q(lead_id=user.pk) | Q(project__lead_id=user.pk))
    found = [
        Waiting(case, _("Befangenheit erklären"), case.get_office_url(), case.declarations_due)
        for case in cases.filter(~Exists(declared), state__in=DECLARABLE)[:MOST]
    ]
    free = cases.filter(Exists(declared.filter(conflicted=False)))
    found += [
        Waiting(case, _("Stellung nehmen"), case.get_office_url(), case.opinions_due)
        for case in free.filter(~Exists(given), state=State.REVIEW)[:MOST]
    ]
    found += [
        Waiting(case, _("Kurzes Verfahren: Einwände?"), case.get_office_url(), case.objections_due)
        for case in free.filter(state=State.TRIAGE, track=Track.SHORT)[:MOST]
    ]
    chairs = permissions.seats().get(user.pk) == SeatFunction.CHAIR
    if chairs:
        found += [
            Waiting(case, CHAIR[State(case.state)], case.get_office_url())
            for case in free.filter(state__in=CHAIR)[:MOST]
        ]
        found += [
            Waiting(case, _("Veröffentlichen"), case.get_office_url())
            for case in _summarised(free).filter(dpo_seen_at__isnull=False)[:MOST]
        ]
    return found


def _summarised(cases: QuerySet[ReviewCase]) -> QuerySet[ReviewCase]:
    written = Recommendation.objects.filter(case=OuterRef("pk")).exclude(plain_summary="")
    return cases.filter(Exists(written), state=State.PREPARING)


def _lead_url(case: ReviewCase) -> str:
    return f"{case.get_office_url()}antrag/" if case.state == State.DRAFT else case.get_office_url()
