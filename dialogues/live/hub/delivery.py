"""From the log to the sockets: what was read goes to each audience once, encoded once."""

from __future__ import annotations

import time
from typing import Any

from dialogues.domain.board.ledger import LogRow
from dialogues.enums import View
from dialogues.live import protocol
from dialogues.live.hub.channel import Channel
from dialogues.live.hub.session import Audience, Session
from portal.live import Frame

QUIET_SECONDS = 2.0
"""So long an audience may go without the numbers of events that it may not see."""


def deliver(channel: Channel, rows: list[LogRow]) -> None:
    now = time.monotonic()
    for audience in list(channel.sessions):
        due = any(concerns(row, audience) for row in rows)
        if due or now - channel.quiet_since.setdefault(audience, now) >= QUIET_SECONDS:
            bring_up(channel, audience)
    for row in rows:
        if row.event == "participant.blocked":
            dismiss(channel, row.body["participant"]["id"], protocol.REVOKED)
        elif row.event == "participant.seated" and row.table is None:
            send_away(channel, {row.body["participant"]["id"]: row.body["participant"]["table"]})
        elif "seats" in row.body:
            send_away(channel, row.body["seats"])


def concerns(row: LogRow, audience: Audience) -> bool:
    """Whether the audience may hear of it; else its number goes out with the next event, or with the poll."""
    if audience.view != View.MODERATOR and row.staff_only:
        return False
    return audience.table is None or row.table is None or row.table == audience.table


def bring_up(channel: Channel, audience: Audience) -> None:
    """Sends what is new: one encoding for all sockets that stand at the same number, which is nearly always all."""
    channel.quiet_since.pop(audience, None)
    head = channel.seq
    built: dict[int, list[Frame] | None] = {}
    for session in channel.sessions.get(audience, ()):
        seq = session.seq
        if session.needs_snapshot or seq >= head:
            continue
        if seq not in built:
            built[seq] = channel.frames(audience, seq)
        frames = built[seq]
        if frames is None:
            session.needs_snapshot = True
            continue
        session.seq = head
        for frame in frames:
            session.write(frame)


def dismiss(channel: Channel, guest: str, code: int) -> None:
    for session in channel.everyone:
        if session.guest == guest:
            channel.remove(session)
            session.dismiss(code)


def send_away(channel: Channel, seats: dict[str, Any]) -> None:
    """These guests sit elsewhere now: their sockets say hello again and get the other table."""
    frame = Frame(protocol.encode("reload"))
    for session in channel.everyone:
        if session.guest in seats and session.audience.table != seats[session.guest]:
            session.write(frame)


async def give_snapshot(channel: Channel, session: Session) -> None:
    snapshot = await channel.shelf.get(session.audience, least=session.seq, head=channel.seq, wanted=channel.wanted)
    session.needs_snapshot = False
    session.write(snapshot.frame)
    session.seq = max(snapshot.seq, session.seq)
