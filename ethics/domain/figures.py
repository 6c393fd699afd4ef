"""Figures of a year: what the Council published, and what became of the conditions. Published cases only."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear

from ethics.enums import ConditionState, Response
from ethics.models import Condition, Inquiry, ReviewCase


@dataclass(frozen=True)
class Year:
    year: int
    recommendations: int
    conditions: int
    accepted: int
    done: int
    answers: int


def of_years() -> list[Year]:
    """Newest first; years in which nothing was published are left out. Three queries."""
    cases = ReviewCase.objects.public().annotate(year=ExtractYear("published_at")).order_by()
    published = dict(cases.values_list("year").annotate(Count("pk")))
    answered = Inquiry.objects.public().filter(answered_at__isnull=False).annotate(year=ExtractYear("answered_at"))
    answers = dict(answered.order_by().values_list("year").annotate(Count("pk")))
    rows = Condition.objects.filter(recommendation__case__published_at__isnull=False)
    counted = rows.annotate(year=ExtractYear("recommendation__case__published_at")).order_by()
    conditions = {
        row["year"]: row
        for row in counted.values("year").annotate(
            total=Count("pk"),
            done=Count("pk", filter=Q(state=ConditionState.DONE)),
            accepted=Count("pk", filter=Q(response__in=[Response.ACCEPTED, Response.PARTLY])),
        )
    }
    nothing = {"total": 0, "done": 0, "accepted": 0}
    return [
        Year(
            year,
            published.get(year, 0),
            conditions.get(year, nothing)["total"],
            conditions.get(year, nothing)["accepted"],
            conditions.get(year, nothing)["done"],
            answers.get(year, 0),
        )
        for year in sorted({*published, *answers}, reverse=True)
    ]
