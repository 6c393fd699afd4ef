"""The one door through which a board changes: sockets, form posts, demo and rehearsal all call `execute`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.board import (
    cards,
    clusters,
    erasure,
    ledger,
    lookup,
    people,
    podium,
    rotation,
    rounds,
    tables,
    votes,
)
from dialogues.domain.board.actors import Actor, recheck
from dialogues.domain.board.context import Command
from dialogues.domain.board.ledger import Ack, Outcome
from dialogues.enums import View
from dialogues.models import Board, Participant
from portal.exceptions import DomainError, NotAllowed

Operation = Callable[[Command], Outcome]

OPERATIONS: dict[str, Operation] = {
    "card.create": cards.create,
    "card.edit": cards.edit,
    "card.delete": cards.delete,
    "card.move": cards.move,
    "card.hide": cards.hide,
    "card.erase": erasure.erase,
    "card.restore": cards.restore,
    "card.approve": cards.approve,
    "card.pin": cards.pin,
    "card.count": votes.count_paper,
    "card.answer": podium.answer,
    "cluster.create": clusters.create,
    "cluster.dissolve": clusters.dissolve,
    "vote.add": votes.add,
    "vote.remove": votes.remove,
    "round.start": rounds.start,
    "round.extend": rounds.extend,
    "round.pause": rounds.pause,
    "round.resume": rounds.resume,
    "round.end": rounds.end,
    "phase.set": rounds.change_phase,
    "rotation.plan": rotation.plan,
    "rotation.move": rotation.move,
    "host.set": tables.set_host,
    "handover.write": tables.write_handover,
    "help.call": tables.call_help,
    "help.clear": tables.clear_help,
    "participant.block": people.block,
    "participant.mark": people.mark,
    "participant.leave": people.leave,
    "message.broadcast": rounds.broadcast,
}


def execute(*, actor: Actor, board_id: int, op: str, args: Mapping[str, Any], cid: str = "") -> Ack:
    """Does one command: takes the next number, changes the board, appends the event, all in one transaction.

    `cid` is the command's name chosen by its author: a repeated command changes nothing and gets its first answer
    again. Sockets are woken after commit. Raises DomainError (docs/reference/live.md lists the codes).
    """
    operation = OPERATIONS.get(op)
    if operation is None:
        raise DomainError("unknown_op", _("Diesen Befehl gibt es nicht."), field="op")
    try:
        with transaction.atomic():
            board = ledger.advance(board_id)
            command = Command(actor, board, args, timezone.now(), seated(actor, board))
            outcome = operation(command)
            return ledger.append(
                board, outcome, at=command.at, actor=actor.key, cid=cid, participant=command.participant
            )
    except (IntegrityError, DomainError):
        stored = ledger.stored_ack(board_id, actor.key, cid)
        if stored is None:
            raise
        return stored


def seated(actor: Actor, board: Board) -> Participant | None:
    """Asks anew whether the actor may act here; the guest with the present table, None for a moderator."""
    if actor.view in (View.PROJECTOR, View.OBSERVER):
        raise NotAllowed(_("Hier kann man nur zusehen."))
    if actor.participant_id is None:
        recheck(actor, board)
        return None
    guest = lookup.guest_at_table(actor.participant_id, board.pk)
    if guest is None or guest.blocked:
        raise NotAllowed(_("Die Moderation hat Ihren Zugang zu diesem Tisch beendet."), code="blocked")
    if guest.left_at is not None:
        raise NotAllowed(_("Sie haben den Tisch verlassen. Nehmen Sie wieder Platz, um mitzumachen."), code="left")
    return guest
