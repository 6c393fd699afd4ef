"""Pages that begin at a row and not at a number, so that nothing is shown twice or left out while others write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from portal.comments.models import Comment


@dataclass(frozen=True)
class Order:
    """Columns by which rows stand in one order, first to last; "-" is descending. The last one is unique."""

    columns: tuple[str, ...]

    @property
    def reverse(self) -> list[str]:
        return [column.removeprefix("-") if column.startswith("-") else f"-{column}" for column in self.columns]

    def before(self, row: dict[str, Any]) -> Q:
        """Rows that stand above `row`, which holds a value for each column."""
        above, level = Q(), Q()
        for column in self.columns:
            name = column.removeprefix("-")
            further = "gt" if column.startswith("-") else "lt"
            above |= level & Q(**{f"{name}__{further}": row[name]})
            level &= Q(**{name: row[name]})
        return above

    def locate(self, rows: QuerySet[Comment], start: int | None) -> Q | None:
        """What stands above the row with the key `start`; None where there is no such row."""
        if start is None:
            return None
        names = [column.removeprefix("-") for column in self.columns]
        row = rows.filter(pk=start).values(*names).first()
        return None if row is None else self.before(row)


@dataclass(frozen=True)
class Slice:
    """Keys at which the neighbouring pages begin. `previous` is 0 where that is the very first page, else None."""

    rows: list[Comment]
    above: int
    previous: int | None
    next: int | None


def cut(rows: QuerySet[Comment], order: Order, above: Q | None, *, size: int, number_above: int) -> Slice:
    """`size` rows from where `above` ends; `number_above` is how many of `rows` that are."""
    ordered = rows.order_by(*order.columns)
    found = list((ordered.exclude(above) if above is not None else ordered).select_related("author")[: size + 1])
    previous: int | None = None
    if above is not None and number_above:
        previous = 0
        if number_above > size:
            previous = rows.filter(above).order_by(*order.reverse).values_list("pk", flat=True)[size - 1 : size].get()
    following = found[size].pk if len(found) > size else None
    return Slice(found[:size], number_above, previous, following)
