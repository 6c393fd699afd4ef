"""The programme of an event: what is checked, what is only warned of, and how it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from dialogues.enums import PointKind
from dialogues.models import Event, ProgrammePoint, Speaker
from dialogues.models.programme import LONGEST, moment_of
from portal.exceptions import DomainError

MOST_POINTS = 60
MOST_SPEAKERS = 8


@dataclass(frozen=True)
class Point:
    """One point as a form hands it over; `speakers` are (function or office, name or nothing)."""

    title: str
    kind: str = PointKind.OTHER
    clock: time | None = None
    minutes: int | None = None
    description: str = ""
    speakers: tuple[tuple[str, str], ...] = ()


def require_programme(event: Event, points: Sequence[Point]) -> None:
    """Raises DomainError `too_many`, `empty`, `too_long`, `unknown_kind` or `outside_event`."""
    if len(points) > MOST_POINTS:
        raise DomainError("too_many", _("Ein Programm hat höchstens %(most)d Punkte.") % {"most": MOST_POINTS})
    for point in points:
        if not point.title.strip():
            raise DomainError("empty", _("Bitte sagen Sie zu jedem Programmpunkt, was geschieht."))
        too_long = len(point.title) > 200 or len(point.description) > 4000 or len(point.speakers) > MOST_SPEAKERS
        if too_long or any(len(role) > 150 or len(name) > 120 for role, name in point.speakers):
            raise DomainError("too_long", _("Ein Programmpunkt ist zu lang."))
        if point.kind not in PointKind.values:
            raise DomainError("unknown_kind", _("Diese Art von Programmpunkt gibt es nicht."))
        if not fits(event, point.clock, point.minutes):
            raise DomainError("outside_event", outside_words(event, point.title))


def fits(event: Event, clock: time | None, minutes: int | None) -> bool:
    """Whether a point lies between the beginning and the end of its event; without a clock it does."""
    if minutes is not None and not 1 <= minutes <= LONGEST:
        return False
    if clock is None:
        return True
    begins = moment_of(event, clock)
    return begins <= event.ends_at and begins + timedelta(minutes=minutes or 0) <= event.ends_at


def outside_words(event: Event, title: str) -> str:
    words = _("„%(title)s“ liegt nicht zwischen Beginn (%(begins)s Uhr) und Ende (%(ends)s Uhr) des Dialogs.")
    return words % {"title": title, "begins": hour(event.starts_at), "ends": hour(event.ends_at)}


def warnings(points: Iterable[ProgrammePoint]) -> list[str]:
    """What an editor should look at: points that begin before the one in front of them is over."""
    found: list[str] = []
    before: tuple[str, datetime] | None = None
    for point in points:
        begins = point.starts_at
        if begins is None:
            continue
        if before is not None and begins < before[1]:
            words = _("„%(second)s“ beginnt um %(begins)s Uhr, „%(first)s“ dauert aber bis %(ends)s Uhr.")
            names = {"second": point.title, "first": before[0], "begins": hour(begins), "ends": hour(before[1])}
            found.append(words % names)
        ends = point.ends_at or begins
        before = (point.title, ends) if before is None or ends >= before[1] else before
    return found


def write(event: Event, points: Sequence[Point]) -> None:
    """Replaces the programme; call it inside the transaction of the event, after `require_programme`."""
    event.points.all().delete()
    rows = ProgrammePoint.objects.bulk_create(
        ProgrammePoint(
            event=event,
            position=number,
            kind=point.kind,
            title=point.title.strip(),
            clock=point.clock,
            minutes=point.minutes,
            description=point.description.strip(),
        )
        for number, point in enumerate(points, 1)
    )
    Speaker.objects.bulk_create(
        Speaker(point=row, position=place, function=function.strip(), name=name.strip())
        for row, point in zip(rows, points, strict=True)
        for place, (function, name) in enumerate(point.speakers, 1)
    )


def read(event: Event) -> list[Point]:
    """The programme as `write` takes it, e.g. to copy it to another event."""
    return [
        Point(
            title=row.title,
            kind=row.kind,
            clock=row.clock,
            minutes=row.minutes,
            description=row.description,
            speakers=tuple((speaker.function, speaker.name) for speaker in row.speakers.all()),
        )
        for row in event.points.prefetch_related("speakers")
    ]


def shifted(points: Iterable[Point], before: datetime, after: datetime) -> list[Point]:
    """The same programme for an event whose beginning moved from one time of day to another."""
    first, second = (timezone.localtime(moment).replace(tzinfo=None) for moment in (before, after))
    by = datetime.combine(first.date(), second.time()) - first
    return [replace(point, clock=moved(point.clock, by)) for point in points]


def moved(clock: time | None, by: timedelta) -> time | None:
    return clock if clock is None else (datetime.combine(datetime(2000, 1, 2), clock) + by).time()


def hour(moment: Any) -> str:
    return formats.time_format(timezone.localtime(moment), "H:i")


def forget_names(before: datetime, dry_run: bool) -> int:
    """Takes names of people off the programmes of events that ended before this moment; functions stay."""
    old = Speaker.objects.filter(point__event__ends_at__lt=before).exclude(name="")
    return old.count() if dry_run else old.update(name="")
