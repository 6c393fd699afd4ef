"""Deadlines that passed: the list of a department, and one mail to those who answer there."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues import permissions
from dialogues.models import Contribution
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.outbox.domain import queue

AT_ONCE = 100


def waiting_for(user: Any) -> QuerySet[Contribution]:
    """What this person is to answer, the most urgent first; who runs dialogues sees all departments."""
    rows = Contribution.objects.awaiting_answer().select_related("dialogue", "category").order_by("answer_due", "pk")
    if permissions.can_run(user):
        return rows
    if not permissions.can_answer_somewhere(user):
        return rows.none()
    own = rows.filter(dialogue__project__lead=user)
    return own | rows.filter(department=user.department) if user.department else own


def tell() -> None:
    """The periodic job: one mail a department for everything that became overdue since the last one.

    Marking and mail are one transaction, so nothing is told twice and nothing is forgotten.
    """
    with transaction.atomic():
        fresh = (
            Contribution.objects.overdue()
            .filter(overdue_told_at=None)
            .select_for_update(of=("self",))
            .select_related("dialogue")
            .order_by("answer_due", "pk")[:AT_ONCE]
        )
        by_department: dict[str, list[Contribution]] = defaultdict(list)
        for contribution in fresh:
            by_department[contribution.department].append(contribution)
        for department, late in by_department.items():
            mail(department, late)
            Contribution.objects.filter(pk__in=[row.pk for row in late]).update(overdue_told_at=timezone.now())


def mail(department: str, late: list[Contribution]) -> None:
    addresses = sorted(recipients(department))
    count = len(late)
    subject = ngettext(
        "Frist verstrichen: %(count)s Beitrag wartet auf Antwort (%(department)s)",
        "Frist verstrichen: %(count)s Beiträge warten auf Antwort (%(department)s)",
        count,
    ) % {"count": count, "department": " ".join(department.split())}
    lines = [_("Diese Beiträge sind öffentlich als überfällig gekennzeichnet:"), ""]
    for row in late:
        due = formats.date_format(timezone.localtime(row.answer_due), "DATE_FORMAT")
        lines += [
            f"{row.title} ({row.receipt})",
            _("Antwort war zugesagt bis %(due)s.") % {"due": due},
            f"{settings.BASE_URL}{row.get_absolute_url()}",
            "",
        ]
    lines.append(_("Alle offenen Antworten: %(url)s") % {"url": f"{settings.BASE_URL}/dialoge/antworten/"})
    for address in addresses:
        queue.enqueue(message=EmailMessage(subject=subject, body="\n".join(lines), to=[address]))


def recipients(department: str) -> set[str]:
    """Those who answer for the department; where nobody does, the communications staff, so that no deadline is lost."""
    active = User.objects.filter(is_active=True, erased_at=None)
    own = active.filter(department=department, groups__name__in=[Role.PROJECT_LEAD, Role.COMMUNICATIONS])
    found = set(own.values_list("email", flat=True))
    return found or set(active.filter(groups__name=Role.COMMUNICATIONS).values_list("email", flat=True))
