"""Take a seat at a table: a pseudonym, no account."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.board import ledger, rotation
from dialogues.domain.board.actors import find_participant, guest, new_secret, participant_token
from dialogues.domain.board.context import board_closed
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.shapes import participant_shape
from dialogues.domain.board.texts import clean
from dialogues.enums import Phase
from dialogues.models import Board, Participant, Table
from portal.exceptions import DomainError, NotAllowed

PSEUDONYM_LIMIT = 40


@dataclass(frozen=True)
class Seat:
    participant: Participant
    table: Table
    token: str


def find_table(code: str) -> Table:
    """The table of this code, typed in any case; raises DomainError `unknown_code`."""
    table = Table.objects.select_related("board", "board__event").filter(code=code.upper()[:12]).first()
    if table is None:
        raise DomainError(
            "unknown_code", _("Diesen Tisch-Code gibt es nicht. Bitte prüfen Sie die Schreibweise."), status=404
        )
    return table


def join(*, code: str, pseudonym: object = "", token: object = "", resume: bool = False) -> Seat:
    """Seats a guest at the table of `code`; with a token of this board the same guest again, moved if need be.

    `resume` leaves a known guest where they sit by now: a page that is loaded anew moves nobody back.

    Raises DomainError `unknown_code`, `board_closed`, `table_full`, `too_long`, or NotAllowed `blocked`.
    A token of another board or a broken one is ignored: the guest sits down anew.
    """
    table = find_table(code)
    known = find_participant(token, table.board) if token else None
    if known is not None and known.blocked:
        raise NotAllowed(_("Die Moderation hat Ihren Zugang zu diesem Tisch beendet."), code="blocked")
    if table.board.phase == Phase.CLOSED:
        raise board_closed()
    if known is not None and known.left_at is None and (resume or known.table_id == table.pk):
        return Seat(known, known.table, str(token))
    name = clean(pseudonym, PSEUDONYM_LIMIT, field="pseudonym", required=False)
    with transaction.atomic():
        board = ledger.advance(table.board_id)
        if board.phase == Phase.CLOSED:
            raise board_closed()
        require_free_seat(board, table)
        if known is not None:
            return moved(board, known, table, str(token))
        secret, hashed = new_secret()
        name = name or _("Gast %(number)d") % {"number": board.participants.count() + 1}
        participant = seat_new(board, table, name, hashed)
    return Seat(participant, table, participant_token(participant, secret))


def seat_new(board: Board, table: Table, name: str, token_hash: str) -> Participant:
    """A new guest, inside a transaction that has taken the board's next number."""
    participant = Participant(board_id=board.pk, table=table, pseudonym=name, token_hash=token_hash)
    participant.save(force_insert=True)
    rotation.give_slot(board, participant)
    announce(board, participant, table)
    return participant


def require_free_seat(board: Board, table: Table) -> None:
    if board.seat_limit is None:
        return
    if table.participants.filter(blocked=False, left_at__isnull=True).count() >= board.seat_limit:
        message = _("Tisch %(table)d ist voll. Bitte nehmen Sie an einem anderen Tisch Platz.")
        raise DomainError("table_full", message % {"table": table.number}, status=409)


def moved(board: Board, participant: Participant, table: Table, token: str) -> Seat:
    """The guest walks to another table. Every table hears it, so that the old one sets them free."""
    back = participant.left_at is not None
    participant.table, participant.left_at = table, None
    participant.save(update_fields=["table", "left_at"])
    if back:
        rotation.give_slot(board, participant)
    announce(board, participant, table, everywhere=True)
    return Seat(participant, table, token)


def announce(board: Board, participant: Participant, table: Table, *, everywhere: bool = False) -> None:
    shape = participant_shape(participant, table.number)
    outcome = Outcome("participant.seated", {"participant": shape}, table_id=None if everywhere else table.pk)
    ledger.append(board, outcome, at=timezone.now(), actor=guest(participant).key, participant=participant)
