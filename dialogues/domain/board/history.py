"""What happened on a board, for everybody: the public log, the board at any moment, the numbers of the evening."""

from __future__ import annotations

from typing import Any

from dialogues.domain.board import state, views
from dialogues.domain.board.replay import Replay, fold
from dialogues.enums import CardState, HideReason, View
from dialogues.models import Board

EVERYTHING = 1_000_000


def public_items(board: Board, limit: int = EVERYTHING) -> list[dict[str, Any]]:
    """The first `limit` events as people at home may see them today: no names, no hidden or withdrawn wording."""
    page = state.load_log(board.pk, 0, limit)
    return views.items_for(page.rows, View.OBSERVER, None, page.cards, totals_hidden=page.totals_hidden)


def board_at(board: Board, number: int) -> Replay:
    """The board after its first `number` events."""
    return fold(public_items(board, number))


def numbers(board: Board) -> dict[str, Any]:
    """Guests, cards, dots, rounds, and hidden cards by reason (labels)."""
    hidden = dict.fromkeys(HideReason.values, 0)
    for reason in board.cards.filter(state=CardState.HIDDEN).values_list("hidden_reason", flat=True):
        hidden[reason] += 1
    return {
        "guests": board.participants.count(),
        "tables": board.tables.count(),
        "rounds": board.rounds.filter(starts_at__isnull=False).count(),
        "cards": board.cards.filter(state=CardState.VISIBLE).count(),
        "dots": board.votes.count(),
        "hidden": {HideReason(reason).label: count for reason, count in hidden.items() if count},
    }
