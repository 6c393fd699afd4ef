"""What the class looks at: a box's line with its notes, and two spans of one or two channels beside each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mapviews.domain import series
from mapviews.domain.charts import MOST_POINTS
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.ingest.store import DAY
from mapviews.enums import EXCLUDED
from mapviews.models import Channel, ClassBox, ClassNote

HOUR = 3_600_000
LABEL_LENGTH = 15


@dataclass(frozen=True)
class Span:
    """A channel from `start` to before `end` (ms) as points the class may see, and what they come to."""

    channel: Channel
    start: int
    end: int
    points: list[series.Point]
    daily: bool

    @property
    def good(self) -> list[series.Point]:
        return [p for p in self.points if p.value is not None and not p.flags & EXCLUDED]

    @property
    def count(self) -> int:
        return sum(p.n for p in self.good)

    @property
    def mean(self) -> float | None:
        return sum((p.value or 0.0) * p.n for p in self.good) / self.count if self.count else None

    @property
    def lowest(self) -> float | None:
        return min((v for p in self.good for v in (p.minimum, p.value) if v is not None), default=None)

    @property
    def highest(self) -> float | None:
        return max((v for p in self.good for v in (p.maximum, p.value) if v is not None), default=None)


def span(box: ClassBox, channel: Channel, *, start: int, end: int) -> Span:
    """Single values up to two days, hours up to 60 days, else days; of boxes in homes complete days only."""
    daily = not box.class_sees_every
    if daily:
        start, end = start - start % DAY, min(end, series.complete_days_until(now_ms()))
        found = series.points(channel, resolution="day", start=start, end=end)
        return Span(channel, start, end, [p._replace(minimum=None, maximum=None, flagged=0) for p in found], True)
    length = end - start
    resolution = "raw" if length <= 2 * DAY else "hour" if length <= 60 * DAY else "day"
    if resolution == "raw":
        found = series.points(channel, start=start, end=end, limit=MOST_POINTS + 1)
        if len(found) > MOST_POINTS:
            resolution = "hour"
    if resolution != "raw":
        unit = HOUR if resolution == "hour" else DAY
        found = series.points(channel, resolution=resolution, start=start - start % unit, end=end)
    return Span(channel, start, end, found, False)


def chart(first: Span, second: Span | None = None, *, notes: list[ClassNote] | None = None) -> dict[str, Any]:
    """The chart component's data: the first span's times; the second is laid over it from its own start.

    Notes are dots at the value of their moment.
    """
    lines: list[tuple[str, str, dict[int, float | None]]] = [(_short(label_of(first, second)), *_line(first, 0))]
    if second is not None:
        lines.append((_short(label_of(second, first)), *_line(second, first.start - second.start)))
    moments = sorted({x for _label, _unit, values in lines for x in values})
    marked = _marks(first, notes or [], moments)
    rows: list[dict[str, Any]] = [
        {"label": label, "unit": unit, "values": [values.get(x) for x in moments]} for label, unit, values in lines
    ]
    if marked:
        dots = [marked.get(x) for x in moments]
        rows.append({"label": _("Notiz"), "unit": lines[0][1], "values": dots, "points": True})
    return {"x": moments, "series": rows, "sample": first.channel.station.sample}


def label_of(one: Span, other: Span | None) -> str:
    """The box's name where two boxes are compared, else the quantity; two spans of one box are told by number."""
    if other is None:
        return one.channel.label
    name = one.channel.station.name
    if one.channel.station_id != other.channel.station_id:
        return name
    if one.channel.pk != other.channel.pk:
        return one.channel.label
    return _("früher") if one.start < other.start else _("später")


def _short(label: str) -> str:
    """Two names side by side in the chart of a small screen."""
    return str(label) if len(str(label)) <= LABEL_LENGTH else f"{str(label)[: LABEL_LENGTH - 1].rstrip()}…"


def _line(one: Span, shift: int) -> tuple[str, dict[int, float | None]]:
    unit = one.channel.unit_label
    step = 60 if not one.daily else 86_400
    values = {(p.ts + shift) // 1000 // step * step: None if p.flags & EXCLUDED else p.value for p in one.points}
    return unit, values


def _marks(one: Span, notes: list[ClassNote], moments: list[int]) -> dict[int, float]:
    """The value nearest in time to each note inside the span."""
    _unit, values = _line(one, 0)
    known = [(x, value) for x, value in values.items() if value is not None]
    marks: dict[int, float] = {}
    for note in notes:
        if note.channel_id != one.channel.pk or not one.start <= note.starts < one.end or not known:
            continue
        at = note.starts // 1000
        x, value = min(known, key=lambda pair: abs(pair[0] - at))
        marks[x] = value
    return marks


def ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
