"""What stands in the mails of a chunk of people: four queries, whatever their number, and no query per person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.mail import EmailMessage
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activity import targets
from portal.activity.domain.following import NOTES, token_for
from portal.activity.enums import Cadence
from portal.activity.models import Activity, ActivityTopic, DigestRun, Follow, Notification

LINES = 20  # of one mail
PER_TOPIC = 60  # newest lines of a topic that a run looks at; beyond LINES a mail says "there is more"


@dataclass(frozen=True)
class Line:
    activity: int
    at: datetime
    actor: int | None
    title: str
    url: str
    sample: bool


@dataclass(frozen=True)
class News:
    """A topic within a run: what it is called, and its newest public lines, newest first."""

    title: str
    lines: list[Line]


Memory = dict[int, News]  # by number of the topic; kept over the chunks of one run


@dataclass
class Reader:
    email: str
    uuid: Any
    follows: list[tuple[int, str, datetime]] = field(default_factory=list)  # topic, its key, since
    notes: list[Line] = field(default_factory=list)


def messages(run: DigestRun, people: list[int], memory: Memory) -> list[EmailMessage]:
    """One mail for each of the people who has something to read; nobody is told of what she did herself."""
    if not people:
        return []
    readers = _readers(run, people)
    _remember(run, {topic for reader in readers.values() for topic, _key, _since in reader.follows}, memory)
    return [mail for person, reader in readers.items() if (mail := _message(person, reader, memory))]


def notes_of(run: DigestRun) -> QuerySet[Notification]:
    """Unread notes within the run, of people who want them at this cadence (default: weekly)."""
    wish = Q(user__activity_preference__notes_cadence=run.cadence)
    if run.cadence == Cadence.WEEKLY:
        wish |= Q(user__activity_preference=None)
    return Notification.objects.filter(wish, created_at__gt=run.since, created_at__lte=run.until, read_at=None)


def _readers(run: DigestRun, people: list[int]) -> dict[int, Reader]:
    readers: dict[int, Reader] = {}
    lines = ActivityTopic.objects.filter(at__gt=run.since, at__lte=run.until)
    rows = Follow.objects.filter(user__in=people, cadence=run.cadence, user__is_active=True)
    rows = rows.filter(topic__in=lines.values("topic")).order_by("user_id", "pk")
    for person, email, uuid, topic, key, since in rows.values_list(
        "user_id", "user__email", "user__uuid", "topic_id", "topic__key", "created_at"
    ):
        readers.setdefault(person, Reader(email, uuid)).follows.append((topic, key, since))
    notes = notes_of(run).filter(user__in=people, user__is_active=True).order_by("user_id", "-created_at")
    for person, email, uuid, number, at, title, url, sample in notes.values_list(
        "user_id", "user__email", "user__uuid", "pk", "created_at", "title", "url", "sample"
    ):
        line = Line(number, at, None, title, url, sample)
        readers.setdefault(person, Reader(email, uuid)).notes.append(line)
    return readers


def _remember(run: DigestRun, topics: set[int], memory: Memory) -> None:
    missing = topics - memory.keys()
    if not missing:
        return
    found: dict[int, list[Line]] = defaultdict(list)
    keys: dict[int, str] = {}
    rank = Window(RowNumber(), partition_by=F("topic_id"), order_by=[F("at").desc(), F("activity_id").desc()])
    rows = ActivityTopic.objects.filter(topic__in=missing, at__gt=run.since, at__lte=run.until)
    rows = rows.filter(activity__in=Activity.objects.public().order_by()).annotate(rank=rank)
    for topic, key, number, at, actor, title, url, sample in rows.filter(rank__lte=PER_TOPIC).values_list(
        "topic_id", "topic__key", "activity_id", "at", "activity__actor_id", "activity__title", "activity__url",
        "activity__sample",
    ).order_by("topic_id", "rank"):  # fmt: skip
        keys[topic] = key
        found[topic].append(Line(number, at, actor, title, url, sample))
    subjects = targets.find(AnonymousUser(), keys.values())
    for topic in missing:
        subject = subjects.get(keys.get(topic, ""))
        memory[topic] = News(subject.title if subject else "", found[topic] if subject else [])


def _message(person: int, reader: Reader, memory: Memory) -> EmailMessage | None:
    """The mail of one person, or None where nothing is left to tell."""
    seen: set[int] = set()
    blocks: list[tuple[str, str, list[Line]]] = []
    if reader.notes:
        blocks.append((_("An Sie"), NOTES, reader.notes))
    for topic, key, since in reader.follows:
        news = memory[topic]
        fresh = [x for x in news.lines if x.at >= since and x.actor != person and x.activity not in seen]
        seen.update(line.activity for line in fresh)
        if fresh:
            blocks.append((news.title, key, fresh))
    total = sum(len(lines) for _title, _key, lines in blocks)
    return _mail(reader, blocks, total) if total else None


def _mail(reader: Reader, blocks: list[tuple[str, str, list[Line]]], total: int) -> EmailMessage:
    text = [_("Guten Tag,"), "", _("hier ist, was es Neues gibt:")]
    left = LINES
    for title, key, lines in blocks:
        if left <= 0:
            break
        text += ["", title, "-" * min(len(title), 72)]
        for line in lines[:left]:
            sample = f" [{_('Beispieldaten')}]" if line.sample else ""
            text += [f"* {line.title}{sample}", f"  {_address(line.url)}"]
        left -= len(lines)
        text += [_("Hierzu keine Mails mehr:") + " " + _stop(reader.uuid, key)]
    if left < 0:
        text += ["", _("Es gibt noch mehr. Alles steht hier:"), _address(reverse("activity:note-list"))]
    stop = _stop(reader.uuid, "")
    text += ["", "--", _("Keine solchen Mails mehr:"), stop, "Digitale Heimat PB", ""]
    headers = {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    subject = blocks[0][2][0].title if total == 1 else _subject(total)
    return EmailMessage(" ".join(subject.split()), "\n".join(text), None, [reader.email], headers=headers)


def _subject(number: int) -> str:
    return ngettext("%(n)s Neuigkeit für Sie", "%(n)s Neuigkeiten für Sie", number) % {"n": number}


def _stop(uuid: Any, about: str) -> str:
    return _address(reverse("activity:mails-stop", args=[token_for(uuid, about)]))


def _address(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else f"{settings.BASE_URL}{url}"
