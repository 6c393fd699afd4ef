"""What deadlines and dates do by themselves, and the reminders before them; run by the worker every few minutes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ethics.domain import deadlines, dpia, review, successors, triage
from ethics.enums import ConditionState, State
from ethics.models import Condition, ReviewCase, SentReminder
from portal import audit
from portal.accounts.models import User

DAYS_BEFORE = (30, 7, 1)


@dataclass(frozen=True)
class Reminder:
    """One line of one person's reminder: `key` makes sure that it goes out once."""

    key: str
    user_id: int
    line: str
    url: str


def run() -> None:
    """Everything that is due now; idempotent."""
    triage.close_short_due()
    review.unveil_due()
    successors.return_due(today=timezone.localdate())
    dpia.fall_due(today=timezone.localdate())
    remind()


def remind() -> int:
    """Sends what falls due in 30, 7 or 1 days: one mail a person with all lines, each line once. Returns the mails."""
    waiting: dict[int, list[Reminder]] = {}
    for reminder in _due():
        waiting.setdefault(reminder.user_id, []).append(reminder)
    sent = 0
    for person in User.objects.filter(pk__in=waiting, is_active=True):
        with transaction.atomic():
            fresh = [r for r in waiting[person.pk] if _first_time(r.key)]
            if fresh:
                _mail(person, fresh)
                sent += 1
    return sent


def _due() -> Iterator[Reminder]:
    for case in ReviewCase.objects.filter(state=State.AWAITING_ANSWER, answer_due__isnull=False):
        yield from _line(case, case.answer_due, "answer", _leads(case), _("Antwort auf die Auflagen"))
    for case in ReviewCase.objects.filter(state=State.REVIEW, opinions_due__isnull=False):
        yield from _line(case, case.opinions_due, "opinion", review.awaited(case), _("Stellungnahme"))
    for case in ReviewCase.objects.filter(state=State.TRIAGE, declarations_due__isnull=False):
        yield from _line(
            case, case.declarations_due, "declaration", review.undeclared(case), _("Befangenheit erklären")
        )
    conditions = Condition.objects.filter(
        state=ConditionState.OPEN,
        due__isnull=False,
        recommendation__case__state__in=[State.ANSWERED, State.FOLLOW_UP],
    )
    for condition in conditions.select_related("recommendation__case__project"):
        case = condition.recommendation.case
        words = _("Auflage %(number)s") % {"number": condition.position}
        moment = deadlines.closing(condition.due) if condition.due else None
        yield from _line(case, moment, f"condition{condition.position}", _leads(case), words)


def _line(case: ReviewCase, due: datetime | None, what: str, people: list[int], words: str) -> Iterator[Reminder]:
    if due is None:
        return
    left = deadlines.days_until(due)
    step = next((days for days in sorted(DAYS_BEFORE) if 0 <= left <= days), None)
    if step is None:
        return
    day = timezone.localtime(due).strftime("%d.%m.%Y")
    for pk in people:
        key = f"{case.pk}:{what}:{day}:{step}:{pk}"
        yield Reminder(key, pk, f"{words}: {case.title}, {_('bis')} {day}", case.get_office_url())


def _leads(case: ReviewCase) -> list[int]:
    return sorted({case.lead_id, *([case.project.lead_id] if case.project and case.project.lead_id else [])})


def _first_time(key: str) -> bool:
    _row, created = SentReminder.objects.get_or_create(key=key, defaults={"sent_at": timezone.now()})
    return created


def _mail(person: Any, reminders: list[Reminder]) -> None:
    """One mail with every line; the head of the Council's chain stands below as an outside anchor."""
    lines = [_("Diese Fristen des Ethikrats laufen bald ab:"), ""]
    for reminder in reminders:
        lines += [f"- {reminder.line}", f"  {settings.BASE_URL}{reminder.url}"]
    seq, hash_ = audit.head("council")
    lines += ["", _("Prüfanker: %(anchor)s") % {"anchor": f"council {seq} {hash_}"}]
    subject = _("Ethikrat: %(count)s Fristen") % {"count": len(reminders)}
    EmailMessage(subject, "\n".join(lines), to=[person.email]).send()
