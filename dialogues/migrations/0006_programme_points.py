"""The lines of the free programme become points; nothing of their words is lost. Back again as lines."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from typing import Any

from django.db import migrations
from django.utils import timezone

CLOCK = r"(?:[01]?\d|2[0-3])(?:[:.][0-5]\d)"
LINE = re.compile(
    rf"(?P<from>{CLOCK})(?:\s*Uhr)?(?:\s*(?:-|–|bis)\s*(?P<to>{CLOCK})(?:\s*Uhr)?)?[\s,:–-]+(?P<title>\S.*)"
    r"|(?P<hour>[01]?\d|2[0-3])\s*Uhr[\s,:–-]+(?P<words>\S.*)"
)
KINDS = (
    ("worldcafe", ("world café", "world cafe", "worldcafé")),
    ("welcome", ("begrüß",)),
    ("talk", ("impuls", "vortrag", "vorträge")),
    ("break", ("pause",)),
    ("harvest", ("ernte",)),
    ("podium", ("podium",)),
    ("arrival", ("ankommen", "einlass", "ankunft")),
    ("closing", ("abschluss", "ausklang", "ende", "verabschied")),
)
TITLE = 200


def kind_of(title: str) -> str:
    words = title.lower()
    return next((kind for kind, signs in KINDS if any(re.search(rf"\b{sign}", words) for sign in signs)), "other")


def clock_of(text: str) -> time:
    hour, _sign, minute = text.replace(".", ":").partition(":")
    return time(int(hour), int(minute or 0))


def read(line: str, begins: datetime, ends: datetime) -> tuple[str, time | None, int | None]:
    """(title, clock, minutes) of one line; a line whose time does not fit the event stays as it was written."""
    found = LINE.fullmatch(line)
    if found is None:
        return line, None, None
    clock = clock_of(found["from"] or found["hour"])
    local = timezone.localtime(begins)
    moment = timezone.make_aware(datetime.combine(local.date(), clock), local.tzinfo)
    if moment < begins.replace(second=0, microsecond=0):
        moment += timedelta(days=1)
    if moment > ends:
        return line, None, None
    title = found["title"] or found["words"]
    if not found["to"]:
        return title, clock, None
    until = datetime.combine(local.date(), clock_of(found["to"]))
    minutes = int((until - datetime.combine(local.date(), clock)).total_seconds() // 60) % 1440
    if not 1 <= minutes <= 720 or moment + timedelta(minutes=minutes) > ends:
        return line, None, None
    return title, clock, minutes


def forwards(apps: Any, schema_editor: Any) -> None:
    events, points = apps.get_model("dialogues", "Event"), apps.get_model("dialogues", "ProgrammePoint")
    for event in events.objects.exclude(programme="").iterator():
        lines = [line.strip() for line in event.programme.splitlines() if line.strip()]
        for number, line in enumerate(lines, 1):
            title, clock, minutes = read(line, event.starts_at, event.ends_at)
            points.objects.create(
                event=event,
                position=number,
                kind=kind_of(title),
                title=title if len(title) <= TITLE else f"{title[: TITLE - 1].rstrip()}…",
                clock=clock,
                minutes=minutes,
                description="" if len(title) <= TITLE else title,
            )


def backwards(apps: Any, schema_editor: Any) -> None:
    events = apps.get_model("dialogues", "Event")
    for event in events.objects.iterator():
        lines = []
        for point in event.points.order_by("position"):
            words = point.description if point.title.endswith("…") and point.description else point.title
            lines.append(f"{point.clock:%H:%M} Uhr {words}" if point.clock else words)
        event.programme = "\n".join(lines)
        event.save(update_fields=["programme"])


def free_the_word(apps: Any, schema_editor: Any) -> None:
    """`/dialoge/reihen/` is a page of its own now: whatever was called so gets another short name."""
    for name in ("Event", "OnlineDialogue"):
        apps.get_model("dialogues", name).objects.filter(slug="reihen").update(slug=f"reihen-{name.lower()}")


class Migration(migrations.Migration):
    dependencies = [("dialogues", "0005_programme_venue_series")]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.RunPython(free_the_word, migrations.RunPython.noop),
    ]
