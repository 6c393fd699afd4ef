"""What else waits for the moderation, shown above the queue. Apps above fill this in `AppConfig.ready()`.

    from portal.comments import desk
    desk.register("dialogues.overdue", lambda user: [Item(title=…, url=…, due=…)])     # portal.accounts.todo.Item

Each callable gets a moderator and reads at most a handful of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from portal.accounts.todo import Item

_panels: dict[str, Callable[[Any], Iterable[Item]]] = {}


def register(key: str, items: Callable[[Any], Iterable[Item]]) -> None:
    _panels[key] = items


def unregister(key: str) -> None:
    _panels.pop(key, None)


def panels_for(user: Any) -> list[Item]:
    return [item for items in _panels.values() for item in items(user)]
