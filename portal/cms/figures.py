"""Figures of the year on the home page: a registry that the modules above fill in `AppConfig.ready()`.

`register("comments", callable)`: the callable takes the year, asks the database once, counts only what everyone may
see, and returns a `Figure` whose `url` leads to the list that proves it, or None.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.functional import Promise

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Figure:
    value: int | str
    label: str | Promise
    url: str
    sample: bool = False
    order: int = 50


_sources: dict[str, Callable[[int], Figure | None]] = {}


def register(key: str, source: Callable[[int], Figure | None]) -> None:
    _sources[key] = source


def items(year: int | None = None) -> list[Figure]:
    """The figures of `year` (default: this one). One that fails is logged and left out."""
    year = year or timezone.localdate().year
    found = []
    for key, source in _sources.items():
        try:
            figure = source(year)
        except Exception:
            logger.exception("figure_source_failed", extra={"source": key})
            continue
        if figure is not None:
            found.append(figure)
    return sorted(found, key=lambda figure: figure.order)
