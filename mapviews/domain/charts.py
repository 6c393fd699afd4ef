"""A channel's line for a period that ends at its newest value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from mapviews.domain import series
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.ingest.store import DAY
from mapviews.enums import EXCLUDED
from mapviews.models import Channel

MOST_POINTS = 2500


class Period(NamedTuple):
    """`days` is None for everything."""

    key: str
    label: Any
    days: int | None
    resolution: str


PERIODS = (
    Period("tag", _("24 Stunden"), 1, "raw"),
    Period("woche", _("7 Tage"), 7, "hour"),
    Period("monat", _("30 Tage"), 30, "hour"),
    Period("jahr", _("1 Jahr"), 366, "day"),
    Period("alles", _("Alles"), None, "day"),
)
DAILY_PERIODS = tuple(p for p in PERIODS if p.resolution == "day")


def period_of(key: str, *, every: bool) -> Period:
    """The period with this key, else the first that may be seen."""
    periods = PERIODS if every else DAILY_PERIODS
    return next((p for p in periods if p.key == key), periods[0])


@dataclass(frozen=True)
class Chart:
    channel: Channel
    period: Period
    points: list[series.Point]

    @property
    def decimals(self) -> int:
        return self.channel.phenomenon.decimals if self.channel.phenomenon else 2

    @property
    def label_with_unit(self) -> str:
        unit = self.channel.unit_label
        return f"{self.channel.label} ({unit})" if unit else self.channel.label

    @property
    def lowest(self) -> float | None:
        return min((v for p in self._good for v in (p.minimum, p.value) if v is not None), default=None)

    @property
    def highest(self) -> float | None:
        return max((v for p in self._good for v in (p.maximum, p.value) if v is not None), default=None)

    @property
    def mean(self) -> float | None:
        total = sum(p.n for p in self._good)
        return sum((p.value or 0.0) * p.n for p in self._good) / total if total else None

    @property
    def _good(self) -> list[series.Point]:
        """Points that count: an error value of a sensor is drawn and takes no part in lowest, highest and mean."""
        return [p for p in self.points if p.value is not None and not p.flags & EXCLUDED]

    def as_json(self) -> dict[str, Any]:
        """x in seconds; flagged values are dots of their own, since nothing is hidden."""
        unit, odd = self.channel.unit_label, [p.value if p.flags else None for p in self.points]
        line = [None if p.flags & EXCLUDED else p.value for p in self.points]
        series_: list[dict[str, Any]] = [{"label": self.channel.label, "unit": unit, "values": line}]
        if any(value is not None for value in odd):
            series_.append({"label": _t("auffällig"), "unit": unit, "values": odd, "points": True})
        return {"x": [p.ts // 1000 for p in self.points], "series": series_, "sample": self.channel.station.sample}


def data(channel: Channel, *, period: Period, every: bool) -> Chart:
    """The points of a period, at most 2,500; without the right to every value only days that are over."""
    end = (channel.latest_ts or 0) + 1
    if not every:
        end = min(end, series.complete_days_until(now_ms()))
    start = end - period.days * DAY if period.days else series.FIRST
    resolution = period.resolution
    if every and period.days is None:
        first = series.points(channel, limit=1)
        if first and end - first[0].ts <= 14 * DAY:
            resolution = "hour"
    if resolution != "raw":
        start -= start % DAY if period.days else 0
    found = series.points(channel, resolution=resolution, start=start, end=end)
    if len(found) > MOST_POINTS:
        found = series.points(channel, resolution="hour", start=start - start % 3_600_000, end=end)[-MOST_POINTS:]
    if not every:  # a day's lowest and highest are single values
        found = [p._replace(minimum=None, maximum=None, flagged=0) for p in found]
    return Chart(channel, period, found)
