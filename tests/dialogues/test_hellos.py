"""Who stands behind a `hello`: each claim gets its own answer, a whole hall costs as many queries as one phone."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from dialogues.domain import worldcafe
from dialogues.domain.board import actors
from dialogues.domain.board.hellos import Access, Claim, UnknownBoard, identify_all, welcome_guest
from dialogues.enums import View
from dialogues.live.hub import reception
from tests.dialogues.conftest import Desk

QUERIES = 7
"""Boards, guests, cards, dots, the round that counts, the latest round, and the rotation's tables."""


def claim(desk, token, table=None, board=None):
    return Claim(board or desk.board.uuid, token, table)


@pytest.mark.parametrize("guests", [1, 12])
def test_a_hall_costs_as_much_as_one_phone(desk, guests, django_assert_max_num_queries):
    seats = [desk.seat(1 + number % 3) for number in range(guests)]
    for seat in seats:
        desk.card(actors.guest(seat.participant))
    with django_assert_max_num_queries(QUERIES):
        found = identify_all([claim(desk, seat.token) for seat in seats])
    assert [access.participant["id"] for access in found] == [str(seat.participant.uuid) for seat in seats]
    assert all(len(access.participant["cards"]) == 1 for access in found)


def test_each_claim_gets_its_own_answer(desk, moderator):
    other = Desk(worldcafe.rehearse(tables=1).board)
    here, there, blocked = desk.seat(2), other.seat(1), desk.seat(3)
    desk.do(desk.staff, "participant.block", participant=str(blocked.participant.uuid))
    wall = actors.board_token(desk.board, View.PROJECTOR)
    found = identify_all(
        [
            claim(desk, here.token),
            claim(desk, there.token),
            claim(other, there.token),
            claim(desk, blocked.token),
            claim(desk, wall, table=2),
            claim(other, wall),
            claim(desk, here.token[:-1] + ("a" if here.token[-1] != "a" else "b")),
            claim(desk, 7),
            claim(desk, here.token, board=uuid4()),
            Claim(desk.board.uuid, None, None, lambda: moderator),
            Claim(desk.board.uuid, None, None),
        ]
    )
    assert isinstance(found[8], UnknownBoard)
    shown = [
        (access.actor.view, access.board_id, access.table) if isinstance(access, Access) else None for access in found
    ]
    guest, staff = (View.PUBLIC, desk.board.pk, 2), (View.MODERATOR, desk.board.pk, None)
    away, screen = (View.PUBLIC, other.board.pk, 1), (View.PROJECTOR, desk.board.pk, 2)
    assert shown == [guest, None, away, None, screen, None, None, None, None, staff, None]


def test_the_account_is_asked_for_only_without_a_token(desk):
    def account():
        raise AssertionError("A token came.")

    (found,) = identify_all([Claim(desk.board.uuid, "p.broken", None, account)])
    assert found is None


def test_the_page_and_the_socket_know_the_same(desk):
    seat = desk.seat(1)
    card = desk.card(actors.guest(seat.participant))
    (found,) = identify_all([claim(desk, seat.token)])
    desk.board.refresh_from_db()
    assert found.participant == welcome_guest(desk.board, seat.participant)
    assert [own["id"] for own in found.participant["cards"]] == [card]


async def test_those_who_come_meanwhile_are_looked_up_together(monkeypatch):
    groups, gate = [], asyncio.Event()

    class Reads:
        async def run(self, _function, claims):
            groups.append(len(claims))
            await gate.wait()
            return [one.token for one in claims]

    monkeypatch.setattr(reception, "reads", Reads())
    desk = reception.Reception()
    waiting = [asyncio.ensure_future(desk.identify(Claim(uuid4(), number, None))) for number in range(300)]
    await asyncio.sleep(0)
    waiting.append(asyncio.ensure_future(desk.identify(Claim(uuid4(), 300, None))))
    waiting[5].cancel()
    gate.set()
    found = await asyncio.gather(*waiting, return_exceptions=True)
    assert [one for one in found if not isinstance(one, asyncio.CancelledError)] == [n for n in range(301) if n != 5]
    assert sum(groups) == 301
    assert max(groups) <= reception.MOST_AT_ONCE
    assert desk.work is None


async def test_a_failed_look_up_reaches_all_who_wait_and_the_next_ones_go_on(monkeypatch):
    class Reads:
        down = True

        async def run(self, _function, claims):
            if self.down:
                raise OSError("gone")
            return [None for _one in claims]

    reads = Reads()
    monkeypatch.setattr(reception, "reads", reads)
    desk = reception.Reception()
    first = await asyncio.gather(
        *(desk.identify(Claim(uuid4(), number, None)) for number in range(3)), return_exceptions=True
    )
    assert [type(one) for one in first] == [OSError] * 3
    reads.down = False
    assert await desk.identify(Claim(uuid4(), 1, None)) is None
