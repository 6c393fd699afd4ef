"""What happened on a board, for everybody: the public log, the board at any moment, the numbers of the evening."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet, Sum

from dialogues.domain.board import state, views
from dialogues.domain.board.replay import Replay, fold
from dialogues.enums import CardState, HideReason, View
from dialogues.models import Board, Card, Round

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
    for reason in withheld(board).values_list("hidden_reason", flat=True):
        hidden[reason] += 1
    return {
        "guests": board.participants.count(),
        "tables": board.tables.count(),
        "rounds": held_rounds(board).count(),
        "cards": board.cards.filter(state=CardState.VISIBLE).count(),
        "dots": dots(board),
        "hidden": {HideReason(reason).label: count for reason, count in hidden.items() if count},
    }


def withheld(board: Board) -> QuerySet[Card]:
    """Cards that the moderation hid or erased; what a guest took back is not counted."""
    erased = Q(state=CardState.DELETED) & ~Q(hidden_reason="")
    return Card.objects.filter(Q(state=CardState.HIDDEN) | erased, board=board)


def held_rounds(board: Board) -> QuerySet[Round]:
    """Rounds that began, or, on paper, in which something was written."""
    return Round.objects.filter(Q(starts_at__isnull=False) | Q(cards__isnull=False), board=board).distinct()


def dots(board: Board) -> int:
    """All dots on cards and groups, those on paper too."""
    cards = board.cards.aggregate(total=Sum("votes"))["total"] or 0
    return int(cards + (board.clusters.aggregate(total=Sum("votes"))["total"] or 0))
