"""Open a World Café: a board with tables and their codes, for an event or for practice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dialogues.domain.board import actors, commands
from dialogues.enums import BoardFormat, Moderation, View
from dialogues.models import Board, Event, Round, Table
from dialogues.permissions import can_moderate
from portal import audit
from portal.exceptions import DomainError, NotAllowed

MOST_TABLES = 60
MOST_SUPPORT = 50
MOST_SIMULATED = 200
ONE_TABLE = (BoardFormat.PODIUM, BoardFormat.POLL)
REHEARSAL_SECONDS = 6 * 3600


@dataclass(frozen=True)
class Rehearsal:
    board: Board
    tables: list[Table]
    moderator_token: str
    projector_token: str


def open_world_cafe(
    *,
    user: Any,
    event: Event,
    tables: int,
    question: str = "",
    moderation: str = Moderation.AFTER,
    seat_limit: int | None = 8,
    vote_budget: int = 3,
    totals_hidden: bool = False,
    rounds: int = 3,
    format: str = BoardFormat.WORLDCAFE,
    question_en: str = "",
    observers_allowed: bool = False,
) -> Board:
    """A board with numbered tables and planned rounds; guests may join at once, cards wait for the first round.

    Questions to the podium and polls have one table without a limit of seats, and one round.

    Raises NotAllowed, DomainError `table_count` (1 to 60) or `already_open` (one session per event at a time).
    """
    if not can_moderate(user):
        raise NotAllowed
    if event.boards.exclude(phase="closed").exists():
        raise DomainError("already_open", _("Zu diesem Dialog läuft schon ein World Café."), status=409)
    if format in ONE_TABLE:
        tables, rounds, seat_limit = 1, 1, None
        vote_budget = 1 if format == BoardFormat.POLL else MOST_SUPPORT
    with transaction.atomic():
        board = make_board(
            event=event,
            format=format,
            observers_allowed=observers_allowed,
            title=event.title,
            tables=tables,
            moderation=moderation,
            seat_limit=seat_limit,
            vote_budget=vote_budget,
            totals_hidden=totals_hidden,
            sample=event.sample,
        )
        for number in range(1, rounds + 1):
            Round.objects.create(
                board=board, number=number, question=question or event.question, question_en=question_en
            )
        audit.record(
            actor=user,
            action="board.opened",
            obj=board,
            payload={"event": event.slug, "tables": tables, "format": format},
            role="moderator",
        )
    return board


def rehearse(*, tables: int = 3, simulated_guests: int = 0) -> Rehearsal:
    """A practice board with a running round, no pre-moderation and no seat limit.

    `simulated_guests` sit down and write while somebody watches the board (domain/simulation.py); none unless told.
    """
    with transaction.atomic():
        board = make_board(
            event=None,
            title=_("Probelauf"),
            tables=tables,
            moderation=Moderation.AFTER,
            seat_limit=None,
            vote_budget=3,
            is_practice=True,
            simulated_guests=min(simulated_guests, MOST_SIMULATED),
            sample=True,
        )
        system = actors.board_access(board, View.MODERATOR)
        question = _("Was wünschen Sie sich für Ihren Stadtteil?")
        commands.execute(
            actor=system,
            board_id=board.pk,
            op="round.start",
            args={"question": question, "seconds": REHEARSAL_SECONDS},
        )
    return Rehearsal(
        board,
        list(board.tables.order_by("number")),
        actors.board_token(board, View.MODERATOR),
        actors.board_token(board, View.PROJECTOR),
    )


def make_board(*, tables: int, **fields: Any) -> Board:
    if not 1 <= tables <= MOST_TABLES:
        message = _("Ein World Café hat 1 bis %(most)d Tische.") % {"most": MOST_TABLES}
        raise DomainError("table_count", message, field="tables")
    board = Board.objects.create(**fields)
    for number in range(1, tables + 1):
        add_table(board, number)
    return board


def add_table(board: Board, number: int) -> Table:
    """A table with a code nobody has; the draw is repeated in the rare case that it is taken."""
    for _attempt in range(20):
        try:
            with transaction.atomic():
                return Table.objects.create(board=board, number=number)
        except IntegrityError:
            if Table.objects.filter(board=board, number=number).exists():
                raise
    raise DomainError("no_code", _("Es war kein freier Tisch-Code zu finden."), status=409)
