"""What `/konto/` shows of dialogues: answers that are due or late, proposals that wait, and the doors to both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues import permissions
from dialogues.domain.online import overdue
from dialogues.enums import ProposalState
from dialogues.models import EventProposal
from portal.accounts.todo import Door, Item


def waiting(user: Any) -> Iterable[Item]:
    yield from answers(user)
    if permissions.can_release(user):
        rows = EventProposal.objects.filter(state=ProposalState.NEW)
        number = rows.count()
        if number:
            words = ngettext(
                "%(n)s Veranstaltung wartet auf Freigabe", "%(n)s Veranstaltungen warten auf Freigabe", number
            )
            yield Item(title=words % {"n": number}, url=reverse("dialogues:proposal-queue"), icon="calendar")


def answers(user: Any) -> Iterable[Item]:
    """For a department what it is to answer; for those who run dialogues what is late anywhere."""
    yield from late(user)
    if permissions.can_answer_somewhere(user):
        coming = overdue.waiting_for(user).filter(answer_due__gte=timezone.now())
        number = coming.count()
        if number:
            words = ngettext("%(n)s Beitrag wartet auf Antwort", "%(n)s Beiträge warten auf Antwort", number)
            url = reverse("dialogues:deadlines")
            yield Item(title=words % {"n": number}, url=url, due=coming[0].answer_due, icon="answer")


def late(user: Any) -> Iterable[Item]:
    """Answers past their date: on `/konto/`, and above the moderation's queue."""
    rows = overdue.waiting_for(user).filter(answer_due__lt=timezone.now())
    number = rows.count()
    if number:
        words = ngettext("%(n)s Antwort ist überfällig", "%(n)s Antworten sind überfällig", number) % {"n": number}
        yield Item(title=words, url=reverse("dialogues:deadlines"), due=rows[0].answer_due, icon="warning")


def places(user: Any) -> Iterable[Door]:
    if permissions.can_answer_somewhere(user) or permissions.can_run(user):
        text = _("Beiträge, auf die die Stadt noch antworten muss, mit Fristen")
        yield Door(title=_("Offene Antworten"), url=reverse("dialogues:deadlines"), text=text, icon="answer")
    if permissions.can_release(user):
        text = _("Veranstaltungen von Vereinen prüfen und freigeben")
        yield Door(
            title=_("Vorschläge für den Kalender"), url=reverse("dialogues:proposal-queue"), text=text, icon="calendar"
        )
