"""Invented guests of a practice board: they sit down, write, vote and move, so that a facilitator can practise.

One small step at a time; the live hub asks for steps while somebody watches the board, and nothing runs otherwise.
"""

from __future__ import annotations

import random

from django.db import transaction
from django.utils.translation import gettext as _

from dialogues.domain.board import actors, commands, ledger, seats
from dialogues.domain.board.context import running_round
from dialogues.enums import CardState
from dialogues.models import Board, Card, Participant
from portal.exceptions import DomainError

PER_STEP = 3
SIMULATED = "simulated"
"""Stands where a guest's secret has its hash: no token can ever match."""


def step(board_id: int) -> None:
    """Lets a few invented guests act; does nothing on boards that are no practice."""
    board = Board.objects.filter(pk=board_id, is_practice=True, simulated_guests__gt=0).exclude(phase="closed").first()
    if board is None:
        return
    guests = list(Participant.objects.filter(board=board, token_hash=SIMULATED))
    if len(guests) < board.simulated_guests:
        for _number in range(min(PER_STEP * 4, board.simulated_guests - len(guests))):
            sit_down(board)
        return
    if running_round(board) is None:
        return
    for guest in random.sample(guests, min(PER_STEP, len(guests))):
        try:
            act(board, guest)
        except DomainError:
            continue  # a refusal is part of an evening: no dots left, a card that was just hidden


def sit_down(board: Board) -> None:
    with transaction.atomic():
        fresh = ledger.advance(board.pk)
        table = random.choice(list(fresh.tables.all()))  # noqa: S311
        number = fresh.participants.count() + 1
        seats.seat_new(fresh, table, _("Übungsgast %(number)d") % {"number": number}, SIMULATED)


def act(board: Board, guest: Participant) -> None:
    actor = actors.guest(guest)
    cards = list(Card.objects.filter(board=board, table_id=guest.table_id, state=CardState.VISIBLE)[:30])
    chance = random.random()  # noqa: S311
    if chance < 0.45 or not cards:
        args = {"text": random.choice(sentences()), "kind": random.choice(["idea", "question", "concern"])}  # noqa: S311
        commands.execute(actor=actor, board_id=board.pk, op="card.create", args=args)
    elif chance < 0.85:
        target = str(random.choice(cards).uuid)  # noqa: S311
        commands.execute(actor=actor, board_id=board.pk, op="vote.add", args={"target": target})
    elif chance < 0.98:
        args = {"text": _("Das sehe ich auch so."), "reply_to": str(random.choice(cards).uuid)}  # noqa: S311
        commands.execute(actor=actor, board_id=board.pk, op="card.create", args=args)
    else:
        commands.execute(actor=actor, board_id=board.pk, op="help.call", args={})


def sentences() -> list[str]:
    """Harmless cards, some with something to moderate."""
    return [
        _("Mehr Sitzbänke im Schatten"),
        _("Ein Trinkbrunnen am Rathausplatz"),
        _("Der Bus soll auch abends fahren."),
        _("Wer pflegt die neuen Bäume?"),
        _("Sichere Wege zur Schule mit dem Rad"),
        _("Ich fürchte, das wird zu teuer."),
        _("Ein Treffpunkt für Jugendliche ohne Eintritt"),
        _("Bitte auch an Menschen im Rollstuhl denken"),
        _("Wann beginnt der Umbau?"),
        _("Kauft meine Lose, morgen ist Ziehung!"),
        _("Mehr Licht am Uferweg"),
        _("Ein Fest für die ganze Straße"),
    ]
