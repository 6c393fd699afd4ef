"""What waits for someone and where they work, shown at `/konto/`. Apps above fill both in `AppConfig.ready()`.

    from portal.accounts import todo
    todo.register("ethics.opinions", lambda user: [todo.Item(title=…, url=…, due=…)])
    todo.register_doors("moderation", lambda user: [todo.Door(title=…, url=…, text=…)])

Each callable starts with the rights of `user` and reads at most a handful of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Item:
    """One thing to do: `title` says what in the person's words, `due` until when, `icon` is a name of the icon tag."""

    title: Any
    url: str
    text: Any = ""
    due: datetime | None = None
    icon: str = ""
    sample: bool = False


@dataclass(frozen=True)
class Door:
    """A place this person works at or has things in, such as the queue of the moderation or the own comments."""

    title: Any
    url: str
    text: Any = ""
    icon: str = ""
    own: bool = False


_items: dict[str, Callable[[Any], Iterable[Item]]] = {}
_doors: dict[str, Callable[[Any], Iterable[Door]]] = {}


def register(key: str, items: Callable[[Any], Iterable[Item]]) -> None:
    """`items(user)` lists what waits for this user; called at each view of `/konto/`."""
    _items[key] = items


def register_doors(key: str, doors: Callable[[Any], Iterable[Door]]) -> None:
    """`doors(user)` lists places for this user; with `own=True` they stand under "Ihre Beiträge und Einstellungen"."""
    _doors[key] = doors


def items_for(user: Any) -> list[Item]:
    """Everything that waits for the user, soonest first, undated things last."""
    never = datetime.max.replace(tzinfo=UTC)
    found = [item for source in _items.values() for item in source(user)]
    return sorted(found, key=lambda item: item.due or never)


def doors_for(user: Any) -> list[Door]:
    return [door for source in _doors.values() for door in source(user)]


def admin_doors(user: Any) -> list[Door]:
    """The two admins, for those who may enter them."""
    doors = []
    if user.has_perm("wagtailadmin.access_admin"):
        text = _("Seiten, Nachrichten, Bilder und Warnhinweise bearbeiten")
        doors.append(Door(title=_("Redaktion"), url=reverse("wagtailadmin_home"), text=text, icon="edit"))
    if user.is_staff and user.has_perm("accounts.change_user"):
        text = _("Rollen vergeben, zweite Faktoren zurücksetzen")
        doors.append(Door(title=_("Konten verwalten"), url=reverse("admin:index"), text=text, icon="person"))
    return doors


def registered() -> dict[str, list[str]]:
    """The keys of both registries, for the list of registries."""
    return {"items": sorted(_items), "doors": sorted(_doors)}
