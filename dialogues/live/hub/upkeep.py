"""Every two seconds: lost wake-ups, sockets that read again, rights that ended, who is there."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING

from dialogues.domain import simulation
from dialogues.domain.board import state
from dialogues.live import protocol
from dialogues.live.hub.channel import Channel
from dialogues.live.hub.delivery import bring_up, give_snapshot
from dialogues.live.hub.threads import commands, reads
from portal.live import Frame

if TYPE_CHECKING:
    from dialogues.live.hub.core import BoardHub

logger = logging.getLogger(__name__)

POLL = 2.0
RECHECK = 15.0
CALM = 64 * 1024
"""A socket that was skipped gets its snapshot once fewer bytes than this wait for it."""


async def poll(hub: BoardHub) -> None:
    checked = time.monotonic()
    while True:
        await asyncio.sleep(POLL)
        try:
            await catch_up(hub)
            if time.monotonic() - checked > RECHECK:
                checked = time.monotonic()
                await recheck(hub)
        except Exception:
            logger.exception("Der Abgleich der Tafeln ist gescheitert; er läuft weiter.")


async def catch_up(hub: BoardHub) -> None:
    if not hub.channels:
        return
    heads = await reads.run(state.heads, list(hub.channels))
    for channel in list(hub.channels.values()):
        epoch, seq = heads.get(channel.board_id, ("", 0))
        if epoch != channel.epoch:
            start_over(hub, channel)
            continue
        if seq > channel.seq:
            hub.wake(channel.uuid, seq)
            hub.schedule(channel)
        for session in channel.everyone:
            if session.needs_snapshot and session.outlet.waiting < CALM:
                await give_snapshot(channel, session)
        for audience in list(channel.sessions):
            bring_up(channel, audience)
        tell_presence(channel)
        if channel.is_simulated:
            await commands.run(simulation.step, channel.board_id)


def start_over(hub: BoardHub, channel: Channel) -> None:
    """The board was restored or reset: everybody says hello anew and gets a snapshot."""
    frame = Frame(protocol.encode("reload"))
    hub.drop(channel)
    for session in channel.everyone:
        session.seq = 0
        session.write(frame)


async def recheck(hub: BoardHub) -> None:
    """Rights can end while a moderator only watches."""
    for channel in list(hub.channels.values()):
        for session in channel.everyone:
            if session.access.participant is None and not await reads.run(state.still_allowed, session.access):
                channel.remove(session)
                session.dismiss(protocol.REVOKED)


def tell_presence(channel: Channel) -> None:
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
