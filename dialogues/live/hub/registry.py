"""The hub of each event loop, and the call after each commit that wakes them and the other processes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from uuid import UUID
from weakref import WeakKeyDictionary

from asgiref.sync import async_to_sync

from dialogues.domain.board.ledger import Fresh
from dialogues.live import groups
from dialogues.live.hub.core import BoardHub

_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, BoardHub] = WeakKeyDictionary()
_lock = threading.Lock()


def current_hub() -> BoardHub:
    """The hub of the running loop (in a server there is one)."""
    loop = asyncio.get_running_loop()
    with _lock:
        if loop not in _hubs:
            _hubs[loop] = BoardHub()
        return _hubs[loop]


def committed(board: UUID, seq: int, fresh: Fresh | None = None) -> None:
    """Called after each commit in whatever thread it happened."""
    with _lock:
        hubs = [hub for loop, hub in _hubs.items() if not loop.is_closed()]
    for hub in hubs:
        with contextlib.suppress(RuntimeError):
            hub.loop.call_soon_threadsafe(hub.wake, board, seq, fresh)
    if not groups.reaches_other_processes():
        return
    if hubs:
        with contextlib.suppress(RuntimeError):
            hubs[0].loop.call_soon_threadsafe(lambda: hubs[0].start(groups.announce(board, seq)))
    else:
        async_to_sync(groups.announce)(board, seq)
