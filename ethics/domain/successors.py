"""What brings a closed case back (Art. 35 Abs. 11 DSGVO): a date set before, or somebody who names what changed.

The old case keeps everything; what is examined anew is a case of its own that follows it.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics.domain import cases, machine
from ethics.domain.machine import Actor
from ethics.enums import CaseRole, State, Trigger
from ethics.models import ReviewCase
from portal.exceptions import DomainError

DATEABLE = (
    State.PUBLISHED,
    State.AWAITING_ANSWER,
    State.ANSWERED,
    State.FOLLOW_UP,
    State.CLOSED,
    State.SHORT_CLOSED,
)


def set_review_date(user: Actor, *, case: ReviewCase, day: date) -> ReviewCase:
    """The day on which a closed case comes back by itself. Raises NotAllowed, DomainError `wrong_state`,
    `in_the_past`."""
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.OFFICE, CaseRole.CHAIR)
        machine.require_state(case, *DATEABLE)
        if day <= timezone.localdate():
            raise DomainError("in_the_past", _("Der Tag muss in der Zukunft liegen."), field="day")
        case.review_on = day
        case.save()
        machine.tell(user, case, "review_date_set", role=role, payload={"day": day})
    return case


def begin_successor(user: Actor, *, case: ReviewCase) -> ReviewCase:
    """The lead begins the case that follows one under Wiedervorlage, with the last version's content to change.

    The old case becomes `ersetzt` when the office accepts the new one. Raises NotAllowed, DomainError `wrong_state`,
    `already_begun`.
    """
    with transaction.atomic():
        case = machine.locked(case)
        role = machine.require_role(user, case, CaseRole.LEAD)
        machine.require_state(case, State.RESUBMITTED)
        if case.successors.exclude(state=State.WITHDRAWN).exists():
            raise DomainError("already_begun", _("Der Folgefall ist schon begonnen."), status=409)
        last = cases.current_version(case)
        successor = cases.begin(
            user,
            title=case.title,
            project=case.project,
            initiative=case.initiative,
            parties=case.parties,
            sample=case.sample,
        )
        successor.follows = case
        successor.save()
        cases.save_draft(
            user,
            case=successor,
            content=last.content,
            answers=_still_asked(successor, last.screening.answers),
            reason=last.screening.reason,
        )
        machine.tell(user, successor, "begun", role=CaseRole.LEAD, payload={"follows": case.slug})
        machine.tell(user, case, "successor_begun", role=role, payload={"successor": successor.slug})
    return successor


def return_due(*, today: date) -> int:
    """Brings back closed cases whose day has come; returns how many. The system acts."""
    found = ReviewCase.objects.filter(state__in=[State.CLOSED, State.SHORT_CLOSED], review_on__lte=today)
    count = 0
    for key in found.values_list("pk", flat=True):
        with transaction.atomic():
            case = ReviewCase.objects.select_for_update().get(pk=key)
            if case.state not in (State.CLOSED, State.SHORT_CLOSED):
                continue
            case.review_on = None
            note = str(Trigger.DATE.label)
            machine.enter(None, case, "reopen", role=CaseRole.SYSTEM, note=note, payload={"kind": Trigger.DATE})
            count += 1
    return count


def _still_asked(case: ReviewCase, answers: dict[str, str]) -> dict[str, str]:
    """Answers to questions that the present checklist still has; a dropped one must not stop the new case."""
    from ethics.domain.council import screening_rules

    known = screening_rules(case.checklist).ids()
    return {key: value for key, value in answers.items() if key in known or key.startswith("LDI")}
