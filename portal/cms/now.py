""" "Was gerade läuft" on the home page: a registry that the modules above fill in `AppConfig.ready()`.

`register("dialogue", callable)`: the callable takes no argument, asks the database at most twice, looks only at what
everyone may see, and returns an `Item` in the active language, or None where there is nothing to say.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

logger = logging.getLogger(__name__)
Text = str | Promise


@dataclass(frozen=True)
class Item:
    """`label` says what it is ("Nächster DigiLog"), `title` is the link, `text` one sentence, `when` a moment, `value`
    a figure with its unit ("17,4 °C") shown large instead of a moment. `order` sorts; small stands first."""

    label: Text
    title: Text
    url: str
    text: Text = ""
    when: datetime | None = None
    value: str = ""
    icon: str = ""
    sample: bool = False
    order: int = 50


_sources: dict[str, Callable[[], Item | None]] = {}


def register(key: str, source: Callable[[], Item | None]) -> None:
    _sources[key] = source


def registered() -> dict[str, Callable[[], Item | None]]:
    return dict(_sources)


def items() -> list[Item]:
    """What the sources have to say now. One that fails is logged and left out: the home page stands."""
    found = []
    for key, source in _sources.items():
        try:
            item = source()
        except Exception:
            logger.exception("now_source_failed", extra={"source": key})
            continue
        if item is not None:
            found.append(item)
    return sorted(found, key=lambda item: item.order)
