"""Whose right ends, and what each role may do on a socket."""

import pytest
from asgiref.sync import sync_to_async

from dialogues.domain.board import seats
from dialogues.models import Board
from tests.dialogues.sockets.clients import Client

pytestmark = [pytest.mark.django_db(transaction=True)]


async def test_a_blocked_guest_is_shown_out(hall):
    seat = await hall.seat()
    phone, staff = await hall.phone(seat=seat), await hall.staff()
    await phone.hear("snapshot")
    await staff.do("participant.block", "m1", participant=str(seat.participant.uuid))
    assert await phone.closed() == 4403
    await staff.leave()


async def test_a_blocked_guest_who_comes_back_is_told_so(hall):
    seat, staff = await hall.seat(), await hall.staff()
    await staff.do("participant.block", "m1", participant=str(seat.participant.uuid))
    client = Client(hall.board.socket_path)
    await client.open(table=1, token=seat.token, last_seq=0, epoch=None)
    assert await client.closed() == 4403
    assert client.seen[0]["t"] == "bye"
    await staff.leave()


async def test_who_left_the_table_writes_again_only_after_sitting_down(hall):
    seat = await hall.seat()
    phone = await hall.phone(seat=seat)
    gone = await phone.do("participant.leave", "k1")
    assert await phone.do("participant.leave", "k1") == gone
    answer = await phone.do("card.create", "k2", text="Noch da?")
    assert (answer["t"], answer["code"]) == ("nack", "left")
    await phone.leave()
    again = Client(hall.board.socket_path)
    await again.open(table=1, token=seat.token, last_seq=0, epoch=None)
    assert await again.closed() == 4401
    await sync_to_async(seats.join)(code=hall.practice.tables[0].code, token=seat.token)
    back = await hall.phone(seat=seat)
    assert (await back.do("card.create", "k3", text="Wieder da"))["t"] == "ack"
    await back.leave()


async def test_a_revoked_board_token_closes_at_the_next_command(hall):
    staff = await hall.staff()
    await sync_to_async(Board.objects.filter(pk=hall.board.pk).update)(access_version=2)
    await staff.say(t="cmd", cid="m1", op="round.end", args={})
    assert await staff.closed() == 4403


async def test_projector_may_only_look(hall):
    wall = await hall.staff(hall.practice.projector_token)
    answer = await wall.do("card.create", "k1", text="Nein", table=1)
    assert (answer["t"], answer["code"]) == ("nack", "not_allowed")
    await wall.leave()


async def test_signed_in_moderator_needs_no_token(hall, moderator, client):
    await sync_to_async(client.force_login)(moderator)
    cookie = f"sessionid={client.cookies['sessionid'].value}".encode()
    console = Client(hall.board.socket_path, headers=[(b"cookie", cookie)])
    await console.open(table=None, token=None, last_seq=0, epoch=None)
    assert (await console.hear("welcome"))["role"] == "moderator"
    assert (await console.do("round.extend", "m1", seconds=60))["t"] == "ack"
    await sync_to_async(moderator.groups.clear)()
    await console.say(t="cmd", cid="m2", op="round.extend", args={"seconds": 60})
    assert await console.closed() == 4403
