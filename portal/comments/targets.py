"""What can be talked about: a registry that apps fill in `AppConfig.ready()`, keyed by `Thread.target`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from portal.comments.models import Thread


class Target(Protocol):
    """How the comments learn about the thing that a thread belongs to; implemented by the app that owns the thing."""

    def title(self, thread: Thread) -> str: ...

    def url(self, thread: Thread) -> str:
        """Absolute path of the page that shows the comments, without a fragment."""

    def project(self, thread: Thread) -> Any:
        """The `projects.Project` on whose timeline comments stand, or None."""

    def visible_to(self, thread: Thread, user: Any) -> bool:
        """False hides the thread as if it did not exist (404)."""

    def is_open(self, thread: Thread) -> bool:
        """False where the phase is over; what was said stays readable."""

    def why_closed(self, thread: Thread) -> str:
        """One sentence for the page where `is_open` is False."""

    def is_led_by(self, thread: Thread, user: Any) -> bool:
        """True for a project lead who may pin and close here; asked only of people with a role."""


class ThreadTarget:
    """Base class with sensible answers; override `title`, `url`, `visible_to` and what else differs."""

    def title(self, thread: Thread) -> str:
        raise NotImplementedError

    def url(self, thread: Thread) -> str:
        raise NotImplementedError

    def project(self, thread: Thread) -> Any:
        return None

    def visible_to(self, thread: Thread, user: Any) -> bool:
        raise NotImplementedError

    def is_open(self, thread: Thread) -> bool:
        return True

    def why_closed(self, thread: Thread) -> str:
        return str(_("Die Zeit für Kommentare ist hier vorbei."))

    def is_led_by(self, thread: Thread, user: Any) -> bool:
        return False

    def preload(self, threads: Iterable[Thread]) -> None:
        """Lists call this once with all their threads, so that a target can fetch its things in one query
        (`prefetch_related_objects(list(threads), "project")`)."""


_targets: dict[str, Target] = {}


def register(key: str, target: Target) -> None:
    _targets[key] = target


def unregister(key: str) -> None:
    _targets.pop(key, None)


def get(key: str) -> Target:
    """The target registered under `key`; KeyError names the key."""
    return _targets[key]


def registered() -> dict[str, Target]:
    return dict(_targets)
