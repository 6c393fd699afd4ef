"""Who stands behind a `hello`, for a whole hall at once: queries do not grow with the number of guests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from dialogues.domain.board import actors, rotation
from dialogues.domain.board.actors import Actor
from dialogues.domain.board.shapes import own_card_shape, participant_shape, related_card_shape
from dialogues.domain.board.votes import counting_round
from dialogues.enums import CardState
from dialogues.models import Board, Card, Participant, Vote
from dialogues.models.cards import REPLY_LIMIT
from dialogues.permissions import can_moderate


@dataclass(frozen=True)
class Claim:
    """What one socket says of itself: a token, or the account that `account()` finds where it sent none."""

    board: UUID
    token: object
    table: object
    account: Callable[[], Any] = lambda: None


@dataclass(frozen=True)
class Access:
    """Who a socket speaks for. `table` is a number, or None for all tables."""

    actor: Actor
    board_id: int
    board: UUID
    epoch: str
    seq: int
    table: int | None
    participant: dict[str, Any] | None
    limits: dict[str, Any]
    is_practice: bool = False
    is_simulated: bool = False


class UnknownBoard:
    """No board has this name, or the board has no table of this number."""


class Blocked:
    """The token is good, but the moderation has shown this guest out."""


Found = Access | UnknownBoard | Blocked | None


def identify_all(claims: Sequence[Claim]) -> list[Found]:
    """One answer a claim, in their order: None stands for a token that opens nothing."""
    boards = {board.uuid: board for board in Board.objects.filter(uuid__in={claim.board for claim in claims})}
    keys = {uuid: board.pk for uuid, board in boards.items()}
    guests = actors.find_participants([(claim.token, keys.get(claim.board)) for claim in claims])
    welcomes: dict[int, dict[str, Any]] = {}
    for board in boards.values():
        seated = {guest.pk: guest for guest in guests if guest is not None and guest.board_id == board.pk}
        welcomes |= welcome_guests(board, list(seated.values()))
    found: list[Found] = []
    for claim, guest in zip(claims, guests, strict=True):
        named = boards.get(claim.board)
        found.append(UnknownBoard() if named is None else identify(named, claim, guest, welcomes))
    return found


def identify(board: Board, claim: Claim, guest: Participant | None, welcomes: dict[int, dict[str, Any]]) -> Found:
    """A guest, who sits where they were seated; else a board token or the signed-in moderator, at one table or all."""
    if guest is not None:
        if guest.blocked:
            return Blocked()
        if guest.left_at is not None:
            return None  # the seat is free for others; whoever comes back sits down again
        return access(board, actors.guest(guest), guest.table.number, welcomes[guest.pk])
    actor = staff_actor(board, claim)
    if actor is None:
        return None
    if claim.table is None:
        return access(board, actor, None, None)
    numbers = board.tables.values_list("number", flat=True)
    table = next((number for number in numbers if number == claim.table), None)
    return UnknownBoard() if table is None else access(board, actor, table, None)


def staff_actor(board: Board, claim: Claim) -> Actor | None:
    """Whom a board token stands for, or without any token the signed-in moderator."""
    view = actors.find_view(claim.token, board)
    if view is not None:
        return actors.board_access(board, view)
    account = claim.account() if claim.token is None else None
    return actors.moderator(account) if can_moderate(account) else None


def access(board: Board, actor: Actor, table: int | None, participant: dict[str, Any] | None) -> Access:
    limits = {"vote_budget": board.vote_budget, "moderation": board.moderation, "reply": REPLY_LIMIT}
    return Access(
        actor,
        board.pk,
        board.uuid,
        str(board.epoch),
        board.seq,
        table,
        participant,
        limits,
        board.is_practice,
        board.simulated_guests > 0,
    )


def welcome_guest(board: Board, guest: Participant) -> dict[str, Any]:
    """What only this guest may know: own cards (waiting and hidden ones too), own dots, dots left."""
    return welcome_guests(board, [guest])[guest.pk]


def welcome_guests(board: Board, guests: Sequence[Participant]) -> dict[int, dict[str, Any]]:
    """The same for several guests of one board, by their key."""
    if not guests:
        return {}
    keys = [guest.pk for guest in guests]
    cards = grouped(
        (card.participant_id, own_card_shape(related_card_shape(card)))
        for card in Card.objects.filter(participant__in=keys)
        .exclude(state=CardState.DELETED)
        .select_related("table", "round", "cluster", "participant", "reply_to")
        .order_by("pk")
    )
    dots = grouped(
        (guest, (str(card or cluster), number))
        for guest, card, cluster, number in Vote.objects.filter(participant__in=keys).values_list(
            "participant_id", "card__uuid", "cluster__uuid", "round_id"
        )
    )
    current = counting_round(board)
    following = rotation.next_tables(board, guests)
    found: dict[int, dict[str, Any]] = {}
    for guest in guests:
        mine = dots.get(guest.pk, [])
        spent = sum(1 for _target, number in mine if current is not None and number == current.pk)
        found[guest.pk] = participant_shape(guest, guest.table.number) | {
            "code": guest.table.code,
            "is_host": guest.table.host_id == guest.pk,
            "next_table": following[guest.pk],
            "cards": cards.get(guest.pk, []),
            "votes": [target for target, _number in mine],
            "votes_left": max(0, board.vote_budget - spent),
        }
    return found


def grouped(pairs: Iterable[tuple[int | None, Any]]) -> dict[int | None, list[Any]]:
    found: dict[int | None, list[Any]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
