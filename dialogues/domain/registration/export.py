"""The list for the door as a table; defusedcsv takes the teeth out of formulas that guests typed."""

from __future__ import annotations

from io import StringIO
from typing import Any

from defusedcsv import csv
from django.utils import timezone

from dialogues.domain.registration import reading
from dialogues.models import Admission, Registration

COLUMNS = (
    "code", "name", "personen", "stand", "warteplatz", "unterstuetzung", "weg", "gekommen", "um", "beispieldaten",
)  # fmt: skip


def table(admission: Admission) -> str:
    """The whole file with a byte order mark for spreadsheets; without mail addresses, which the door does not need."""
    target = StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(COLUMNS)
    for place, row in numbered(reading.attendees(admission)):
        writer.writerow(cells(row, place))
    return "\ufeff" + target.getvalue()


def numbered(rows: list[Registration]) -> list[tuple[int | None, Registration]]:
    """Each row with its place on the waiting list."""
    waiting = [row.pk for row in rows if row.number is not None]
    return [(waiting.index(row.pk) + 1 if row.number is not None else None, row) for row in rows]


def cells(row: Registration, place: int | None) -> tuple[Any, ...]:
    return (
        row.code,
        row.name,
        row.persons,
        row.get_state_display(),
        place or "",
        row.needs,
        row.get_origin_display(),
        row.arrived or "",
        timezone.localtime(row.arrived_at).strftime("%H:%M") if row.arrived_at else "",
        "ja" if row.sample else "nein",
    )
