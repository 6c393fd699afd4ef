"""Snapshots of one board: one per audience serves a whole hall that comes back at once."""

from __future__ import annotations

import asyncio
import time
from typing import NamedTuple

from dialogues.domain.board import state
from dialogues.live import protocol
from dialogues.live.hub.session import Audience
from dialogues.live.hub.threads import reads, server_time
from portal.live import Frame

SNAPSHOT_AGE = 2.0


class Snapshot(NamedTuple):
    at: float
    seq: int
    frame: Frame


class SnapshotShelf:
    def __init__(self, board_id: int) -> None:
        self.board_id = board_id
        self.kept: dict[Audience, Snapshot] = {}
        self.loading: dict[Audience, asyncio.Future[Snapshot]] = {}
        self.floor = 0

    def forget(self, audience: Audience) -> None:
        self.kept.pop(audience, None)

    def take_back(self, seq: int) -> None:
        """A card was taken away at number `seq`: no older snapshot is given to anyone; it still holds the text."""
        self.floor = max(self.floor, seq)

    async def get(self, audience: Audience, *, least: int, head: int, wanted: int) -> Snapshot:
        """A snapshot at number `least` or later; a kept one as long as events can bring it up to `head`."""
        least = max(least, self.floor)
        kept = self.kept.get(audience)
        if kept and kept.seq >= least and is_fresh(kept, head, wanted):
            return kept
        loading = self.loading.get(audience)
        if loading is None:
            loading = self.loading[audience] = asyncio.ensure_future(self.load(audience))
            loading.add_done_callback(lambda _done: self.loading.pop(audience, None))
        found = await asyncio.shield(loading)
        return found if found.seq >= max(least, self.floor) else await self.load(audience)

    async def load(self, audience: Audience) -> Snapshot:
        data = await reads.run(state.load_snapshot, self.board_id, audience.view, audience.table)
        frame = Frame(protocol.encode("snapshot", **data, server_time=server_time()))
        snapshot = self.kept[audience] = Snapshot(time.monotonic(), int(data["seq"]), frame)
        return snapshot


def is_fresh(kept: Snapshot, head: int, wanted: int) -> bool:
    if kept.seq >= wanted:
        return True
    return time.monotonic() - kept.at < SNAPSHOT_AGE and head - kept.seq <= protocol.REPLAY
