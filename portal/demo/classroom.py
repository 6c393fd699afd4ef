"""An invented school class that measures together: boxes, members, notes; idempotent, all of it Beispieldaten."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mapviews.domain import places, rollups, simulation
from mapviews.domain.classroom import boxes, classes, notes, pupils
from mapviews.enums import Precision
from mapviews.models import Classroom
from projects.models import Project

TEACHER = "buergerin@demo.example"
NAME = "Klasse 7b, Beispielschule"
DESCRIPTION = "Wie heiß wird es auf unserem Schulhof, und was ändert ein Baum? Wir messen an drei Stellen."
PROJECT = "baumsensoren-riemekepark"
BOXES = ("Schulhof Mitte (7b)", "Unter der Linde (7b)", "Fahrradständer (7b)")
NOTES = (
    (0, "Eisvogel", 2, None, "Die Sonne scheint direkt auf die Box.", True),
    (1, "Otter", 5, 4, "Der Hof wurde mit Wasser abgespritzt.", True),
    (2, "Dachs", 3, None, "Viele Räder vor der Box.", False),
)  # box, pseudonym, hours ago from, until, text, public


def build(people: Mapping[str, Any]) -> None:
    """Makes what is missing and brings the readings up to now."""
    classroom = Classroom.objects.filter(sample=True, name=NAME).first() or _make(people[TEACHER])
    if pupils.is_over(classroom):
        _begin_again(classroom)
    for box in classroom.boxes.select_related("station"):
        simulation.backfill(list(box.station.channels.select_related("phenomenon")), seed=box.station.slug)
    rollups.refresh()
    if not classroom.notes.exists():
        _write(classroom)


def _make(teacher: Any) -> Classroom:
    classroom = classes.create(
        teacher,
        name=NAME,
        description=DESCRIPTION,
        ends_on=classes.school_year_end(timezone.localdate()),
        project=Project.objects.filter(slug=PROJECT).first(),
        is_public=True,
        sample=True,
    )
    place = places.known_places()["hauptbahnhof"]
    boxes.register(
        teacher,
        classroom=classroom,
        rows=[boxes.Row(name) for name in BOXES],
        phenomena=["temperature", "humidity"],
        place=(place["latitude"], place["longitude"]),
        precision=Precision.CELL_500,
    )
    return classroom


def _begin_again(classroom: Classroom) -> None:
    """A demo that is started after the summer holidays."""
    names = ("name", "description", "kind", "project", "approve_first", "is_public")
    fields = {name: getattr(classroom, name) for name in names}
    end = classes.school_year_end(timezone.localdate())
    classes.change(classroom.teacher, classroom=classroom, ends_on=end, **fields)
    classes.set_code(classroom.teacher, classroom=classroom, is_open=True)


def _write(classroom: Classroom) -> None:
    now = timezone.now()
    numbered = list(classroom.boxes.select_related("station").order_by("number"))
    for index, pseudonym, start, end, text, public in NOTES:
        channel = numbered[index].station.channels.get(phenomenon="temperature")
        member = classroom.pupils.filter(pseudonym=pseudonym).first()
        member = member or pupils.join(code=classroom.join_code or "", pseudonym=pseudonym).pupil
        note = notes.write(
            classroom=classroom,
            channel=channel,
            pupil=member,
            text=text,
            starts=now - timedelta(hours=start),
            ends=now - timedelta(hours=end) if end else None,
        )
        if public:
            notes.publish(classroom.teacher, note=note)
