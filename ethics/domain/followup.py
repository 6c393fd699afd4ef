"""After publication: the project's answer to each condition, the proof, the end, and the way back in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.domain import content as contents
from ethics.domain import machine
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, ConditionState, Response, State, Trigger
from ethics.models import Condition, ReviewCase
from portal.exceptions import DomainError


def request_answer(user: Actor, *, case: ReviewCase, due: datetime) -> ReviewCase:
    """Asks the project to answer each condition by `due`.

    Raises NotAllowed, DomainError `wrong_state`, `no_conditions`, `in_the_past`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "request_answer")
        if not case.recommendation.conditions.exists():
            raise DomainError("no_conditions", _("Ohne Auflagen gibt es nichts zu beantworten."), status=409)
        if due <= timezone.now():
            raise DomainError("in_the_past", _("Die Frist muss in der Zukunft liegen."), field="due")
        case.answer_due = due
        machine.enter(user, case, "request_answer", role=role, payload={"due": due})
    return case


def answer(user: Actor, *, case: ReviewCase, responses: Mapping[int, tuple[str, str]]) -> ReviewCase:
    """The project answers every condition: position -> (response, reason). Comply or explain.

    Raises NotAllowed, DomainError `wrong_state`, `incomplete`, `invalid`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "answer")
        conditions = list(case.recommendation.conditions.all())
        if {condition.position for condition in conditions} != set(responses):
            raise DomainError("incomplete", _("Beantworten Sie jede Auflage."), field="responses")
        for condition in conditions:
            response, reason = responses[condition.position]
            if response not in Response.values:
                raise DomainError("invalid", _("Wählen Sie eine Antwort."), field=f"response_{condition.position}")
            condition.response = Response(response)
            condition.response_reason = contents.required(
                reason, f"reason_{condition.position}", _("Begründen Sie Ihre Antwort."), least=10, most=4000
            )
            condition.responded_at = timezone.now()
            condition.save()
        payload = {str(position): response for position, (response, _reason) in responses.items()}
        machine.enter(user, case, "answer", role=role, payload=payload)
    return case


def follow_up(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Begins to follow the conditions. Raises NotAllowed, DomainError `wrong_state`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "follow_up")
        machine.enter(user, case, "follow_up", role=role)
    return case


def settle(user: Actor, *, condition: Condition, state: str, proof: str) -> Condition:
    """The office records that a condition is done or void, with the proof.

    Raises NotAllowed, DomainError `wrong_state`, `invalid`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(condition.recommendation.case)
        role = machine.require_role(user, case, CaseRole.OFFICE)
        machine.require_state(case, State.FOLLOW_UP)
        if state not in (ConditionState.DONE, ConditionState.VOID):
            raise DomainError("invalid", _("Wählen Sie erfüllt oder entfallen."), field="state")
        condition.state = ConditionState(state)
        condition.proof = contents.required(proof, "proof", _("Nennen Sie den Nachweis."), least=5, most=4000)
        condition.settled_at = timezone.now()
        condition.save()
        machine.tell(
            user, case, "condition_settled", role=role, payload={"position": condition.position, "state": state}
        )
    return condition


def close(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """Ends the case. Raises NotAllowed, DomainError `wrong_state`, `conditions_open`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "close")
        if case.recommendation.conditions.filter(state=ConditionState.OPEN).exists():
            raise DomainError("conditions_open", _("Es sind noch Auflagen offen."), status=409)
        machine.enter(user, case, "close", role=role)
    return case


def reopen(user: Actor, *, case: ReviewCase, trigger: str, kind: str = Trigger.PURPOSE) -> ReviewCase:
    """Brings a closed case back; what was published stays. `kind` is one of the six triggers.

    Raises NotAllowed, DomainError `wrong_state`, `invalid`, `missing`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require(user, case, "reopen")
        if kind not in Trigger.values:
            raise DomainError("invalid", _("Wählen Sie einen Anlass."), field="kind")
        trigger = contents.required(trigger, "trigger", _("Beschreiben Sie den Anlass."))
        case.review_on = None
        machine.enter(user, case, "reopen", role=role, note=trigger, payload={"kind": kind})
    return case
