"""The boxes of a class: register up to thirty at once, all or none; new tokens for their cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain import stations, tokens
from mapviews.enums import Exposure, Licence, Precision, Publicity
from mapviews.models import ClassBox, Classroom, Station
from mapviews.permissions import can_lead_classroom, can_own_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed

MOST_BOXES = 30
HOLES = ("{nr}", "#")


@dataclass(frozen=True)
class Row:
    """One box of the form; without coordinates it stands at the class's place."""

    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True)
class Card:
    """What a token card shows; the token leaves with it and is kept nowhere."""

    box: ClassBox
    token: str


class RowErrors(DomainError):
    """Nothing was saved: `rows` are (index from 0, field or None, message)."""

    def __init__(self, rows: list[tuple[int, str | None, str]]) -> None:
        super().__init__("rows", _("Nichts ist gespeichert: Bitte sehen Sie die markierten Zeilen an."))
        self.rows = rows


def names(pattern: str, count: int, *, first: int = 1) -> list[str]:
    """„Box {nr}“ as Box 01, Box 02 …; a pattern without a hole gets the number behind it."""
    width = len(str(first + count - 1))
    if not any(hole in pattern for hole in HOLES):
        pattern = f"{pattern.strip()} {{nr}}"
    made = []
    for number in range(first, first + count):
        name = pattern
        for hole in HOLES:
            name = name.replace(hole, f"{number:0{width}d}")
        made.append(" ".join(name.split()))
    return made


def register(
    user: Any,
    *,
    classroom: Classroom,
    rows: Sequence[Row],
    phenomena: list[str],
    place: tuple[float, float] | None = None,
    precision: str = Precision.CELL_500,
    exposure: str = Exposure.OUTDOOR,
    publicity: str = Publicity.PUBLIC,
    licence: str = Licence.CC0,
    at_school: bool = False,
) -> list[ClassBox]:
    """All boxes or none, as stations of the class's teacher; their tokens come with the cards.

    One line on the stream for all of them is the class's own. Raises `not_allowed`, `too_many`, `none`, `mobile`,
    `RowErrors` with what `stations.register` says for each row, and its errors that concern all rows.
    """
    if not can_lead_classroom(user, classroom):
        raise NotAllowed()
    _demand_rows(classroom, rows)
    if exposure == Exposure.MOBILE:
        message = _("Boxen einer Klasse stehen an festen Orten: Wer unterwegs misst, würde seinen Weg zeigen.")
        raise DomainError("mobile", message, field="exposure")
    stations.check_publicity(exposure=exposure, publicity=publicity)
    first = (classroom.boxes.aggregate(most=Max("number"))["most"] or 0) + 1
    made, wrong = [], _twice(rows)
    with transaction.atomic():
        for index, row in enumerate(rows):
            latitude, longitude = (row.latitude, row.longitude) if row.latitude is not None else place or (None, None)
            try:
                with transaction.atomic():
                    station = stations.register(
                        classroom.teacher,
                        name=row.name,
                        exposure=exposure,
                        publicity=publicity,
                        licence=licence,
                        latitude=latitude,
                        longitude=longitude,
                        precision=precision,
                        phenomena=phenomena,
                        project=classroom.project,
                        sample=classroom.sample,
                        announced=False,
                    ).station
            except DomainError as error:
                wrong.append((index, error.field, str(error.message)))
                continue
            made.append(
                ClassBox(
                    classroom=classroom, station=station, number=first + index, at_school=_school(exposure, at_school)
                )
            )
        if wrong:
            raise RowErrors(wrong)
        ClassBox.objects.bulk_create(made)
        audit.record(actor=user, action="classroom.boxes_registered", obj=classroom, payload={"boxes": len(made)})
    return list(classroom.boxes.select_related("station").filter(number__gte=first))


def _school(exposure: str, at_school: bool) -> bool:
    return exposure == Exposure.INDOOR and at_school


def _demand_rows(classroom: Classroom, rows: Sequence[Row]) -> None:
    if not rows:
        raise DomainError("none", _("Bitte tragen Sie mindestens eine Box ein."))
    if classroom.boxes.count() + len(rows) > MOST_BOXES:
        message = _("Eine Klasse hat höchstens %(most)d Boxen. Nichts ist gespeichert.") % {"most": MOST_BOXES}
        raise DomainError("too_many", message, field="count")


def _twice(rows: Sequence[Row]) -> list[tuple[int, str | None, str]]:
    """Two boxes of one name cannot be told apart on their cards."""
    seen: dict[str, int] = {}
    wrong: list[tuple[int, str | None, str]] = []
    for index, row in enumerate(rows):
        key = " ".join(row.name.split()).casefold()
        if key and key in seen:
            wrong.append((index, "name", _("So heißt schon Box %(number)d.") % {"number": seen[key] + 1}))
        seen.setdefault(key, index)
    return wrong


def take(user: Any, *, classroom: Classroom, station: Station) -> ClassBox:
    """A station the teacher has already becomes a box of the class. Raises `not_allowed`, `taken`, `mobile`."""
    if not can_lead_classroom(user, classroom) or not can_own_station(user, station):
        raise NotAllowed()
    if station.exposure == Exposure.MOBILE:
        raise DomainError("mobile", _("Stationen unterwegs können nicht in eine Klasse."), field="station")
    if ClassBox.objects.filter(station=station).exists():
        raise DomainError("taken", _("Diese Station gehört schon zu einer Klasse."), field="station")
    if classroom.boxes.count() >= MOST_BOXES:
        raise DomainError("too_many", _("Eine Klasse hat höchstens %(most)d Boxen.") % {"most": MOST_BOXES})
    with transaction.atomic():
        first = (classroom.boxes.aggregate(most=Max("number"))["most"] or 0) + 1
        box = ClassBox.objects.create(classroom=classroom, station=station, number=first)
        audit.record(actor=user, action="classroom.box_taken", obj=classroom, payload={"station": station.pk})
    return box


def release(user: Any, *, box: ClassBox) -> None:
    """The station leaves the class, and the notes at it go; it stays with its owner. Raises `not_allowed`."""
    from mapviews.domain.classroom.classes import forget_notes

    if not can_lead_classroom(user, box.classroom):
        raise NotAllowed()
    with transaction.atomic():
        forget_notes(box.classroom.notes.filter(channel__station=box.station))
        audit.record(
            actor=user, action="classroom.box_released", obj=box.classroom, payload={"station": box.station_id}
        )
        box.delete()


def cards(user: Any, *, classroom: Classroom, numbers: Iterable[int]) -> list[Card]:
    """New tokens for these boxes, each returned once and kept nowhere: the cards leave in the same answer.

    The old tokens stop at once. Raises `not_allowed`, `none`.
    """
    if not can_lead_classroom(user, classroom):
        raise NotAllowed()
    chosen = list(classroom.boxes.live().filter(number__in=list(numbers)).select_related("station").order_by("number"))
    if not chosen:
        raise DomainError("none", _("Bitte wählen Sie mindestens eine Box."))
    now, made = timezone.now(), []
    with transaction.atomic():
        for box in chosen:
            token, hashed = tokens.new_token("dhs")
            box.station.token_hash, box.station.token_changed_at, box.printed_at = hashed, now, now
            box.station.save(update_fields=["token_hash", "token_changed_at", "updated_at"])
            box.save(update_fields=["printed_at"])
            audit.record(actor=user, action="station.token_rotated", obj=box.station)
            made.append(Card(box, token))
    return made
