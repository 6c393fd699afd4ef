"""One socket that said `hello`, and the audience it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from dialogues.domain.board.hellos import Access
from portal.live import Frame, Outlet


class Audience(NamedTuple):
    """`table` None stands for all tables; `view` for what may be seen."""

    board: int
    table: int | None
    view: str


class Session:
    """`seq` is the last number this socket was sent; `dismiss(code)` closes it with that code."""

    __slots__ = ("access", "audience", "dismiss", "listening", "needs_snapshot", "outlet", "resumable", "seq")

    def __init__(self, outlet: Outlet, access: Access, audience: Audience, dismiss: Callable[[int], None]) -> None:
        self.outlet = outlet
        self.access = access
        self.audience = audience
        self.dismiss = dismiss
        self.seq = 0
        self.needs_snapshot = False
        self.listening = False
        self.resumable = True

    @property
    def guest(self) -> str | None:
        return self.access.participant["id"] if self.access.participant else None

    def write(self, frame: Frame) -> None:
        """Skips a socket that does not read; it gets a snapshot when it does again."""
        if not self.outlet.write(frame):
            self.needs_snapshot = True
