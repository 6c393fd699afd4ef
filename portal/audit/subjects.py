"""Rows whose content the chain vouches for: a registry that apps fill in `AppConfig.ready()`.

After `register("ethics.Vote", rows, state)` every `record(obj=vote)` stores the digest of `state(vote)`, and
`verify()` recomputes it for each row of `rows()`: a row altered, added or removed by hand is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet


@dataclass(frozen=True)
class Subject:
    """`rows` gives all rows that must be vouched for, `state` what of a row is vouched for (canonical values only)."""

    label: str
    rows: Callable[[], QuerySet[Any]]
    state: Callable[[Any], Mapping[str, Any]]


_subjects: dict[str, Subject] = {}


def register(label: str, rows: Callable[[], QuerySet[Any]], state: Callable[[Any], Mapping[str, Any]]) -> None:
    """`label` is the model's `app_label.ModelName`; `rows` may use select_related and prefetch_related."""
    _subjects[label] = Subject(label, rows, state)


def unregister(label: str) -> None:
    _subjects.pop(label, None)


def of(obj: Model) -> Subject | None:
    return _subjects.get(obj._meta.label)


def registered() -> dict[str, Subject]:
    return dict(_subjects)
