"""Rounds, phases and messages: what the facilitator does for the whole hall."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from dialogues.domain.board import rotation
from dialogues.domain.board.context import Command, running_round
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.shapes import round_shape
from dialogues.domain.board.texts import clean
from dialogues.domain.board.votes import hides_totals
from dialogues.enums import CardState, Phase, RoundState
from dialogues.models import Board, Round
from portal import cache
from portal.exceptions import DomainError
from portal.rest import timestamp

DEFAULT_SECONDS = 20 * 60
LONGEST_SECONDS = 24 * 3600


def start(command: Command) -> Outcome:
    """`round.start{question?, question_en?, seconds?}`: the next planned round, else a new one; 20 minutes unless told.

    Where a rotation plan holds, everybody is then seated for this round.
    """
    command.require_moderator()
    command.require_open_board()
    if running_round(command.board) is not None:
        raise DomainError("round_running", _("Es läuft schon eine Runde. Beenden Sie diese zuerst."), status=409)
    seconds = command.number("seconds", 10, LONGEST_SECONDS, DEFAULT_SECONDS)
    question = clean(command.args.get("question"), 300, field="question", required=False)
    rounds = Round.objects.filter(board_id=command.board.pk)
    current = rounds.filter(state=RoundState.PLANNED).first()
    if current is None:
        highest = rounds.aggregate(highest=Max("number"))["highest"] or 0
        current = Round(board_id=command.board.pk, number=highest + 1)
    if question:
        current.question = question
    elif not current.question:
        latest = rounds.exclude(question="").order_by("-number").values_list("question", flat=True).first()
        event = command.board.event
        current.question = latest or (event.question if event else "")
    translated = clean(command.args.get("question_en"), 300, field="question_en", required=False)
    current.question_en = translated or current.question_en
    current.state = RoundState.RUNNING
    current.starts_at, current.ends_at = command.at, command.at + timedelta(seconds=seconds)
    current.save()
    set_phase(command, Phase.DISCUSS)
    outcome = of_round(current, "round.started", phase=Phase.DISCUSS)
    seats = rotation.carry_out(command.board, current.number)
    if seats:
        outcome.body = outcome.body | {"seats": seats}
    return outcome


def extend(command: Command) -> Outcome:
    """`round.extend{seconds}`: counted from the planned end, or from now where that is past."""
    current = required_round(command)
    seconds = command.number("seconds", 1, 3600)
    since = current.paused_at or command.at
    current.ends_at = max(current.ends_at or since, since) + timedelta(seconds=seconds)
    current.save(update_fields=["ends_at"])
    return of_round(current, "round.extended")


def pause(command: Command) -> Outcome:
    """`round.pause`: the clock stands still; writing goes on."""
    current = required_round(command)
    if current.paused_at is not None:
        raise DomainError("round_paused", _("Die Zeit ist schon angehalten."), status=409)
    current.paused_at = command.at
    current.save(update_fields=["paused_at"])
    return of_round(current, "round.paused")


def resume(command: Command) -> Outcome:
    """`round.resume`: the clock goes on with what was left."""
    current = required_round(command)
    if current.paused_at is None:
        raise DomainError("round_not_paused", _("Die Zeit ist nicht angehalten."), status=409)
    if current.ends_at is not None:
        current.ends_at = command.at + max(timedelta(0), current.ends_at - current.paused_at)
    current.paused_at = None
    current.save(update_fields=["paused_at", "ends_at"])
    return of_round(current, "round.resumed")


def end(command: Command) -> Outcome:
    """`round.end`: closes writing; the board stays readable."""
    current = required_round(command)
    current.state, current.ends_at, current.paused_at = RoundState.ENDED, command.at, None
    current.save(update_fields=["state", "ends_at", "paused_at"])
    return of_round(current, "round.ended")


_on_close: list[Callable[[Board], None]] = []


def on_close(act: Callable[[Board], None]) -> None:
    """`act(board)` is called inside the transaction that closes a board."""
    if act not in _on_close:
        _on_close.append(act)


def change_phase(command: Command) -> Outcome:
    """`phase.set{phase}`: lobby, discuss, vote, harvest or closed. Closing ends a running round."""
    command.require_moderator()
    phase = command.choice("phase", Phase)
    if phase == Phase.CLOSED:
        Round.objects.filter(board_id=command.board.pk, state=RoundState.RUNNING).update(
            state=RoundState.ENDED, ends_at=command.at, paused_at=None
        )
    revealed = hides_totals(command.board)
    set_phase(command, Phase(phase))
    if phase == Phase.CLOSED:
        for closed in _on_close:
            closed(command.board)
    revealed = revealed and not hides_totals(command.board)
    body = {"phase": phase} | ({"votes": all_totals(command.board)} if revealed else {})
    return Outcome("phase.changed", body, {"phase": phase})


def broadcast(command: Command) -> Outcome:
    """`message.broadcast{text}`: one line to every phone and the projector."""
    command.require_moderator()
    text = clean(command.args.get("text"), 300, field="text")
    message = {"text": text, "at": timestamp(command.at)}
    return Outcome("message.sent", {"message": message}, {"message": message})


def all_totals(board: Board) -> dict[str, int]:
    """Every total above zero, told when the secret of a vote ends."""
    cards = board.cards.filter(votes__gt=0, state=CardState.VISIBLE).values_list("uuid", "votes")
    clusters = board.clusters.filter(votes__gt=0, dissolved_at__isnull=True).values_list("uuid", "votes")
    return {str(uuid): votes for uuid, votes in [*cards, *clusters]}


def required_round(command: Command) -> Round:
    command.require_moderator()
    current = running_round(command.board)
    if current is None:
        raise DomainError("no_round", _("Gerade läuft keine Runde."), status=409)
    return current


def set_phase(command: Command, phase: Phase) -> None:
    command.board.phase = phase
    command.board.save(update_fields=["phase", "updated_at"])
    transaction.on_commit(cache.invalidate)  # the event's page says whether the World Café runs


def of_round(current: Round, event: str, phase: str | None = None) -> Outcome:
    body = {"round": round_shape(current)} | ({"phase": phase} if phase else {})
    return Outcome(event, body, body)
