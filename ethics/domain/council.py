"""The Council's seats, its rules of procedure and its checklists."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain.machine import Actor
from ethics.enums import ChecklistKind, SeatFunction
from ethics.models import ChecklistVersion, CouncilSeat, QuorumRule
from ethics.screening import Rules
from ethics.screening.rules import DATA
from portal import audit
from portal.accounts.models import User
from portal.exceptions import DomainError, NotAllowed

STREAM = "council"
SHIPPED = {
    ChecklistKind.SCREENING: "screening-1.json",
    ChecklistKind.CRITERIA: "criteria-1.json",
    ChecklistKind.DPIA: "dpia-1.json",
}
DEFAULT_SOURCE = "VwVfG §§ 90 und 91"


def seat(user: Actor, *, person: User, function: str, since: date) -> CouncilSeat:
    """Gives `person` a seat, or changes the function of the present one; the office does. Recorded in `council`.

    Raises NotAllowed, DomainError `chair_taken`.
    """
    if not permissions.is_office(user):
        raise NotAllowed
    with transaction.atomic():
        current = CouncilSeat.objects.select_for_update().filter(user=person, until__isnull=True).first()
        if current is not None and current.function == function:
            return current
        others = CouncilSeat.objects.filter(until__isnull=True, function=SeatFunction.CHAIR).exclude(user=person)
        if function == SeatFunction.CHAIR and others.exists():
            raise DomainError("chair_taken", _("Den Vorsitz hat schon jemand anders."), field="function")
        if current is None:
            current = CouncilSeat(user=person, since=since)
        current.function = SeatFunction(function)
        current.save()
        audit.record(
            actor=user,
            action="ethics.member_seated",
            obj=current,
            stream=STREAM,
            payload={"person": person.pk, "function": function, "since": since},
            role="office",
        )
    return current


def unseat(user: Actor, *, seat: CouncilSeat, until: date) -> CouncilSeat:
    """Ends a seat on `until`; what the person said stays. Raises NotAllowed."""
    if not permissions.is_office(user):
        raise NotAllowed
    with transaction.atomic():
        seat.until = until
        seat.save()
        audit.record(
            actor=user, action="ethics.member_left", obj=seat, stream=STREAM, payload={"until": until}, role="office"
        )
    return seat


def current_rule() -> QuorumRule:
    """The rule in force; the default of VwVfG §§ 90–91 where none was set."""
    rule = QuorumRule.objects.order_by("-version").first()
    return rule or QuorumRule.objects.get_or_create(version=1, defaults={"source": DEFAULT_SOURCE})[0]


def current_checklist(kind: ChecklistKind) -> ChecklistVersion:
    """The newest version of a checklist; the shipped one where the database has none."""
    found = ChecklistVersion.objects.filter(kind=kind).order_by("-version").first()
    if found is not None:
        return found
    data = shipped(kind)
    return ChecklistVersion.objects.get_or_create(
        kind=kind,
        version=data["version"],
        defaults={"title": data["title"], "source": data["source"], "content": data},
    )[0]


def screening_rules(checklist: ChecklistVersion) -> Rules:
    """The rules of the version a case keeps."""
    return Rules.from_data(checklist.content)


@cache
def shipped(kind: ChecklistKind) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((DATA / SHIPPED[kind]).read_text(encoding="utf-8"))
    return data
