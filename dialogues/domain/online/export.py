"""Contributions as a table for spreadsheets; defusedcsv takes the teeth out of formulas."""

from __future__ import annotations

from collections.abc import Iterator
from io import StringIO
from typing import Any

from defusedcsv import csv
from django.conf import settings
from django.utils import timezone

from dialogues.domain.online import places, reading
from dialogues.enums import AnswerStatus, Channel, ContributionKind
from dialogues.models import Contribution, OnlineDialogue
from portal.text import plain

COLUMNS = (
    "vorgangsnummer", "art", "thema", "titel", "text", "ort", "breite", "laenge", "eingang", "eingegangen_am", "von",
    "unterstuetzungen", "antwort", "zustaendig", "antwort_bis", "ueberfaellig", "begruendung", "adresse",
    "beispieldaten",
)  # fmt: skip


def rows(dialogue: OnlineDialogue, user: Any, filters: reading.Filters) -> Iterator[str]:
    """The lines of the file, with a byte order mark for spreadsheets; only what everyone may read."""
    public = Contribution.objects.public().standing().filter(dialogue=dialogue)
    found = reading.narrowed(public, filters).select_related("dialogue", "category", "author")
    found = found.prefetch_related("answers").order_by("received_at", "pk")
    yield "\ufeff" + line(COLUMNS)
    for contribution in found.iterator(chunk_size=500):
        yield line(cells(contribution))


def cells(row: Contribution) -> tuple[Any, ...]:
    answers = list(row.answers.all())
    return (
        row.receipt,
        ContributionKind(row.kind).label,
        row.category.name,
        plain(row.title),
        plain(row.text),
        places.name_of(row.district),
        row.lat if row.lat is not None else "",
        row.lng if row.lng is not None else "",
        Channel(row.channel).label,
        timezone.localtime(row.received_at).date().isoformat(),
        row.byline,
        row.support_count,
        AnswerStatus(row.status).label,
        row.department,
        timezone.localtime(row.answer_due).date().isoformat(),
        "ja" if row.is_overdue else "nein",
        plain(answers[-1].reason) if answers else "",
        f"{settings.BASE_URL}{row.get_absolute_url()}",
        "ja" if row.sample else "nein",
    )


def line(values: tuple[Any, ...]) -> str:
    target = StringIO()
    csv.writer(target, delimiter=";").writerow(values)
    return target.getvalue()
