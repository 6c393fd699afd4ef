"""What people write and the moderation looks after: a registry that apps fill in `AppConfig.ready()`.

    from portal.comments import kinds
    kinds.register("contribution", ContributionKind())

A kind says how its things are read and does the owning app's writes. docs/reference/moderation.md tells how to add one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from portal.comments.enums import Measure


@dataclass(frozen=True)
class Piece:
    """One thing somebody wrote, as the queue shows it. `title` and `url` are of the place where it stands."""

    key: str
    text: str
    title: str
    url: str
    state: str
    created_at: datetime
    author: Any = None
    author_name: str = ""
    project: Any = None
    sample: bool = False


@dataclass(frozen=True)
class Wording:
    """An earlier wording and until when it stood."""

    text: str
    until: datetime


class Kind:
    """Base class; override everything that raises. All keys are text: the primary key or public id of the thing.

    The four writes run inside the moderation's transaction, after the moderation has checked rights and reasons. They
    change the thing, record in the audit chain with `role="moderator"`, and withdraw it from their app's streams.
    """

    slug: str  # in addresses: /moderation/<slug>/<key>/ and /melden/<slug>/<key>/
    label: Any  # "Kommentar"
    the: Any  # "Der Kommentar", at the start of a sentence
    your: Any  # "Ihr Kommentar", likewise
    measures: frozenset[str] = frozenset(Measure.values)  # what a moderator can do with it

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        """The things with these keys, in a number of queries that does not depend on how many there are."""
        raise NotImplementedError

    def lock(self, key: str) -> Piece | None:
        """The thing as it is now, its row locked to the end of the transaction; None if it is gone."""
        raise NotImplementedError

    def visible_to(self, key: str, user: Any) -> bool:
        """May this person see it where it stands? Who may not, cannot report it either (404)."""
        raise NotImplementedError

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        """Takes it from everyone; `reason` is a `Reason` that may be shown in its place."""
        raise NotImplementedError

    def show(self, key: str, *, user: Any) -> None:
        """Shows what was held or hidden."""
        raise NotImplementedError

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        """Takes it from everyone but its author until it is decided."""
        raise NotImplementedError

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        """Empties the text for good."""
        raise NotImplementedError

    def around(self, key: str) -> Sequence[Piece]:
        """What stands around it, in reading order, at most a dozen; the thing itself may be among them."""
        return ()

    def earlier(self, key: str) -> Sequence[Wording]:
        """Earlier wordings, newest first."""
        return ()


_kinds: dict[str, Kind] = {}


def register(key: str, kind: Kind) -> None:
    """`key` stands in `Matter.kind` and never changes."""
    _kinds[key] = kind


def unregister(key: str) -> None:
    _kinds.pop(key, None)


def get(key: str) -> Kind:
    """The kind registered under `key`; KeyError names the key."""
    return _kinds[key]


def by_slug(slug: str) -> tuple[str, Kind] | None:
    """Key and kind of an address, or None."""
    return next(((key, kind) for key, kind in _kinds.items() if kind.slug == slug), None)


def registered() -> dict[str, Kind]:
    return dict(_kinds)
