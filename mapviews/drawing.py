"""A plot as SVG geometry and as rows of a table: what stands on the page before, without and behind the script."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from mapviews.domain import spans
from mapviews.domain.charts import Line, Panel
from mapviews.domain.ingest.store import DAY, HOUR
from mapviews.domain.series import Point
from mapviews.enums import EXCLUDED

WIDTH, HEIGHT = 480, 250
LEFT, RIGHT, TOP, BOTTOM = 52, 12, 22, 28
MOST_ROWS = 400
STEPS = tuple(h * HOUR for h in (1, 2, 3, 6, 12)) + tuple(d * DAY for d in (1, 2, 7, 14, 30, 61, 91, 182, 365, 730))
TICKS, TIMES = 6, 5


@dataclass(frozen=True)
class Scale:
    """Values of one unit as heights."""

    unit: str
    low: float
    high: float
    ticks: list[tuple[float, str]]

    def y(self, value: float) -> float:
        part = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(TOP + (1 - part) * (HEIGHT - TOP - BOTTOM), 1)


def still(panel: Panel) -> dict[str, Any]:
    """Lines, bands, marks and axes for `mapviews/_still.html`; all texts are plain."""
    scales = {unit: _scale(unit, [line for line in panel.lines if line.unit == unit]) for unit in panel.units}
    right = WIDTH - (LEFT if len(scales) > 1 else RIGHT)
    first, length = panel.span.start, panel.span.length

    def x(ts: int) -> float:
        return round(LEFT + (min(max(ts, first), panel.span.end) - first) / length * (right - LEFT), 1)

    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": right,
        "top": TOP,
        "bottom": HEIGHT - BOTTOM,
        "times": [(x(ts), text) for ts, text in _times(panel)],
        "axes": [_axis(scale, number, right) for number, scale in enumerate(scales.values())],
        "lines": [_line(line, n, scales[line.unit], x) for n, line in enumerate(panel.lines, 1)],
    }


def _axis(scale: Scale, number: int, right: int) -> dict[str, Any]:
    at = LEFT - 6 if number == 0 else right + 6
    anchor = "end" if number == 0 else "start"
    return {"unit": scale.unit, "x": at, "anchor": anchor, "ticks": [(scale.y(v), text) for v, text in scale.ticks]}


def _line(line: Line, number: int, scale: Scale, x: Any) -> dict[str, Any]:
    parts: list[list[Point]] = [[]]
    for point in line.with_gaps():
        if line.value(point) is None:
            parts.append([])
        else:
            parts[-1].append(point)
    parts = [part for part in parts if part]
    odd = [p for p in line.points if (p.flags or p.flagged) and p.value is not None]
    return {
        "number": number,
        "name": line.name_with_unit,
        "paths": [_path(part, line, scale, x) for part in parts if len(part) > 1],
        "dots": [(x(p[0].ts), scale.y(line.value(p[0]) or 0.0)) for p in parts if len(p) == 1],
        "bands": [_band(part, scale, x) for part in parts if len(part) > 1] if line.has_band else [],
        "odd": [(x(p.ts), scale.y(p.value or 0.0)) for p in odd if not p.flags & EXCLUDED],
        "bad": [(x(p.ts), scale.y(p.value or 0.0)) for p in odd if p.flags & EXCLUDED],
    }


def _path(part: list[Point], line: Line, scale: Scale, x: Any) -> str:
    return " ".join(f"{x(p.ts)},{scale.y(line.value(p) or 0.0)}" for p in part)


def _band(part: list[Point], scale: Scale, x: Any) -> str:
    known = [p for p in part if p.minimum is not None and p.maximum is not None]
    upper = [f"{x(p.ts)},{scale.y(p.maximum or 0.0)}" for p in known]
    lower = [f"{x(p.ts)},{scale.y(p.minimum or 0.0)}" for p in reversed(known)]
    return " ".join(upper + lower)


def _scale(unit: str, lines: list[Line]) -> Scale:
    values: list[float] = []
    for line in lines:
        for point in line.points:
            if (value := line.value(point)) is not None:
                values.append(value)
                if line.has_band and point.minimum is not None and point.maximum is not None:
                    values += [point.minimum, point.maximum]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    gap = max((high - low) * 0.08, abs(high) * 0.02, 0.1)
    low, high = (0.0 if low >= 0 > low - gap else low - gap), high + gap
    step = _nice((high - low) / TICKS)
    decimals = max(0, -math.floor(math.log10(step)))
    first = math.ceil(low / step)
    ticks = [
        (n * step, formats.number_format(round(n * step, 6), decimal_pos=decimals))
        for n in range(first, math.floor(high / step) + 1)
    ]
    return Scale(unit, low, high, ticks)


def _nice(step: float) -> float:
    """The next of 1, 2, 5 times a power of ten."""
    power = 10 ** math.floor(math.log10(step))
    return float(next(n * power for n in (1, 2, 5, 10) if n * power >= step * 0.999))


def _times(panel: Panel) -> list[tuple[int, str]]:
    """Round local moments along the range."""
    step = next((s for s in STEPS if panel.span.length / s <= TIMES), STEPS[-1])
    shift = int((spans.local(panel.span.start).utcoffset() or spans.local(0).utcoffset()).total_seconds() * 1000)  # type: ignore[union-attr]
    first = (panel.span.start + shift) // step * step - shift
    form = "H:i" if step < DAY else ("j.n." if step < 60 * DAY else "M Y")
    found = []
    for ts in range(first, panel.span.end, step):
        if ts >= panel.span.start:
            at = spans.local(ts)
            found.append(
                (ts, formats.date_format(at, "j.n." if step < DAY and not at.hour and not at.minute else form))
            )
    return found


def table(panel: Panel) -> dict[str, Any]:
    """`columns`, `rows` (newest first) and `total`: everything the plot shows, gaps and oddities included."""
    lines = panel.lines
    times: dict[int, list[tuple[int, Point]]] = {}
    for number, line in enumerate(lines):
        for point in line.with_gaps():
            times.setdefault(point.ts, []).append((number, point))
    newest = sorted(times, reverse=True)
    rows = [_row(ts, times[ts], lines) for ts in newest[:MOST_ROWS]]
    return {
        "columns": [_("Zeit"), *(line.name_with_unit for line in lines), _("Hinweis")],
        "rows": rows,
        "total": len(newest),
    }


def _row(ts: int, cells: list[tuple[int, Point]], lines: list[Line]) -> list[str]:
    values, notes = [""] * len(lines), []
    for number, point in cells:
        line = lines[number]
        shown = line.value(point) if not point.flags & EXCLUDED else point.value
        values[number] = "–" if shown is None else formats.number_format(shown, decimal_pos=line.decimals)
        words = (
            _("ab hier fehlen Werte")
            if point.n == 0 and point.value is None and not point.flagged
            else line.note(point)
        )
        if words:
            notes.append(f"{line.name}: {words}" if len(lines) > 1 else words)
    return [moment_words(ts, lines[cells[0][0]].resolution), *values, "; ".join(notes)]


def moment_words(ts: int, resolution: str) -> str:
    """A UTC day for means of days, else a local moment."""
    if resolution == "day":
        return formats.date_format(spans.utc(ts), "SHORT_DATE_FORMAT")
    return formats.date_format(spans.local(ts), "SHORT_DATETIME_FORMAT")


def sentence(panel: Panel) -> str:
    """What one sees, in words."""
    said = []
    for line in panel.lines:
        if line.lowest is None or line.highest is None or line.mean is None:
            said.append(_("%(name)s: keine Werte") % {"name": line.name})
            continue
        facts = {"name": line.name, "unit": line.unit}
        figures = (("low", line.lowest), ("high", line.highest), ("mean", line.mean))
        facts |= {key: formats.number_format(value, decimal_pos=line.decimals) for key, value in figures}
        said.append(_("%(name)s zwischen %(low)s und %(high)s %(unit)s, im Mittel %(mean)s %(unit)s") % facts)
    return f"{panel.span.label}: {'; '.join(said)}."
