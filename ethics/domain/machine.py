"""The state machine of a review case as data, and the one function that moves a case along it.

The table is the truth: docs/reference/ethics.md is compared with it by a test, the case page draws it, and every domain
function asks it before it acts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.enums import OPEN_STATES, CaseRole, State
from ethics.models import CaseEvent, ReviewCase
from portal import audit
from portal.exceptions import DomainError, NotAllowed

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

    Actor = User | AnonymousUser
else:
    Actor = Any

LEAD, OFFICE, CHAIR, MEMBER = CaseRole.LEAD, CaseRole.OFFICE, CaseRole.CHAIR, CaseRole.MEMBER


@dataclass(frozen=True)
class Transition:
    """One permitted step from any of `sources` to `target` by one of `roles`. `guard` is text; the act checks it."""

    name: str
    label: Any
    sources: tuple[State, ...]
    target: State
    roles: tuple[CaseRole, ...]
    guard: Any = ""


def _step(
    name: str, label: Any, sources: State | tuple[State, ...], target: State, *roles: CaseRole, guard: Any = ""
) -> Transition:
    return Transition(name, label, sources if isinstance(sources, tuple) else (sources,), target, roles, guard)


TRANSITIONS: Mapping[str, Transition] = {
    step.name: step
    for step in (
        _step(
            "submit",
            _("Einreichen"),
            State.DRAFT,
            State.SUBMITTED,
            LEAD,
            guard=_("Pflichtangaben; Ergebnis der Schwellwertprüfung nicht offen, oder eine Begründung"),
        ),
        _step("accept", _("Zur Vorprüfung annehmen"), State.SUBMITTED, State.TRIAGE, OFFICE),
        _step("ask_back", _("Rückfrage stellen"), State.TRIAGE, State.QUERY, OFFICE, guard=_("eine Frage")),
        _step(
            "answer_query",
            _("Rückfrage beantworten"),
            State.QUERY,
            State.TRIAGE,
            LEAD,
            guard=_("eine Antwort; geänderte Angaben werden eine neue Fassung"),
        ),
        _step(
            "close_short",
            _("Kurz abschließen"),
            State.TRIAGE,
            State.SHORT_CLOSED,
            OFFICE,
            guard=_("kurzes Verfahren, Frist abgelaufen, kein Widerspruch"),
        ),
        _step(
            "start_review",
            _("Begutachtung beginnen"),
            State.TRIAGE,
            State.REVIEW,
            OFFICE,
            CHAIR,
            guard=_("Berichterstattung benannt; alle haben sich erklärt, oder die Frist ist abgelaufen"),
        ),
        _step(
            "unveil",
            _("Stellungnahmen offenlegen"),
            State.REVIEW,
            State.READY,
            OFFICE,
            guard=_("alle Stellungnahmen liegen vor, oder die Frist ist abgelaufen"),
        ),
        _step(
            "schedule",
            _("Auf die Tagesordnung setzen"),
            (State.READY, State.POSTPONED),
            State.SCHEDULED,
            OFFICE,
            guard=_("Sitzung, zu der alle Mitglieder rechtzeitig eingeladen sind"),
        ),
        _step(
            "postpone",
            _("Vertagen"),
            (State.SCHEDULED, State.VOTING),
            State.POSTPONED,
            CHAIR,
            guard=_("ein Grund; keine laufende Abstimmung"),
        ),
        _step(
            "open_vote",
            _("Abstimmung eröffnen"),
            (State.SCHEDULED, State.VOTING),
            State.VOTING,
            CHAIR,
            guard=_("Anwesenheit festgehalten, beschlussfähig ohne die Befangenen, Vorlage liegt vor"),
        ),
        _step(
            "open_written",
            _("Umlaufverfahren eröffnen"),
            (State.READY, State.POSTPONED, State.VOTING),
            State.VOTING,
            CHAIR,
            guard=_("Vorlage liegt vor; Frist; auch alle zusammen wären beschlussfähig"),
        ),
        _step(
            "object_written",
            _("Umlaufverfahren widersprechen"),
            State.VOTING,
            State.POSTPONED,
            MEMBER,
            guard=_("laufendes Umlaufverfahren; das Mitglied ist nicht befangen"),
        ),
        _step(
            "written_failed",
            _("Umlaufverfahren ohne Beschlussfähigkeit beenden"),
            State.VOTING,
            State.POSTPONED,
            CHAIR,
            guard=_("Frist abgelaufen, zu wenige Stimmen"),
        ),
        _step(
            "close_vote",
            _("Abstimmung schließen"),
            State.VOTING,
            State.DECIDED,
            CHAIR,
            guard=_("Stimmen liegen vor; der Antrag hat eine Mehrheit"),
        ),
        _step(
            "state_no_position",
            _("Keine gemeinsame Position feststellen"),
            State.VOTING,
            State.DECIDED,
            CHAIR,
            guard=_("mindestens ein Antrag fand keine Mehrheit"),
        ),
        _step(
            "rely_on_outside",
            _("Stellungnahme von außen zugrunde legen"),
            (State.READY, State.SCHEDULED, State.POSTPONED),
            State.DECIDED,
            CHAIR,
            OFFICE,
            guard=_("zu wenige Mitglieder ohne Befangenheit; Stellungnahme von außen zur aktuellen Fassung"),
        ),
        _step("open_dissent", _("Frist für Sondervoten eröffnen"), State.DECIDED, State.DISSENT, CHAIR, OFFICE),
        _step(
            "prepare",
            _("Veröffentlichung vorbereiten"),
            State.DISSENT,
            State.PREPARING,
            OFFICE,
            CHAIR,
            guard=_("Frist abgelaufen, oder niemand kann noch ein Sondervotum abgeben"),
        ),
        _step(
            "publish",
            _("Veröffentlichen"),
            State.PREPARING,
            State.PUBLISHED,
            CHAIR,
            guard=_("Zusammenfassung in einfachen Worten; Datenschutz hat es gesehen; Schwärzungen begründet"),
        ),
        _step(
            "request_answer",
            _("Antwort anfordern"),
            State.PUBLISHED,
            State.AWAITING_ANSWER,
            OFFICE,
            guard=_("es gibt Auflagen"),
        ),
        _step(
            "answer",
            _("Auf Auflagen antworten"),
            State.AWAITING_ANSWER,
            State.ANSWERED,
            LEAD,
            guard=_("zu jeder Auflage: angenommen, teilweise oder nicht, mit Begründung"),
        ),
        _step("follow_up", _("Nachverfolgung beginnen"), State.ANSWERED, State.FOLLOW_UP, OFFICE),
        _step(
            "close",
            _("Abschließen"),
            (State.FOLLOW_UP, State.PUBLISHED),
            State.CLOSED,
            OFFICE,
            guard=_("jede Auflage ist erfüllt oder entfallen, mit Nachweis"),
        ),
        _step(
            "reopen",
            _("Wieder vorlegen"),
            (State.CLOSED, State.SHORT_CLOSED),
            State.RESUBMITTED,
            LEAD,
            OFFICE,
            CHAIR,
            guard=_("ein Anlass: neuer Zweck, neue Daten, neuer Dienstleister, Vorfall, Termin, neues Recht"),
        ),
        _step("withdraw", _("Zurückziehen"), OPEN_STATES, State.WITHDRAWN, LEAD, guard=_("ein Grund")),
        _step(
            "replace", _("Durch anderen Fall ersetzen"), OPEN_STATES, State.REPLACED, OFFICE, guard=_("der neue Fall")
        ),
    )
}


def possible(user: Actor, case: ReviewCase) -> list[Transition]:
    """Steps this person may take now, as far as state and role decide; the acts check their guards."""
    roles = permissions.case_roles(user, case)
    return [step for step in TRANSITIONS.values() if case.state in step.sources and roles.intersection(step.roles)]


def require(user: Actor, case: ReviewCase, name: str) -> CaseRole:
    """The role in which the person may take this step now.

    Raises NotAllowed if no role of theirs may, DomainError `wrong_state` (409) if the case stands elsewhere.
    """
    step = TRANSITIONS[name]
    role = require_role(user, case, *step.roles)
    if case.state not in step.sources:
        raise DomainError(
            "wrong_state",
            _("„%(step)s“ geht im Stand „%(state)s“ nicht.") % {"step": step.label, "state": case.get_state_display()},
            status=409,
        )
    return role


def require_role(user: Actor, case: ReviewCase, *allowed: CaseRole) -> CaseRole:
    """The first of `allowed` that the person holds on this case; NotAllowed otherwise."""
    held = permissions.case_roles(user, case)
    for role in allowed:
        if role in held:
            return role
    raise NotAllowed


def acting_id(user: Actor) -> int:
    """The key of the acting person; NotAllowed for somebody who is not signed in."""
    if user.pk is None:
        raise NotAllowed
    return int(user.pk)


def require_state(case: ReviewCase, *states: State) -> None:
    if case.state not in states:
        raise DomainError(
            "wrong_state",
            _("Das geht im Stand „%(state)s“ nicht.") % {"state": case.get_state_display()},
            status=409,
        )


def locked(case: ReviewCase) -> ReviewCase:
    """The case as the database has it, locked until the transaction ends: two people never take one step twice."""
    return ReviewCase.objects.select_for_update().get(pk=case.pk)


def enter(
    user: Actor | None,
    case: ReviewCase,
    name: str,
    *,
    role: CaseRole | str,
    note: str = "",
    payload: Mapping[str, Any] | None = None,
    version_hash: str = "",
) -> None:
    """Moves the case, and records event and audit entry. Call inside the act's transaction, after its other writes.

    `user` is None (and `role` "system") where a deadline or a date moves it.
    """
    source, case.state = case.state, TRANSITIONS[name].target
    case.save()
    tell(
        user,
        case,
        name,
        role=role,
        note=note,
        payload=payload,
        version_hash=version_hash,
        source=source,
        target=case.state,
    )


def tell(
    user: Actor | None,
    case: ReviewCase,
    action: str,
    *,
    role: CaseRole | str,
    note: str = "",
    payload: Mapping[str, Any] | None = None,
    version_hash: str = "",
    source: str = "",
    target: str = "",
) -> None:
    """Records an act that may leave the state as it is: one line in the way of the case, one link in its chain."""
    CaseEvent.objects.create(
        case=case,
        action=action,
        source=source,
        target=target,
        actor_id=user.pk if user is not None else None,
        role=role,
        note=note,
        occurred_at=timezone.now(),
    )
    audit.record(
        actor=user,
        action=f"ethics.{action}",
        obj=case,
        stream=case.stream,
        payload={"note": note, "from": source, "to": target, **(payload or {})},
        version_hash=version_hash,
        role=role,
    )
