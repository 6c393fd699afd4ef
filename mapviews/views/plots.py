"""What pages with a plot share: reading the range from the address, and what the templates need."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from mapviews import drawing
from mapviews.domain import charts, spans
from mapviews.domain.spans import Span
from mapviews.enums import EXCLUDED
from mapviews.models import Channel


def span_from(given: QueryDict, channels: Sequence[Channel], *, every: set[int]) -> tuple[Span, str]:
    """The range of the address, and a sentence where it could not be read."""
    first, last = given.get("von", ""), given.get("bis", "")
    if first or last:
        span = spans.free(first, last)
        if span is not None:
            return span, ""
        problem = _("Bitte geben Sie zwei Tage an, den früheren zuerst. Gezeigt wird der übliche Zeitraum.")
    else:
        problem = ""
    period = charts.period_of(given.get("zeitraum", ""), every=bool(every))
    return charts.span_for(channels, period, every=every), problem


def numbers(given: QueryDict, name: str, most: int) -> list[int]:
    """Keys from the address, each once, in its order."""
    found = (int(text) for text in given.getlist(name) if text.isascii() and text.isdecimal() and len(text) < 18)
    return list(dict.fromkeys(found))[:most]


def items(plot: charts.Plot, *, src: str) -> list[dict[str, Any]]:
    """One entry for `mapviews/_plot.html` for each panel; `src` is the address of its values without a range."""
    return [_item(panel, f"{src}&feld={number}") for number, panel in enumerate(plot.panels) if _has_points(panel)]


def _has_points(panel: charts.Panel) -> bool:
    return any(line.points for line in panel.lines)


def _item(panel: charts.Panel, src: str) -> dict[str, Any]:
    points = [point for line in panel.lines for point in line.points]
    return {
        "title": drawing.sentence(panel),
        "src": f"{src}&{urlencode(panel.span.query())}",
        "still": drawing.still(panel),
        "table": drawing.table(panel),
        "named": len(panel.lines) > 1,
        "band": any(line.has_band for line in panel.lines),
        "bad": any(p.flags & EXCLUDED for p in points),
        "odd": any((p.flags and not p.flags & EXCLUDED) or p.flagged for p in points),
    }


def ways(span: Span, keep: list[tuple[str, str]]) -> list[dict[str, str]]:
    """Links through time that need no script; `keep` are the other parameters of the page."""
    moves = (
        (_("Früher"), span.moved(-1)),
        (_("Später"), span.moved(1)),
        (_("Näher heran"), span.scaled(0.5)),
        (_("Weiter weg"), span.scaled(2)),
    )
    return [{"title": title, "url": f"?{urlencode([*keep, *to.query().items()])}#verlauf"} for title, to in moves]


def time_context(span: Span, problem: str, *, every: bool, keep: list[tuple[str, str]]) -> dict[str, Any]:
    """For `mapviews/_times.html`."""
    periods = charts.PERIODS if every else charts.DAILY_PERIODS
    return {
        "span": span,
        "span_problem": problem,
        "span_first": f"{spans.local(span.start):%Y-%m-%d}",
        "span_last": f"{spans.local(span.end - 1):%Y-%m-%d}",
        "keep": keep,
        "periods": [
            {
                "title": p.label,
                "url": f"?{urlencode([*keep, ('zeitraum', p.key)])}#verlauf",
                "current": p.key == span.key,
            }
            for p in periods
        ],
        "ways": ways(span, keep),
    }
