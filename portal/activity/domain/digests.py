"""Mails to followers: at once, daily, weekly. Only people with something new are looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activity.domain.following import token_for
from portal.activity.enums import Cadence
from portal.activity.models import Activity, Follow

if TYPE_CHECKING:
    from portal.accounts.models import User

PERIODS = {Cadence.AT_ONCE: timedelta(), Cadence.DAILY: timedelta(days=1), Cadence.WEEKLY: timedelta(days=7)}
PER_RUN, LINES = 100, 20


def send_due(now: datetime | None = None) -> int:
    """Writes one mail to each person (at most PER_RUN a call) for whom something is due; returns how many. Idempotent.

    Each person is a short transaction of its own: the mail stands in the outbox exactly when the mark has moved on.
    """
    moment = now or timezone.now()
    sent = 0
    for cadence, period in PERIODS.items():
        people = _due(cadence, moment - period).order_by().values_list("user", flat=True).distinct()
        for user in list(people[: PER_RUN - sent]):
            sent += _send(user, cadence, moment - period, moment)
    return sent


def run() -> None:
    """The periodic job."""
    send_due()


def _due(cadence: str, before: datetime) -> QuerySet[Follow]:
    news = Activity.objects.public().filter(project=OuterRef("project"), occurred_at__gt=OuterRef("mailed_until"))
    return Follow.objects.filter(
        Exists(news.exclude(actor=OuterRef("user"))), cadence=cadence, mailed_until__lte=before, user__is_active=True
    )


def _send(user_id: int, cadence: str, before: datetime, now: datetime) -> int:
    with transaction.atomic():
        follows = list(
            _due(cadence, before).filter(user=user_id).select_for_update(of=("self",)).select_related("user")
        )
        if not follows:
            return 0
        news = list(
            Activity.objects.public()
            .filter(project__follows__in=follows, occurred_at__gt=F("project__follows__mailed_until"))
            .filter(occurred_at__lte=now)
            .exclude(actor=user_id)
            .select_related("project")[: LINES + 1]
        )
        Follow.objects.filter(pk__in=[follow.pk for follow in follows]).update(mailed_until=now)
        if news:
            _message(follows[0].user, news).send()
    return 1 if news else 0


def _message(user: User, news: list[Activity]) -> EmailMessage:
    shown = news[:LINES]
    lines = [_("Guten Tag,"), "", _("in Projekten, denen Sie folgen, gibt es Neues:"), ""]
    for activity in shown:
        sample = f" [{_('Beispieldaten')}]" if activity.sample else ""
        project = f"{activity.project.title}: " if activity.project else ""
        lines += [f"- {project}{activity.title}{sample}", f"  {_address(activity.url)}"]
    if len(news) > LINES:
        lines += ["", _("Es gibt noch mehr. Alles steht hier:"), _address(reverse("activity:note-list"))]
    stop = _address(reverse("activity:mails-stop", args=[token_for(user)]))
    lines += ["", _("Keine solchen Mails mehr:"), stop, "", "Digitale Heimat PB", ""]
    subject = shown[0].title if len(news) == 1 else _subject(len(shown))
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return EmailMessage(" ".join(subject.split()), "\n".join(lines), None, [user.email], headers=headers)


def _subject(number: int) -> str:
    return ngettext("%(n)s Neuigkeit aus Ihren Projekten", "%(n)s Neuigkeiten aus Ihren Projekten", number) % {
        "n": number
    }


def _address(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else f"{settings.BASE_URL}{url}"
