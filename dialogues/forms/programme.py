"""The programme inside the form of an event: rows to add, move and take away, without JavaScript too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils import timezone
from django.utils.translation import gettext as translate
from django.utils.translation import gettext_lazy as _

from dialogues.domain import programme
from dialogues.domain.programme import MOST_POINTS, MOST_SPEAKERS, Point
from dialogues.enums import PointKind
from dialogues.models import Event
from dialogues.models.programme import LONGEST

PREFIX = "punkt"
COUNT = f"{PREFIX}-zahl"
ACTION = "zeile"
USUAL = (
    (PointKind.ARRIVAL, _("Ankommen"), 15),
    (PointKind.WELCOME, _("Begrüßung"), 15),
    (PointKind.TALK, _("Impulse aus Verwaltung und Wissenschaft"), 30),
    (PointKind.WORLDCAFE, _("World Café: drei Runden an Tischen"), 75),
    (PointKind.HARVEST, _("Ernte: Was nehmen wir mit?"), 30),
    (PointKind.CLOSING, _("Abschluss und Ausblick"), 15),
)

Row = dict[str, str]


class Quiet(forms.BaseForm):
    """A bound form can show what was typed without complaining, while rows are being moved."""

    def quiet(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data: dict[str, Any] = {}


class PointForm(Quiet, forms.Form):
    """One row; a row that was left empty counts as not there."""

    use_required_attribute = False

    title = forms.CharField(label=_("Was geschieht?"), max_length=200)
    kind = forms.ChoiceField(label=_("Art"), choices=PointKind.choices)
    clock = forms.TimeField(
        label=_("Uhrzeit"),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        input_formats=["%H:%M", "%H.%M", "%H:%M:%S"],
    )
    minutes = forms.IntegerField(label=_("Dauer in Minuten"), required=False, min_value=1, max_value=LONGEST)
    description = forms.CharField(
        label=_("Erläuterung"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2})
    )
    people = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *, number: int, people: int, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        kwargs["initial"] = {"kind": PointKind.OTHER, "people": people} | kwargs.get("initial", {})
        super().__init__(data, prefix=f"{PREFIX}-{number}", empty_permitted=True, **kwargs)  # type: ignore[misc]
        self.number = number
        for place in range(people):
            self.fields[f"function-{place}"] = forms.CharField(
                label=_("Wer wirkt mit? Funktion oder Stelle"), required=False, max_length=150
            )
            self.fields[f"name-{place}"] = forms.CharField(label=_("Name"), required=False, max_length=120)
        self.pairs = [(self[f"function-{place}"], self[f"name-{place}"]) for place in range(people)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for function, name in self.pairs:
            if cleaned.get(name.name) and not cleaned.get(function.name):
                self.add_error(function.name, _("Bitte sagen Sie, in welcher Funktion jemand mitwirkt."))
        return cleaned

    def point(self) -> Point | None:
        """What the row says; None for an empty one. Only after `is_valid()`."""
        if not self.has_changed():
            return None
        cleaned = self.cleaned_data
        pairs = [(cleaned.get(f.name, ""), cleaned.get(n.name, "")) for f, n in self.pairs]
        return Point(
            title=cleaned["title"],
            kind=cleaned["kind"],
            clock=cleaned["clock"],
            minutes=cleaned["minutes"],
            description=cleaned["description"],
            speakers=tuple((function, name) for function, name in pairs if function),
        )


class ProgrammeRows:
    """All rows. `data` is the posted form or None; then `points` are shown."""

    def __init__(self, data: Mapping[str, Any] | None = None, points: Iterable[Point] = ()) -> None:
        rows = rows_of_data(data) if data is not None else [row_of(point) for point in points]
        self.forms = [bound(number, row) for number, row in enumerate(rows)]

    @property
    def count_name(self) -> str:
        return COUNT

    def is_valid(self, event: Event | None) -> bool:
        """`event` carries the beginning and the end that the rows must lie between; None where these are wrong."""
        for form in self.forms:
            point = form.point() if form.is_valid() else None
            if event is not None and point and not programme.fits(event, point.clock, point.minutes):
                form.add_error("clock", programme.outside_words(event, point.title))
        return all(form.is_valid() for form in self.forms)

    def points(self) -> list[Point]:
        return [point for form in self.forms if (point := form.point()) is not None]

    @classmethod
    def acted(cls, data: Mapping[str, Any], action: str, begins: datetime | None) -> ProgrammeRows:
        """The rows after a button: `neu`, `ueblich`, `hoch-2`, `runter-2`, `weg-2`, `person-2`; else unchanged."""
        rows = rows_of_data(data)
        word, _sign, place = action.partition("-")
        number = int(place) if place.isdecimal() and int(place) < len(rows) else None
        if word == "neu" and len(rows) < MOST_POINTS:
            rows.append(row_of(None))
        elif word == "ueblich":
            rows += [row_of(point) for point in usual(begins)][: MOST_POINTS - len(rows)]
        elif number is not None:
            act(rows, word, number)
        self = cls()
        self.forms = [bound(number, row) for number, row in enumerate(rows)]
        for form in self.forms:
            form.quiet()
        return self


def act(rows: list[Row], word: str, number: int) -> None:
    if word == "weg":
        rows.pop(number)
    elif word == "hoch" and number > 0:
        rows[number - 1], rows[number] = rows[number], rows[number - 1]
    elif word == "runter" and number < len(rows) - 1:
        rows[number + 1], rows[number] = rows[number], rows[number + 1]
    elif word == "person":
        rows[number]["people"] = str(min(people_of(rows[number]) + 1, MOST_SPEAKERS))


def usual(begins: datetime | None) -> list[Point]:
    """The evening as it mostly goes, from the beginning that stands in the form, else from 18:00."""
    moment = timezone.localtime(begins) if begins else datetime(2000, 1, 1, 18, 0)
    found = []
    for kind, title, minutes in USUAL:
        found.append(Point(title=translate(str(title)), kind=kind, clock=moment.time(), minutes=minutes))
        moment += timedelta(minutes=minutes)
    return found


def rows_of_data(data: Mapping[str, Any]) -> list[Row]:
    """What was typed, by row and without prefix."""
    given = str(data.get(COUNT, "0"))
    count = min(int(given), MOST_POINTS) if given.isdecimal() and len(given) < 5 else 0
    rows = []
    for number in range(count):
        start = f"{PREFIX}-{number}-"
        rows.append({key.removeprefix(start): str(data[key]) for key in data if key.startswith(start)})
    return rows


def row_of(point: Point | None) -> Row:
    if point is None:
        return {"kind": str(PointKind.OTHER), "people": "1"}
    row = {
        "title": point.title,
        "kind": str(point.kind),
        "clock": written(point.clock),
        "minutes": str(point.minutes or ""),
        "description": point.description,
        "people": str(max(1, len(point.speakers))),
    }
    for place, (function, name) in enumerate(point.speakers):
        row |= {f"function-{place}": function, f"name-{place}": name}
    return row


def written(clock: time | None) -> str:
    return clock.strftime("%H:%M") if clock else ""


def people_of(row: Row) -> int:
    given = row.get("people", "1")
    return min(max(int(given), 1), MOST_SPEAKERS) if given.isdecimal() and len(given) < 4 else 1


def bound(number: int, row: Row) -> PointForm:
    people = people_of(row)
    data = {f"{PREFIX}-{number}-{key}": value for key, value in row.items()}
    data.setdefault(f"{PREFIX}-{number}-kind", str(PointKind.OTHER))
    data[f"{PREFIX}-{number}-people"] = str(people)
    form = PointForm(number=number, people=people, data=data)
    return form
