"""Public counts of the moderation by reason and quarter. Sums only: no text, no person, no single case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import Count, F, Q
from django.db.models.functions import ExtractQuarter, ExtractYear

from portal.comments.enums import RESTRICTING, Measure, Reason
from portal.comments.models import Matter, ModerationDecision, Notice, Objection

MEASURES = tuple(RESTRICTING)
Period = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """One reason in one quarter: how often it was reported, and how often each measure followed in `MEASURES` order."""

    reason: Reason
    notices: int
    measures: tuple[int, ...]

    @property
    def cells(self) -> tuple[int, ...]:
        return (self.notices, *self.measures)


@dataclass
class Quarter:
    """`median_hours` is from notice to decision, of the notices decided in this quarter; None without any."""

    year: int
    number: int
    rows: list[Row] = field(default_factory=list)
    decided: int = 0
    without_measure: int = 0
    median_hours: int | None = None
    objections: int = 0
    upheld: int = 0
    rejected: int = 0

    @property
    def sums(self) -> tuple[int, ...]:
        return tuple(sum(column) for column in zip(*(row.cells for row in self.rows), strict=True))


def quarters() -> list[Quarter]:
    """Every quarter in which something happened, newest first; within it the reasons in their fixed order.

    Five queries at any size. Decisions that an objection overturned stay counted, with the objection beside them.
    """
    reported = _sums(Notice.objects.all(), "created_at", "reason")
    measured = _sums(ModerationDecision.objects.filter(measure__in=MEASURES), "created_at", "reason", "measure")
    answered = _answered()
    objected = _sums(Objection.objects.all(), "created_at")
    decided = _sums(Objection.objects.exclude(decided_at=None), "decided_at", "upheld")
    periods: set[Period] = {key[:2] for sums in (reported, measured, objected, decided) for key in sums} | set(answered)
    found = []
    for year, number in sorted(periods, reverse=True):
        quarter = Quarter(year, number)
        for reason in Reason:
            counts = tuple(measured.get((year, number, reason.value, measure.value), 0) for measure in MEASURES)
            quarter.rows.append(Row(reason, reported.get((year, number, reason.value), 0), counts))
        hours, kept = answered.get((year, number), ([], 0))
        quarter.decided, quarter.without_measure = len(hours), kept
        quarter.median_hours = round(median(hours)) if hours else None
        quarter.objections = objected.get((year, number), 0)
        quarter.upheld = decided.get((year, number, True), 0)
        quarter.rejected = decided.get((year, number, False), 0)
        found.append(quarter)
    return found


def holds_samples() -> bool:
    """True where invented matters are counted too (the demo), which the page then says."""
    return Matter.objects.filter(Q(sample=True), Q(decisions__isnull=False) | Q(notices__isnull=False)).exists()


def table() -> Iterable[tuple[Any, ...]]:
    """Rows of the CSV file, the head first."""
    yield ("Jahr", "Quartal", "Grund", "Meldungen", *(str(measure.label) for measure in MEASURES))
    for quarter in quarters():
        for row in quarter.rows:
            yield (quarter.year, quarter.number, str(row.reason.label), *row.cells)


def _sums(rows: Any, moment: str, *keys: str) -> dict[tuple[Any, ...], int]:
    """Counts by local year, quarter and the given fields."""
    grouped = (
        rows.order_by()
        .annotate(year=ExtractYear(moment), quarter=ExtractQuarter(moment))
        .values_list("year", "quarter", *keys)
        .annotate(number=Count("pk"))
    )
    return {tuple(row[:-1]): row[-1] for row in grouped}


def _answered() -> dict[Period, tuple[list[float], int]]:
    """By quarter of the decision: hours from each notice to its decision, and how many led to nothing."""
    hours: dict[Period, list[float]] = defaultdict(list)
    kept: dict[Period, int] = defaultdict(int)
    rows = Notice.objects.exclude(decision=None).annotate(
        year=ExtractYear("decision__created_at"), quarter=ExtractQuarter("decision__created_at")
    )
    for year, number, start, end, measure in rows.values_list(
        "year", "quarter", "created_at", F("decision__created_at"), "decision__measure"
    ).iterator():
        hours[year, number].append((end - start).total_seconds() / 3600)
        kept[year, number] += measure == Measure.KEEP
    return {period: (found, kept[period]) for period, found in hours.items()}
