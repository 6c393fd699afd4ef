"""What waits for whom: the work list by role, also shown after the login. Reads only, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain.review import LATE
from ethics.domain.talk import ASKABLE
from ethics.enums import DpiaState, Procedure, SeatFunction, State, Track
from ethics.models import (
    Ballot,
    CaseQuestion,
    CaseVersion,
    ConflictDeclaration,
    Dpia,
    Inquiry,
    Minutes,
    Opinion,
    Recommendation,
    ReviewCase,
    Vote,
)
from ethics.models.visibility import grants

MOST = 100
NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Waiting:
    """One thing to do: `text` says what, `title` on which case, DPIA, meeting or question."""

    title: str
    text: Any
    url: str
    due: datetime | None = None
    sample: bool = False


def _on(case: ReviewCase, text: Any, url: str = "", due: datetime | None = None) -> Waiting:
    return Waiting(case.title, text, url or case.get_office_url(), due, case.sample)


LEAD = {
    State.DRAFT: _("Antrag fertigstellen und einreichen"),
    State.QUERY: _("Rückfrage beantworten"),
    State.AWAITING_ANSWER: _("Auf die Auflagen antworten"),
    State.RESUBMITTED: _("Folgefall beginnen"),
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
    if not getattr(user, "is_authenticated", False):
        return []
    visible = ReviewCase.objects.visible_to(user).select_related("project")
    found: list[Waiting] = []
    if "request_review" in grants(user):
        found += _lead(user, visible)
    if permissions.is_office(user):
        found += _office(visible)
    if permissions.is_dpo(user):
        found += [
            _on(case, _("Veröffentlichung ansehen und bestätigen"))
            for case in _summarised(visible).filter(dpo_seen_at__isnull=True)[:MOST]
        ]
        found += [_about(row, _("Rat zur Folgenabschätzung geben")) for row in _dpias(state=DpiaState.WITH_DPO)]
    if permissions.is_member(user):
        found += _member(user, visible)
    return sorted(found, key=lambda item: item.due or NEVER)


def _lead(user: Any, visible: QuerySet[ReviewCase]) -> list[Waiting]:
    own = visible.filter(Q(lead_id=user.pk) | Q(project__lead_id=user.pk))
    asked = CaseQuestion.objects.filter(case=OuterRef("pk"), answered_at__isnull=True)
    rows = own.filter(Q(state__in=LEAD) | Q(state__in=ASKABLE)).annotate(is_asked=Exists(asked))[:MOST]
    found = [
        _on(case, LEAD[State(case.state)], _lead_url(case), case.answer_due) for case in rows if case.state in LEAD
    ]
    found += [
        _on(case, _("Frage des Ethikrats beantworten")) for case in rows if case.state in ASKABLE and case.is_asked
    ]
    deciding = _dpias(state=DpiaState.DECIDING, releaser_id=user.pk)
    return found + [_about(row, _("Über die Folgenabschätzung entscheiden")) for row in deciding]


def _dpias(**conditions: Any) -> QuerySet[Dpia]:
    return Dpia.objects.filter(**conditions)[:MOST]


def _about(dpia: Dpia, text: Any) -> Waiting:
    return Waiting(dpia.title, text, dpia.get_office_url(), sample=dpia.sample)


def _office(visible: QuerySet[ReviewCase]) -> list[Waiting]:
    ready = {case.pk for case in _summarised(visible)}
    found = []
    for case in visible.filter(state__in=OFFICE)[:MOST]:
        if case.state == State.PREPARING and case.pk in ready:
            continue
        due = case.opinions_due if case.state == State.REVIEW else None
        found.append(_on(case, OFFICE[State(case.state)], due=due))
    for inquiry in Inquiry.objects.public().filter(answered_at__isnull=True)[:MOST]:
        url = f"/ethikrat/fragen/{inquiry.pk}/antwort/"
        found.append(Waiting(str(inquiry), _("Frage aus der Stadt beantworten"), url, sample=inquiry.sample))
    return found


def _member(user: Any, visible: QuerySet[ReviewCase]) -> list[Waiting]:
    declared = ConflictDeclaration.objects.filter(case=OuterRef("pk"), member=user, current=True)
    given = Opinion.objects.filter(case=OuterRef("pk"), member=user, current=True, submitted_at__isnull=False)
    newest = CaseVersion.objects.filter(case=OuterRef("case"), frozen_at__isnull=False).order_by("-number")
    outdated = given.exclude(version_hash=Subquery(newest.values("hash")[:1]))
    voted = Ballot.objects.filter(vote=OuterRef("pk"), member=user)
    cases = visible.exclude(Q(lead_id=user.pk) | Q(project__lead_id=user.pk))
    rows = cases.annotate(
        has_declared=Exists(declared),
        is_free=Exists(declared.filter(conflicted=False)),
        has_given=Exists(given),
        is_outdated=Exists(outdated),
    )
    to_declare = Q(has_declared=False, state__in=DECLARABLE)
    to_opine = Q(is_free=True, has_given=False, state=State.REVIEW)
    to_restate = Q(is_free=True, is_outdated=True, state__in=(State.REVIEW, *LATE))
    to_object = Q(is_free=True, state=State.TRIAGE, track=Track.SHORT)
    found = [_as_member(case) for case in rows.filter(to_declare | to_opine | to_restate | to_object)[: 3 * MOST]]
    free = cases.filter(Exists(declared.filter(conflicted=False)))
    written = Vote.objects.filter(procedure=Procedure.WRITTEN, closed_at__isnull=True, case__in=free)
    found += [
        _on(vote.case, _("Im Umlaufverfahren abstimmen"), due=vote.due)
        for vote in written.filter(~Exists(voted)).select_related("case")[:MOST]
    ]
    found += _presiding(user, free)
    return found + _minutes(user)


def _as_member(case: Any) -> Waiting:
    in_review = case.state == State.REVIEW
    if not case.has_declared:
        return _on(case, _("Befangenheit erklären"), due=case.declarations_due)
    if case.is_outdated:
        return _on(case, _("Zur neuen Fassung Stellung nehmen"), due=case.opinions_due if in_review else None)
    if in_review:
        return _on(case, _("Stellung nehmen"), due=case.opinions_due)
    return _on(case, _("Kurzes Verfahren: Einwände?"), due=case.objections_due)


def _presiding(user: Any, free: QuerySet[ReviewCase]) -> list[Waiting]:
    """For whoever chairs the case now: the chair, or who stands in for a chair that is recused or away."""
    written = Recommendation.objects.filter(case=OuterRef("pk")).exclude(plain_summary="")
    ready = Q(Exists(written), state=State.PREPARING, dpo_seen_at__isnull=False)
    rows = permissions.remember_all(free.filter(Q(state__in=CHAIR) | ready)[:MOST])
    texts = CHAIR | {State.PREPARING: _("Veröffentlichen")}
    return [_on(case, texts[State(case.state)]) for case in rows if user.pk in permissions.presiding(case)]


def _minutes(user: Any) -> list[Waiting]:
    chairs = user.council_seats.filter(until__isnull=True, function=SeatFunction.CHAIR)
    drafts = Minutes.objects.filter(Exists(chairs), released_at__isnull=True).select_related("meeting")[:MOST]
    return [
        Waiting(
            row.meeting.title,
            _("Niederschrift freigeben"),
            f"{row.meeting.get_office_url()}niederschrift/",
            sample=row.meeting.sample,
        )
        for row in drafts
    ]


def _summarised(cases: QuerySet[ReviewCase]) -> QuerySet[ReviewCase]:
    written = Recommendation.objects.filter(case=OuterRef("pk")).exclude(plain_summary="")
    return cases.filter(Exists(written), state=State.PREPARING)


def _lead_url(case: ReviewCase) -> str:
    return f"{case.get_office_url()}antrag/" if case.state == State.DRAFT else case.get_office_url()
