"""What a chart of the Reallabor is made of. All of it stands in the address, so a link is the chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from mapviews.domain import charts, series, spans
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.spans import Span
from mapviews.enums import Publicity
from mapviews.models import Channel, Station
from portal.comments import rules
from portal.text import plain

MOST = 8
TITLE_LIMIT = 120
FIGURES = {
    "range": _("Mittel mit Spanne"),
    "mean": _("nur Mittel"),
    "min": _("kleinster Wert"),
    "max": _("größter Wert"),
}
STEPS = {
    "": _("passend zum Zeitraum"),
    "raw": _("jeder Wert (bis 14 Tage)"),
    "hour": _("je Stunde (bis 190 Tage)"),
    "day": _("je Tag"),
}
USUAL = "woche"


@dataclass(frozen=True)
class Recipe:
    """`channels` are keys, in the order of the lines; `first` and `last` as typed, empty for a rolling `period`."""

    channels: tuple[int, ...] = ()
    period: str = USUAL
    first: str = ""
    last: str = ""
    figure: str = "range"
    step: str = ""
    title: str = ""

    def parameters(self) -> list[tuple[str, str]]:
        """Of the address, in one order, without what goes without saying."""
        found = [("k", str(pk)) for pk in self.channels]
        found += [("von", self.first), ("bis", self.last)] if self.first else [("zeitraum", self.period)]
        found += [("wert", self.figure)] if self.figure != "range" else []
        found += [("raster", self.step)] if self.step else []
        found += [("titel", self.title)] if self.title else []
        return found

    def query(self) -> str:
        return urlencode(self.parameters())

    def span(self) -> Span:
        """The range now: a rolling period ends at this minute."""
        free = spans.free(self.first, self.last) if self.first else None
        if free is not None:
            return free
        period = charts.period_of(self.period, every=True)
        end = now_ms() // 60_000 * 60_000 + 60_000
        first = series.first_day(self.channels) if period.days is None else None
        return spans.rolling(period, end=end, first=first)

    @property
    def wants_range(self) -> bool:
        return bool(self.first) and spans.free(self.first, self.last) is None


def read(given: QueryDict | Mapping[str, Any]) -> Recipe:
    """From an address; what cannot be read falls back to the usual."""
    data = given if isinstance(given, QueryDict) else QueryDict(urlencode(dict(given), doseq=True))
    keys = [int(k) for k in data.getlist("k") if k.isascii() and k.isdecimal() and len(k) < 18]
    period, figure, step = data.get("zeitraum", ""), data.get("wert", ""), data.get("raster", "")
    first, last = data.get("von", "").strip()[:40], data.get("bis", "").strip()[:40]
    return Recipe(
        channels=tuple(dict.fromkeys(keys))[:MOST],
        period=period if period in {p.key for p in charts.PERIODS} else USUAL,
        first=first if first and last else "",
        last=last if first and last else "",
        figure=figure if figure in FIGURES else "range",
        step=step if step in STEPS else "",
        title=title_of(data.get("titel", "")),
    )


def of_query(query: str) -> Recipe:
    return read(QueryDict(query))


def title_of(text: str) -> str:
    """One line of plain text. Anyone can write a link, so what the moderation would hold is left out."""
    line = " ".join(plain(text[: TITLE_LIMIT * 2]).split())[:TITLE_LIMIT]
    return "" if rules.hit(line) or rules.LINK.search(line) else line


def open_channels(keys: Sequence[int]) -> list[Channel]:
    """Those of these channels that everyone may see now, in the order asked for, with station and phenomenon.

    Asked again at every view: a chart shows nothing of a station that has become private or hidden since.
    """
    rows = Channel.objects.filter(pk__in=keys, station__in=Station.objects.public(), latest_ts__isnull=False)
    found = {channel.pk: channel for channel in rows.select_related("station", "phenomenon")}
    return [found[key] for key in keys if key in found]


def every_of(channels: Sequence[Channel]) -> set[int]:
    """Keys of the channels whose single values everyone may see."""
    return {c.pk for c in channels if c.station.publicity == Publicity.PUBLIC}


def plot(recipe: Recipe, channels: Sequence[Channel]) -> charts.Plot:
    return charts.build(channels, recipe.span(), every=every_of(channels), figure=recipe.figure, wanted=recipe.step)


def resolution_of(recipe: Recipe, channel: Channel, span: Span) -> str:
    """In which steps this channel is drawn and downloaded."""
    if channel.station.publicity != Publicity.PUBLIC:
        return "day"
    return spans.resolution_for(span, recipe.step)
