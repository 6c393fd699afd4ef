"""The log of a board: the next number, one row per event, and the wake-up after commit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.models import Board, BoardEvent, Card, Participant
from portal.exceptions import DomainError
from portal.rest import timestamp


@dataclass(frozen=True)
class LogRow:
    """One event as the moderation sees it, with what decides about other views."""

    seq: int
    event: str
    at: str
    table: int | None
    card: int | None
    staff_only: bool
    body: dict[str, Any]
    participant: str | None
    cid: str


@dataclass(frozen=True)
class CardNow:
    """A card's present state, by which old events are shown or skipped."""

    state: str
    text: str


Fresh = tuple[LogRow, CardNow]
Listener = Callable[[UUID, int, Fresh | None], None]
_listeners: list[Listener] = []


@dataclass
class Outcome:
    """What a command did: the event for the log and the result for its author."""

    event: str
    body: dict[str, Any]
    result: dict[str, Any] = field(default_factory=dict)
    table_id: int | None = None
    card: Card | None = None
    staff_only: bool = False


@dataclass(frozen=True)
class Ack:
    seq: int
    result: dict[str, Any]


def listen(listener: Listener) -> None:
    """`listener(board, seq, fresh)` is called after every commit, in the committing thread; the hub registers here.

    `fresh` is the new row where it may stand for a read of the log: so far `card.created`, by far the most frequent.
    """
    if listener not in _listeners:
        _listeners.append(listener)


def advance(board_id: int) -> Board:
    """Takes the board's next number and its row lock, inside the caller's transaction.

    Never a database sequence: numbers must become visible in their order, so that no reader sees a gap.
    """
    table = Board._meta.db_table
    rows = list(Board.objects.raw(f"UPDATE {table} SET seq = seq + 1 WHERE id = %s RETURNING *", [board_id]))  # noqa: S608
    if not rows:
        raise DomainError("unknown_board", _("Diese Tafel gibt es nicht."), status=404)
    return rows[0]


def append(
    board: Board,
    outcome: Outcome,
    *,
    at: datetime,
    actor: str,
    cid: str = "",
    participant: Participant | None = None,
) -> Ack:
    """Writes the event under the number that `advance` took and wakes the sockets after commit."""
    BoardEvent.objects.create(
        board_id=board.pk,
        seq=board.seq,
        event=outcome.event,
        at=at,
        table_id=outcome.table_id,
        card=outcome.card,
        staff_only=outcome.staff_only,
        body=outcome.body,
        participant=participant,
        actor=actor,
        cid=cid,
        ack=outcome.result,
    )
    uuid, seq = board.uuid, board.seq
    fresh = new_card(seq, outcome, at, participant, cid)
    transaction.on_commit(lambda: wake(uuid, seq, fresh))
    return Ack(seq, outcome.result)


def new_card(seq: int, outcome: Outcome, at: datetime, participant: Participant | None, cid: str) -> Fresh | None:
    if outcome.event != "card.created" or outcome.card is None:
        return None
    guest = str(participant.uuid) if participant else None
    table, card = outcome.body["card"]["table"], outcome.card
    row = LogRow(seq, outcome.event, timestamp(at) or "", table, card.pk, False, outcome.body, guest, cid)
    return row, CardNow(card.state, card.text)


def wake(board: UUID, seq: int, fresh: Fresh | None) -> None:
    for listener in _listeners:
        listener(board, seq, fresh)


def stored_ack(board_id: int, actor: str, cid: str) -> Ack | None:
    """The answer this command got before, or None."""
    if not cid:
        return None
    row = BoardEvent.objects.filter(board_id=board_id, actor=actor, cid=cid).values_list("seq", "ack").first()
    return Ack(*row) if row else None
