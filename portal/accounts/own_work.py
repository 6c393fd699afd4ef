"""Own contributions of every kind at `/konto/beitraege/`: a registry that apps fill in `AppConfig.ready()`.

from portal.accounts import own_work
own_work.register("comments", _("Kommentare"), lambda user, limit: [own_work.Work(title=…, url=…, when=…)])
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class Work:
    """One thing the person made: `state` says in a word how it stands ("wird geprüft"), `text` how it begins."""

    title: Any
    url: str
    when: datetime
    text: str = ""
    state: Any = ""
    sample: bool = False


List = Callable[[Any, int], Iterable[Work]]
_kinds: dict[str, tuple[Any, List]] = {}


def register(key: str, label: Any, newest: List) -> None:
    """`newest(user, limit)` gives at most `limit` things, newest first, in a fixed number of queries."""
    _kinds[key] = (label, newest)


def kinds() -> dict[str, Any]:
    """Key -> label, in order of registration."""
    return {key: label for key, (label, _newest) in _kinds.items()}


def of(user: Any, limit: int, kind: str = "") -> list[tuple[str, Any, list[Work]]]:
    """(key, label, things) of each kind the person has something of; of one kind alone where `kind` names it."""
    chosen = [(key, *entry) for key, entry in _kinds.items() if kind in ("", key)]
    found = [(key, label, list(newest(user, limit))) for key, label, newest in chosen]
    return [entry for entry in found if entry[2]]
