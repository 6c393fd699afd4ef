"""One hub per process: reads each board's log once, encodes each frame once per audience, writes it to all sockets."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
import time
from collections import deque
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from dialogues.domain.board import state, views
from dialogues.domain.board.state import CardNow, LogRow
from dialogues.enums import View
from dialogues.live import groups, protocol
from dialogues.live.limits import Bucket, Rate
from portal.live import DatabaseThread, Frame, Outlet, before_shutdown
from portal.rest import timestamp

logger = logging.getLogger(__name__)

TICK = 0.08
POLL = 2.0
RING = 2 * protocol.REPLAY
SNAPSHOT_AGE = 2.0
RECHECK = 15.0
CALM = 64 * 1024
"""A socket that was skipped gets its snapshot once fewer bytes than this wait for it."""

commands = DatabaseThread("board-commands")
reads = DatabaseThread("board-reads")


class Audience(NamedTuple):
    """`table` None stands for all tables; `view` for what may be seen."""

    board: int
    table: int | None
    view: str


class Session:
    """One socket that said `hello`. `seq` is the last number it was sent."""

    def __init__(self, outlet: Outlet, access: state.Access, audience: Audience, dismiss: Any) -> None:
        self.outlet = outlet
        self.access = access
        self.audience = audience
        self.dismiss = dismiss
        self.seq = 0
        self.needs_snapshot = False
        self.listening = False

    @property
    def guest(self) -> str | None:
        return self.access.participant["id"] if self.access.participant else None

    def write(self, frame: Frame) -> None:
        """Skips a socket that does not read; it gets a snapshot when it does again."""
        if not self.outlet.write(frame):
            self.needs_snapshot = True


class Channel:
    """A board in this process: the recent log, and the sockets by audience."""

    def __init__(self, board_id: int, uuid: UUID, epoch: str, page: state.LogPage, seq: int) -> None:
        self.board_id, self.uuid, self.epoch = board_id, uuid, epoch
        self.seq = seq
        self.ring: deque[LogRow] = deque(page.rows, maxlen=RING)
        self.cards: dict[int, CardNow] = dict(page.cards)
        self.totals_hidden = page.totals_hidden
        self.sessions: dict[Audience, set[Session]] = {}
        self.snapshots: dict[Audience, tuple[float, int, Frame]] = {}
        self.loading: dict[Audience, asyncio.Future[tuple[float, int, Frame]]] = {}
        self.buckets: dict[str, Bucket] = {}
        self.visitors = 0
        self.flushing = False
        self.wanted = seq
        self.flushed_at = 0.0
        self.quiet_since: dict[Audience, float] = {}
        self.presence: dict[Audience, str] = {}

    @property
    def everyone(self) -> list[Session]:
        return [session for sessions in self.sessions.values() for session in sessions]

    def add(self, session: Session) -> None:
        session.listening = True
        self.sessions.setdefault(session.audience, set()).add(session)

    def remove(self, session: Session) -> None:
        session.listening = False
        sessions = self.sessions.get(session.audience)
        if sessions is not None:
            sessions.discard(session)
            if not sessions:
                del self.sessions[session.audience]
                self.snapshots.pop(session.audience, None)

    def learn(self, page: state.LogPage) -> list[LogRow]:
        """Takes in what is new of a page; two readers may have read the same."""
        rows = [row for row in page.rows if row.seq > self.seq]
        self.ring.extend(rows)
        self.cards.update(page.cards)
        if rows:
            self.totals_hidden = page.totals_hidden
            self.seq = rows[-1].seq
        return rows

    def after(self, seq: int) -> list[LogRow] | None:
        """The events after number `seq`, or None where they are no longer at hand."""
        missing = self.seq - seq
        if missing <= 0:
            return []
        if missing > len(self.ring):
            return None
        return list(self.ring)[-missing:]

    def frames(self, audience: Audience, after: int) -> list[Frame] | None:
        rows = self.after(after)
        if rows is None:
            return None
        items = views.items_for(rows, audience.view, audience.table, self.cards, totals_hidden=self.totals_hidden)
        texts = protocol.events_frames(after + 1, [protocol.dump(item) for item in items])
        return [Frame(text) for text in texts]

    def bucket(self, key: str, rate: Rate) -> Bucket:
        if key not in self.buckets:
            self.buckets[key] = rate.bucket()
        return self.buckets[key]


class BoardHub:
    """All boards of this process on one event loop."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.channels: dict[int, Channel] = {}
        self.by_uuid: dict[UUID, Channel] = {}
        self.opening: dict[int, asyncio.Future[Channel]] = {}
        self.tasks: set[asyncio.Task[Any]] = set()
        self.start(self.poll())
        before_shutdown(self.say_goodbye)
        if groups.reaches_other_processes():
            self.start(groups.follow(self.wake))

    def start(self, work: Any) -> None:
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

    def wake(self, board: UUID, seq: int) -> None:
        """Something was committed; runs in the loop."""
        channel = self.by_uuid.get(board)
        if channel is None or seq <= channel.wanted:
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
        page = await reads.run(state.load_log, channel.board_id, channel.seq)
        rows = channel.learn(page)
        if rows:
            self.deliver(channel, rows)

    def deliver(self, channel: Channel, rows: list[LogRow]) -> None:
        now = time.monotonic()
        for audience in list(channel.sessions):
            self.send_events(channel, audience, rows, now)
        for row in rows:
            if row.event == "participant.blocked":
                self.dismiss(channel, row.body["participant"]["id"], protocol.REVOKED)
            elif row.event == "participant.seated" and row.table is None:
                self.send_away(channel, row.body["participant"])

    def send_events(self, channel: Channel, audience: Audience, rows: list[LogRow], now: float) -> None:
        items = views.items_for(rows, audience.view, audience.table, channel.cards, totals_hidden=channel.totals_hidden)
        silent = all(item["event"] == views.SKIP for item in items)
        if silent and now - channel.quiet_since.setdefault(audience, now) < POLL:
            return  # nothing to show: the numbers go out with the next event, or with the poll
        self.bring_up(channel, audience)

    def bring_up(self, channel: Channel, audience: Audience) -> None:
        """Sends what is new: one encoding for all sockets that stand at the same number, which is nearly always all."""
        channel.quiet_since.pop(audience, None)
        built: dict[int, list[Frame] | None] = {}
        for session in channel.sessions.get(audience, ()):
            if session.needs_snapshot or session.seq >= channel.seq:
                continue
            if session.seq not in built:
                built[session.seq] = channel.frames(audience, session.seq)
            frames = built[session.seq]
            if frames is None:
                session.needs_snapshot = True
                continue
            for frame in frames:
                session.write(frame)
            session.seq = channel.seq

    def dismiss(self, channel: Channel, guest: str, code: int) -> None:
        for session in channel.everyone:
            if session.guest == guest:
                channel.remove(session)
                self.start(session.dismiss(code))

    def send_away(self, channel: Channel, participant: dict[str, Any]) -> None:
        """The guest sits elsewhere now: their sockets say hello again and get the other table."""
        frame = Frame(protocol.encode("reload"))
        for session in channel.everyone:
            if session.guest == participant["id"] and session.audience.table != participant["table"]:
                session.write(frame)

    # --- sockets --------------------------------------------------------------------------------------------------

    async def channel(self, access: state.Access) -> Channel:
        """The board's channel, opened once however many sockets ask at the same time."""
        found = self.channels.get(access.board_id)
        if found is not None:
            return found
        opening = self.opening.get(access.board_id)
        if opening is None:
            opening = self.opening[access.board_id] = asyncio.ensure_future(self.open(access))
            opening.add_done_callback(lambda _done: self.opening.pop(access.board_id, None))
        return await asyncio.shield(opening)

    async def open(self, access: state.Access) -> Channel:
        seq = access.seq
        page = await reads.run(state.load_log, access.board_id, max(0, seq - RING), RING)
        seq = page.rows[-1].seq if page.rows else seq
        channel = Channel(access.board_id, access.board, access.epoch, page, seq)
        self.channels[access.board_id] = channel
        self.by_uuid[access.board] = channel
        self.schedule(channel)  # what was committed while it was read woke nobody
        return channel

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
        same = hello.epoch is not None and hello.epoch == channel.epoch
        known = max(channel.seq, session.access.seq)
        if (
            same
            and session.seq <= hello.last_seq <= known
            and hello.last_seq > 0
            and known - hello.last_seq <= protocol.REPLAY
        ):
            frames = channel.frames(session.audience, hello.last_seq)
            if frames is not None:
                session.outlet.write(first)
                session.seq = max(hello.last_seq, channel.seq)
                for frame in frames:
                    session.write(frame)
                channel.add(session)
                return
        session.outlet.write(first)
        await self.give_snapshot(channel, session)
        channel.add(session)
        self.bring_up(channel, session.audience)

    async def give_snapshot(self, channel: Channel, session: Session) -> None:
        seq, frame = await self.snapshot(channel, session.audience, session.seq)
        session.needs_snapshot = False
        session.write(frame)
        session.seq = max(seq, session.seq)

    async def snapshot(self, channel: Channel, audience: Audience, least: int) -> tuple[int, Frame]:
        """A snapshot at number `least` or later; one per audience serves a whole hall that comes back at once."""
        cached = channel.snapshots.get(audience)
        if cached and cached[1] >= least and self.fresh(channel, cached):
            return cached[1], cached[2]
        loading = channel.loading.get(audience)
        if loading is None:
            loading = channel.loading[audience] = asyncio.ensure_future(self.load(channel, audience))
            loading.add_done_callback(lambda _done: channel.loading.pop(audience, None))
        cached = await asyncio.shield(loading)
        if cached[1] < least:
            cached = await self.load(channel, audience)
        return cached[1], cached[2]

    def fresh(self, channel: Channel, cached: tuple[float, int, Frame]) -> bool:
        if cached[1] >= channel.wanted:
            return True
        return time.monotonic() - cached[0] < SNAPSHOT_AGE and channel.seq - cached[1] <= protocol.REPLAY

    async def load(self, channel: Channel, audience: Audience) -> tuple[float, int, Frame]:
        data = await reads.run(state.load_snapshot, channel.board_id, audience.view, audience.table)
        frame = Frame(protocol.encode("snapshot", **data, server_time=server_time()))
        cached = (time.monotonic(), int(data["seq"]), frame)
        channel.snapshots[audience] = cached
        return cached

    def leave(self, session: Session) -> None:
        channel = self.channels.get(session.access.board_id)
        if channel is None:
            return
        channel.remove(session)
        if not channel.sessions and not channel.visitors:
            self.channels.pop(channel.board_id, None)
            self.by_uuid.pop(channel.uuid, None)

    # --- every two seconds ----------------------------------------------------------------------------------------

    async def poll(self) -> None:
        """Catches up with lost wake-ups, wakes sockets that read again, tells who is there."""
        checked = time.monotonic()
        while True:
            await asyncio.sleep(POLL)
            try:
                await self.catch_up_all()
                if time.monotonic() - checked > RECHECK:
                    checked = time.monotonic()
                    await self.recheck()
            except Exception:
                logger.exception("Der Abgleich der Tafeln ist gescheitert; er läuft weiter.")

    async def catch_up_all(self) -> None:
        if not self.channels:
            return
        heads = await reads.run(state.heads, list(self.channels))
        for channel in list(self.channels.values()):
            epoch, seq = heads.get(channel.board_id, ("", 0))
            if epoch != channel.epoch:
                await self.start_over(channel)
                continue
            if seq > channel.seq:
                self.wake(channel.uuid, seq)
                self.schedule(channel)
            for session in channel.everyone:
                if session.needs_snapshot and session.outlet.waiting < CALM:
                    await self.give_snapshot(channel, session)
            for audience in list(channel.sessions):
                self.bring_up(channel, audience)
            self.tell_presence(channel)

    async def start_over(self, channel: Channel) -> None:
        """The board was restored or reset: everybody says hello anew and gets a snapshot."""
        frame = Frame(protocol.encode("reload"))
        self.channels.pop(channel.board_id, None)
        self.by_uuid.pop(channel.uuid, None)
        for session in channel.everyone:
            session.seq = 0
            session.write(frame)

    async def recheck(self) -> None:
        """Rights can end while a moderator only watches."""
        for channel in list(self.channels.values()):
            for session in channel.everyone:
                if session.access.actor.view != View.PUBLIC and not await reads.run(
                    state.still_allowed, session.access
                ):
                    channel.remove(session)
                    self.start(session.dismiss(protocol.REVOKED))

    def tell_presence(self, channel: Channel) -> None:
        """How many guests are connected, last value wins; without numbers and never in the log."""
        guests: dict[int, set[str]] = {}
        for session in channel.everyone:
            if session.guest is not None and session.audience.table is not None:
                guests.setdefault(session.audience.table, set()).add(session.guest)
        counts = {table: len(people) for table, people in sorted(guests.items())}
        for audience, sessions in channel.sessions.items():
            mine = counts if audience.table is None else {audience.table: counts.get(audience.table, 0)}
            text = protocol.encode("presence", online=sum(mine.values()), tables={str(k): v for k, v in mine.items()})
            if channel.presence.get(audience) != text:
                channel.presence[audience] = text
                frame = Frame(text)
                for session in sessions:
                    session.outlet.write(frame)


def server_time() -> str:
    from django.utils import timezone

    return timestamp(timezone.now()) or ""


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, BoardHub] = WeakKeyDictionary()
_lock = threading.Lock()


def current_hub() -> BoardHub:
    """The hub of the running loop (in a server there is one)."""
    loop = asyncio.get_running_loop()
    with _lock:
        if loop not in _hubs:
            _hubs[loop] = BoardHub()
        return _hubs[loop]


def committed(board: UUID, seq: int) -> None:
    """Called after each commit in whatever thread it happened: wakes the hubs here and the other processes."""
    with _lock:
        hubs = [hub for loop, hub in _hubs.items() if not loop.is_closed()]
    for hub in hubs:
        with contextlib.suppress(RuntimeError):
            hub.loop.call_soon_threadsafe(hub.wake, board, seq)
    if not groups.reaches_other_processes():
        return
    if hubs:
        with contextlib.suppress(RuntimeError):
            hubs[0].loop.call_soon_threadsafe(lambda: hubs[0].start(groups.announce(board, seq)))
    else:
        from asgiref.sync import async_to_sync

        async_to_sync(groups.announce)(board, seq)
