"""Lines of one or several channels over a range: what is drawn, told in the table, and said in a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.utils.translation import gettext as _t
from django.utils.translation import ngettext

from mapviews.domain import series, spans
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.series import Point
from mapviews.domain.spans import DAILY_PERIODS, PERIODS, STEPS, Period, Span, period_of
from mapviews.enums import EXCLUDED, FLAG_LABELS, Flag
from mapviews.models import Channel

__all__ = ["DAILY_PERIODS", "PERIODS", "Line", "Panel", "Period", "Plot", "build", "data", "period_of"]

MOST_POINTS = 20_000  # of all lines; more single values are shown by hour
QUIET = 600_000  # a sensor that is silent for ten minutes may still be one that sends rarely
FIGURES = ("mean", "min", "max", "range")


@dataclass(frozen=True)
class Line:
    """One channel's points. `every`: single values may be seen, else only means of days that are over."""

    channel: Channel
    resolution: str
    points: list[Point]
    every: bool = True
    figure: str = "range"
    name: str = ""

    @property
    def unit(self) -> str:
        return self.channel.unit_label

    @property
    def decimals(self) -> int:
        return self.channel.phenomenon.decimals if self.channel.phenomenon else 2

    @property
    def name_with_unit(self) -> str:
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @property
    def has_band(self) -> bool:
        return self.figure == "range" and any(p.minimum is not None for p in self.points)

    def value(self, point: Point) -> float | None:
        """What the line shows of a point; an error value of the sensor takes no part in it."""
        if point.flags & EXCLUDED:
            return None
        if self.figure == "min" and point.minimum is not None:
            return point.minimum
        if self.figure == "max" and point.maximum is not None:
            return point.maximum
        return point.value

    @property
    def good(self) -> list[Point]:
        return [p for p in self.points if p.value is not None and not p.flags & EXCLUDED]

    @property
    def lowest(self) -> float | None:
        return min((v for p in self.good for v in (p.minimum, p.value) if v is not None), default=None)

    @property
    def highest(self) -> float | None:
        return max((v for p in self.good for v in (p.maximum, p.value) if v is not None), default=None)

    @property
    def mean(self) -> float | None:
        total = sum(p.n for p in self.good)
        return sum((p.value or 0.0) * p.n for p in self.good) / total if total else None

    def note(self, point: Point) -> str:
        """What is odd about a value, or how many odd ones a mean leaves out."""
        if point.flagged:
            return ngettext("%d auffälliger Wert", "%d auffällige Werte", point.flagged) % point.flagged
        return ", ".join(str(FLAG_LABELS[flag]) for flag in Flag if point.flags & flag)

    def with_gaps(self) -> list[Point]:
        """The points with an empty one (n = 0) wherever values are missing in between."""
        step = self._step()
        found: list[Point] = []
        for point in self.points:
            if found and point.ts - found[-1].ts > step:
                found.append(Point(found[-1].ts + 1, None, 0, 0))
            found.append(point)
        return found

    def _step(self) -> int:
        """Milliseconds from one value to the next that still count as no gap."""
        if self.resolution in STEPS:
            return STEPS[self.resolution]
        ways = [b.ts - a.ts for a, b in zip(self.points, self.points[1:], strict=False)]
        return max(QUIET, int(3 * median(ways))) if ways else QUIET

    def as_json(self) -> dict[str, Any]:
        """x in seconds. `notes` and `bad` (values that are drawn and do not count) by the x they belong to."""
        points = self.with_gaps()
        data: dict[str, Any] = {
            "label": self.name,
            "unit": self.unit,
            "x": [seconds(p.ts) for p in points],
            "values": [self.value(p) for p in points],
        }
        if self.has_band:
            data |= {"low": [p.minimum for p in points], "high": [p.maximum for p in points]}
        if notes := {str(seconds(p.ts)): self.note(p) for p in points if p.flags or p.flagged}:
            data["notes"] = notes
        if bad := {str(seconds(p.ts)): p.value for p in points if p.flags & EXCLUDED}:
            data["bad"] = bad
        return data


@dataclass(frozen=True)
class Panel:
    """Lines that share a plot: of at most two units, the first on the left, the second on the right."""

    span: Span
    lines: list[Line]

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys(line.unit for line in self.lines))

    def as_json(self) -> dict[str, Any]:
        every = [line.as_json() for line in self.lines]
        if all(one["x"] == every[0]["x"] for one in every):
            x = every[0]["x"]
            for one in every:
                del one["x"]
        else:
            x = sorted({value for one in every for value in one["x"]})
        return {
            "x": x,
            "series": every,
            "from": self.span.start / 1000,
            "to": self.span.end / 1000,
            "resolution": self.lines[0].resolution,
            "finer": any(line.every and line.resolution != "raw" for line in self.lines),
            "sample": any(line.channel.station.sample for line in self.lines),
        }


@dataclass(frozen=True)
class Plot:
    span: Span
    resolution: str
    lines: list[Line] = field(default_factory=list)

    @property
    def points(self) -> list[Point]:
        return [point for line in self.lines for point in line.points]

    @property
    def panels(self) -> list[Panel]:
        """One plot with up to two axes; where there are more units, one plot for each."""
        units = list(dict.fromkeys(line.unit for line in self.lines))
        if len(units) <= 2:
            return [Panel(self.span, self.lines)] if self.lines else []
        return [Panel(self.span, [line for line in self.lines if line.unit == unit]) for unit in units]

    def as_json(self, number: int = 0) -> dict[str, Any]:
        """The plot with this number; empty lists where there is none."""
        panels = self.panels
        if number >= len(panels):
            return {"x": [], "series": []}
        return panels[number].as_json()


def build(channels: Sequence[Channel], span: Span, *, every: set[int], figure: str = "range", wanted: str = "") -> Plot:
    """The lines of these channels (with station and phenomenon at hand) in a fixed number of queries.

    `every`: keys of the channels whose single values may be seen; of the others only means of days that are over.
    """
    resolution = spans.resolution_for(span, wanted)
    full = [c.pk for c in channels if c.pk in every]
    found: dict[int, list[Point]] = {}
    if full:
        found = series.many(full, resolution=resolution, limit=MOST_POINTS + 1, **_edges(span, resolution))
        if resolution == "raw" and sum(map(len, found.values())) > MOST_POINTS:
            resolution = "hour"
            found = series.many(full, resolution=resolution, **_edges(span, resolution))
    if closed := [c.pk for c in channels if c.pk not in every]:
        edges = _edges(span, "day")
        edges["end"] = min(edges["end"], series.complete_days_until(now_ms()))
        for pk, points in series.many(closed, resolution="day", **edges).items():  # a day's extremes are single values
            found[pk] = [p._replace(minimum=None, maximum=None, flagged=0) for p in points]
    names = _names(channels)
    lines = [
        Line(c, resolution if c.pk in every else "day", found[c.pk], c.pk in every, figure, names[c.pk])
        for c in channels
    ]
    return Plot(span, resolution if full else "day", lines)


def data(channel: Channel, *, period: Period, every: bool) -> Plot:
    """One channel's line for a period that ends at its newest value."""
    span = span_for([channel], period, every={channel.pk} if every else set())
    return build([channel], span, every={channel.pk} if every else set())


def span_for(channels: Sequence[Channel], period: Period, *, every: set[int]) -> Span:
    """The period up to the newest value of these channels; `every` as in `build`."""
    newest = [(c.latest_ts // 1000 + 1) * 1000 for c in channels if c.latest_ts is not None]
    end = max(newest, default=now_ms())
    if not every:
        end = min(end, series.complete_days_until(now_ms()))
    first = series.first_day([c.pk for c in channels]) if period.days is None else None
    return spans.rolling(period, end=end, first=first)


def seconds(ts: int) -> int | float:
    return ts / 1000 if ts % 1000 else ts // 1000


def _edges(span: Span, resolution: str) -> dict[str, int]:
    return {"start": spans.floored(span.start, resolution), "end": span.end}


def _names(channels: Sequence[Channel]) -> dict[int, str]:
    """What tells the lines apart, no more: the measured thing, the station, or both."""
    stations, labels = {c.station_id for c in channels}, {c.label for c in channels}
    names = {}
    for c in channels:
        if len(stations) == 1:
            names[c.pk] = c.label
        elif len(labels) == 1:
            names[c.pk] = c.station.name
        else:
            names[c.pk] = _t("%(label)s, %(station)s") % {"label": c.label, "station": c.station.name}
    taken = list(names.values())
    return {c.pk: f"{names[c.pk]} ({c.key})" if taken.count(names[c.pk]) > 1 else names[c.pk] for c in channels}
