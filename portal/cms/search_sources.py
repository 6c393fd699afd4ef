"""The site search: a registry of sources that the modules above fill in `AppConfig.ready()`.

`register("projects", Source(label=_("Projekte"), find=…, order=20))`. `find(terms, user, limit)` gets at most eight
cleaned words, starts from `visible_to(user)`, never from all rows, and answers how many there are and the first hits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Hit:
    """`text` is plain text; the page marks the words searched for and escapes everything."""

    title: str
    url: str
    text: str = ""
    meta: str | Promise = ""
    when: datetime | None = None
    sample: bool = False
    lang: str = ""


@dataclass(frozen=True)
class Found:
    total: int = 0
    hits: Iterable[Hit] = field(default_factory=list)


@dataclass(frozen=True)
class Source:
    label: str | Promise
    find: Callable[[list[str], Any, int], Found]
    order: int = 50


_sources: dict[str, Source] = {}


def register(key: str, source: Source) -> None:
    _sources[key] = source


def registered() -> dict[str, Source]:
    return dict(sorted(_sources.items(), key=lambda pair: pair[1].order))
