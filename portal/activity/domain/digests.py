"""Mails to followers: at once, daily, weekly. Only people with something new are looked at.

A run of one cadence tells of the lines in (since, until] and walks the people in order of their number. The mails of a
chunk and the new cursor are one transaction, so a killed worker goes on where it stopped and nobody gets two mails.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.activity.domain import digest_content
from portal.activity.enums import Cadence
from portal.activity.models import ActivityTopic, DigestRun, Follow, Notification
from portal.outbox.domain import queue

HOUR, WEEKDAY = 7, 0  # local time; Monday
SETTLE = timedelta(seconds=20)  # a line may be stamped a little before its transaction commits
CHUNK, CHUNKS_PER_CALL = 50, 20


def send_due(now: datetime | None = None, *, chunks: int = CHUNKS_PER_CALL, chunk: int = CHUNK) -> int:
    """Puts due mails into the outbox, at most `chunks` times `chunk` people a call; returns how many mails. Idempotent.

    Without anything new it reads four short queries and writes nothing.
    """
    moment = now or timezone.now()
    sent = 0
    for cadence in (Cadence.AT_ONCE, Cadence.DAILY, Cadence.WEEKLY):
        run = _open(cadence, moment)
        memory: digest_content.Memory = {}
        while chunks > 0 and not run.finished:
            mails = _breathing(lambda run=run, memory=memory: _step(run, memory, chunk))  # type: ignore[misc]
            sent, chunks = sent + mails, chunks - 1
    return sent


def run() -> None:
    """The periodic job."""
    send_due()


def slot(cadence: str, now: datetime) -> datetime:
    """The last moment up to which mails of this cadence tell what happened, as seen from `now`."""
    settled = timezone.localtime(now - SETTLE)
    if cadence == Cadence.AT_ONCE:
        return settled
    morning = settled.replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if cadence == Cadence.WEEKLY:
        morning -= timedelta(days=(morning.weekday() - WEEKDAY) % 7)
    if morning > settled:
        morning -= timedelta(days=7 if cadence == Cadence.WEEKLY else 1)
    return morning


def _open(cadence: str, now: datetime) -> DigestRun:
    """The run at hand: an unfinished one, or the next one if its time has come and something is new."""
    until = slot(cadence, now)
    run, _new = DigestRun.objects.get_or_create(cadence=cadence, defaults={"since": until, "until": until})
    if run.finished and until > run.until and _something_since(run.until, until):
        run.since, run.until, run.cursor, run.mails, run.finished = run.until, until, 0, 0, False
        run.save()
    return run


def _something_since(since: datetime, until: datetime) -> bool:
    return (
        ActivityTopic.objects.filter(at__gt=since, at__lte=until).exists()
        or Notification.objects.filter(created_at__gt=since, created_at__lte=until).exists()
    )


def _step(run: DigestRun, memory: digest_content.Memory, chunk: int) -> int:
    """One chunk of people; returns how many mails they got. Does nothing where another worker was faster."""
    people = _people(run, chunk)
    messages = digest_content.messages(run, people, memory)
    cursor = people[-1] if people else run.cursor
    finished = len(people) < chunk
    with transaction.atomic():
        moved = DigestRun.objects.filter(pk=run.pk, until=run.until, cursor=run.cursor, finished=False).update(
            cursor=cursor, finished=finished, mails=run.mails + len(messages)
        )
        if moved:
            queue.enqueue_many(messages=messages)
    run.refresh_from_db()
    return len(messages) if moved else 0


def _people(run: DigestRun, number: int) -> list[int]:
    """Numbers of the next people after the cursor for whom there may be something, in order."""
    lines = ActivityTopic.objects.filter(at__gt=run.since, at__lte=run.until)
    follows = Follow.objects.filter(cadence=run.cadence, topic__in=lines.values("topic"))
    return sorted({*_first(follows, run.cursor, number), *_first(digest_content.notes_of(run), run.cursor, number)})[
        :number
    ]


def _first(rows: QuerySet[Follow] | QuerySet[Notification], after: int, number: int) -> list[int]:
    people = rows.filter(user_id__gt=after).order_by("user_id").values_list("user_id", flat=True)
    return list(people.distinct()[:number])


def _breathing(work: Callable[[], int]) -> int:
    """On SQLite a pause as long as the work, so that live writes get their turn (docs/decisions/0204)."""
    started = time.monotonic()
    done = work()
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(min(time.monotonic() - started, 0.2))
    return done
