"""The hub: opens boards, admits sockets, wakes and flushes; all boards of this process on one event loop."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

from dialogues.domain.board import state
from dialogues.domain.board.hellos import Access
from dialogues.domain.board.ledger import Fresh
from dialogues.live import groups, protocol
from dialogues.live.hub import upkeep
from dialogues.live.hub.channel import RING, Channel
from dialogues.live.hub.delivery import bring_up, deliver, give_snapshot
from dialogues.live.hub.reception import Reception
from dialogues.live.hub.session import Session
from dialogues.live.hub.threads import reads
from portal.live import Frame, before_shutdown

logger = logging.getLogger(__name__)

TICK = 0.1


class BoardHub:
    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.channels: dict[int, Channel] = {}
        self.by_uuid: dict[UUID, Channel] = {}
        self.opening: dict[int, asyncio.Future[Channel]] = {}
        self.reception = Reception()
        self.tasks: set[asyncio.Task[Any]] = set()
        self.start(upkeep.poll(self))
        before_shutdown(self.say_goodbye)
        if groups.reaches_other_processes():
            self.start(groups.follow(self.wake))

    def start(self, work: Coroutine[Any, Any, Any]) -> None:
        task = self.loop.create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def say_goodbye(self) -> None:
        """The server stops: each socket is told to come back, at its own moment."""
        message = protocol.CLOSE_CODES[protocol.GOING_AWAY]
        for channel in self.channels.values():
            for session in channel.everyone:
                bye = {"code": protocol.GOING_AWAY, "retry_after": protocol.spread(), "message": message}
                session.outlet.write(Frame(protocol.encode("bye", **bye)))

    # --- wake-ups -------------------------------------------------------------------------------------------------

    def wake(self, board: UUID, seq: int, fresh: Fresh | None = None) -> None:
        """Something was committed; runs in the loop."""
        channel = self.by_uuid.get(board)
        if channel is None:
            return
        if fresh is not None and seq > channel.seq:
            channel.fresh[seq] = fresh
        if seq <= channel.wanted:
            return
        channel.wanted = seq
        self.schedule(channel)

    def schedule(self, channel: Channel) -> None:
        if channel.flushing:
            return
        channel.flushing = True
        delay = max(0.0, channel.flushed_at + TICK - time.monotonic())
        self.loop.call_later(delay, lambda: self.start(self.flush(channel)))

    async def flush(self, channel: Channel) -> None:
        """Reads what is new and sends it; again at the next tick where more came meanwhile."""
        try:
            await self.read_on(channel)
            channel.flushed_at = time.monotonic()
        except Exception:
            logger.exception("Tafel %s konnte nicht gelesen werden.", channel.uuid)
            channel.flushed_at = time.monotonic() + 1
        finally:
            channel.flushing = False
        if channel.wanted > channel.seq:
            self.schedule(channel)

    async def read_on(self, channel: Channel) -> None:
        page = channel.fresh_page() or await reads.run(state.load_log, channel.board_id, channel.seq)
        rows = channel.learn(page)
        if rows:
            deliver(channel, rows)

    # --- boards ---------------------------------------------------------------------------------------------------

    async def channel(self, access: Access) -> Channel:
        """The board's channel, opened once however many sockets ask at the same time."""
        found = self.channels.get(access.board_id)
        if found is not None:
            return found
        opening = self.opening.get(access.board_id)
        if opening is None:
            opening = self.opening[access.board_id] = asyncio.ensure_future(self.open(access))
            opening.add_done_callback(lambda _done: self.opening.pop(access.board_id, None))
        return await asyncio.shield(opening)

    async def open(self, access: Access) -> Channel:
        seq = access.seq
        page = await reads.run(state.load_log, access.board_id, max(0, seq - RING), RING)
        seq = page.rows[-1].seq if page.rows else seq
        channel = Channel(access.board_id, access.board, access.epoch, page, seq)
        channel.is_simulated = access.is_simulated
        self.channels[access.board_id] = channel
        self.by_uuid[access.board] = channel
        self.schedule(channel)  # what was committed while it was read woke nobody
        return channel

    def drop(self, channel: Channel) -> None:
        if self.channels.get(channel.board_id) is channel:
            del self.channels[channel.board_id]
            self.by_uuid.pop(channel.uuid, None)

    def leave(self, session: Session) -> None:
        channel = self.channels.get(session.access.board_id)
        if channel is None:
            return
        channel.remove(session)
        if channel.is_empty:
            self.drop(channel)

    # --- sockets --------------------------------------------------------------------------------------------------

    async def welcome(self, session: Session, hello: protocol.Hello, first: Frame) -> None:
        """`welcome`, then either what was missed or a snapshot; from there on the socket hears every event once."""
        channel = await self.channel(session.access)
        channel.visitors += 1
        try:
            if channel.seq < session.access.seq:
                await self.read_on(channel)
            await self.admit(channel, session, hello, first)
        finally:
            channel.visitors -= 1
        if self.channels.get(channel.board_id) is not channel:
            session.write(Frame(protocol.encode("reload")))

    async def admit(self, channel: Channel, session: Session, hello: protocol.Hello, first: Frame) -> None:
        session.outlet.write(first)
        frames = self.missed(channel, session, hello)
        if frames is None:
            await give_snapshot(channel, session)
            channel.add(session)
            bring_up(channel, session.audience)
            return
        session.seq = max(hello.last_seq, channel.seq)
        for frame in frames:
            session.write(frame)
        channel.add(session)

    def missed(self, channel: Channel, session: Session, hello: protocol.Hello) -> list[Frame] | None:
        """The events since `last_seq`, or None where only a snapshot helps: too much was missed, another epoch, or
        another table than the client knows (it sat elsewhere when it fell asleep)."""
        known = max(channel.seq, session.access.seq)
        if hello.epoch != channel.epoch or not session.resumable or hello.table != session.access.table:
            return None
        if not max(1, session.seq) <= hello.last_seq <= known or known - hello.last_seq > protocol.REPLAY:
            return None
        return channel.frames(session.audience, hello.last_seq)
