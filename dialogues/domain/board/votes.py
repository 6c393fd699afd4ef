"""Dots: a budget per guest and round, counted under the board's row lock."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dialogues.domain.board.context import Command, is_over, running_round
from dialogues.domain.board.ledger import Outcome
from dialogues.enums import BoardFormat, CardState, Phase
from dialogues.models import Board, Card, Cluster, Round, Vote
from portal.exceptions import DomainError

BEFORE_TOTALS = (Phase.LOBBY, Phase.DISCUSS, Phase.VOTE)


def add(command: Command) -> Outcome:
    """`vote.add{target}`: one dot on a card or a cluster; several on the same one are allowed within the budget."""
    guest = command.guest
    current = voting_round(command)
    target = target_of(command)
    mine = Vote.objects.filter(participant=guest, round=current)
    totals: dict[str, int] = {}
    if command.board.format == BoardFormat.POLL:
        totals = take_back(mine)
    elif command.board.format == BoardFormat.PODIUM and mine.filter(**reference(target)).exists():
        raise DomainError("already_supported", _("Diese Frage unterstützen Sie schon."), status=409)
    spent = mine.count()
    if spent >= command.board.vote_budget:
        message = _("Sie haben Ihre %(budget)d Punkte schon vergeben. Nehmen Sie einen zurück, um ihn neu zu setzen.")
        raise DomainError("budget_spent", message % {"budget": command.board.vote_budget}, status=409)
    Vote(board_id=command.board.pk, round=current, participant=guest, **reference(target)).save(force_insert=True)
    if totals:
        target.refresh_from_db(fields=["votes"])
    return counted(command, target, +1, spent + 1, totals)


def remove(command: Command) -> Outcome:
    """`vote.remove{target}`: takes one of one's own dots of this round back."""
    guest = command.guest
    current = voting_round(command)
    target = target_of(command)
    mine = Vote.objects.filter(participant=guest, round=current)
    vote = mine.filter(**reference(target)).first()
    if vote is None:
        raise DomainError("no_vote", _("Hier liegt kein Punkt von Ihnen."), status=409)
    vote.delete()
    return counted(command, target, -1, mine.count())


def count_paper(command: Command) -> Outcome:
    """`card.count{card, votes}`: dots that were glued on paper, at most 1,000; they stand beside those of phones.

    By the moderation at any time, so that an evening on paper can be typed in; again means another number.
    """
    command.require_moderator()
    card = command.card()
    card.votes = card.dots.count() + command.number("votes", 0, 1000)
    card.save(update_fields=["votes"])
    totals = {str(card.uuid): card.votes}
    return Outcome("votes.changed", {"votes": totals}, {"votes": totals}, card.table_id, card)


def take_back(mine: QuerySet[Vote]) -> dict[str, int]:
    """In a poll one chooses anew instead of giving a second dot; the totals of what was chosen before."""
    totals: dict[str, int] = {}
    for vote in mine.select_related("card"):
        if vote.card is not None:
            vote.card.votes = max(0, vote.card.votes - 1)
            vote.card.save(update_fields=["votes"])
            totals[str(vote.card.uuid)] = vote.card.votes
        vote.delete()
    return totals


def counted(
    command: Command, target: Card | Cluster, step: int, spent: int, others: dict[str, int] | None = None
) -> Outcome:
    target.votes = max(0, target.votes + step)
    target.save(update_fields=["votes"])
    totals = (others or {}) | {str(target.uuid): target.votes}
    left = max(0, command.board.vote_budget - spent)
    result: dict[str, Any] = {"left": left} | ({} if hides_totals(command.board) else {"votes": totals})
    body = {"votes": totals, "participant": str(command.guest.uuid), "step": step}
    card = target if isinstance(target, Card) else None
    return Outcome("votes.changed", body, result, target.table_id, card)


def voting_round(command: Command) -> Round:
    """Dots count for the running round while people talk, and for the latest round in the voting phase."""
    command.require_open_board()
    current = running_round(command.board)
    if command.board.phase == Phase.VOTE:
        current = current or latest_round(command.board)
        if current is not None:
            return current
    elif command.board.phase == Phase.DISCUSS and current is not None and not is_over(current, command.at):
        return current
    raise DomainError("round_closed", _("Gerade können keine Punkte vergeben werden."), status=409)


def latest_round(board: Board) -> Round | None:
    return Round.objects.filter(board_id=board.pk, starts_at__isnull=False).order_by("-number").first()


def target_of(command: Command) -> Card | Cluster:
    uuid = command.identifier("target")
    card = Card.objects.filter(board_id=command.board.pk, uuid=uuid, state=CardState.VISIBLE).first()
    found: Card | Cluster | None = (
        card or Cluster.objects.filter(board_id=command.board.pk, uuid=uuid, dissolved_at__isnull=True).first()
    )
    if found is None or (found.table_id is not None and found.table_id != command.guest.table_id):
        raise DomainError("unknown_target", _("Diese Karte gibt es nicht mehr."), field="target", status=404)
    return found


def reference(target: Card | Cluster) -> dict[str, Any]:
    return {"card": target} if isinstance(target, Card) else {"cluster": target}


def hides_totals(board: Board) -> bool:
    return board.totals_hidden and board.phase in BEFORE_TOTALS


def counting_round(board: Board) -> Round | None:
    """The round whose dots count against the budget."""
    return running_round(board) or latest_round(board)
