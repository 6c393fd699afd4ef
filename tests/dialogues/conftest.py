"""Boards, guests and moderators for the tests of dialogues."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from dialogues.domain import events, worldcafe
from dialogues.domain.board import actors, commands, seats
from dialogues.enums import View
from dialogues.models import Board, Event, Table
from portal.accounts.enums import Role


@pytest.fixture
def moderator(make_user: Callable[..., Any]) -> Any:
    return make_user(Role.MODERATOR)


@pytest.fixture
def make_event(moderator: Any) -> Callable[..., Event]:
    """`make_event(published=True, days=1, **fields)`: an event that starts in so many days."""

    def make(published: bool = True, days: float = 1, **fields: Any) -> Event:
        start = timezone.now() + timedelta(days=days)
        defaults = {
            "title": "DigiLog: Mobilität",
            "topic": "Wie kommen wir durch die Stadt?",
            "question": "Was brauchen Sie?",
            "starts_at": start,
            "ends_at": start + timedelta(hours=3),
        }
        event = events.create_event(user=moderator, **(defaults | fields))
        return events.publish_event(user=moderator, event=event) if published else event

    return make


class Desk:
    """A board with a running round, and short words for acting on it."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.staff = actors.board_access(board, View.MODERATOR)
        self.wall = actors.board_access(board, View.PROJECTOR)

    def table(self, number: int = 1) -> Table:
        return self.board.tables.get(number=number)

    def seat(self, number: int = 1, **fields: Any) -> seats.Seat:
        return seats.join(code=self.table(number).code, **fields)

    def guest(self, number: int = 1) -> actors.Actor:
        return actors.guest(self.seat(number).participant)

    def do(self, actor: actors.Actor, op: str, cid: str = "", **args: Any) -> Any:
        return commands.execute(actor=actor, board_id=self.board.pk, op=op, args=args, cid=cid)

    def card(self, actor: actors.Actor, text: str = "Mehr Radwege", **args: Any) -> str:
        return self.do(actor, "card.create", text=text, **args).result["card"]["id"]

    def log(self) -> list[str]:
        return list(self.board.log.order_by("seq").values_list("event", flat=True))


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(worldcafe.rehearse(tables=3).board)
