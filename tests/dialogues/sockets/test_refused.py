"""What closes a socket, with which code, and that others go on."""

import json

import pytest
from asgiref.sync import sync_to_async

from dialogues.models import Board
from tests.dialogues.sockets.clients import Client

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("token", ["", "x", "p.x", "b.x", "p." + "a" * 100, None, "x" * 5000])
async def test_an_invalid_token_is_told_4401(hall, token):
    client = Client(hall.board.socket_path)
    await client.open(table=1, token=token, last_seq=0, epoch=None)
    assert await client.closed() == 4401
    assert client.seen == [{"t": "bye", "code": 4401, "retry_after": None, "message": client.seen[0]["message"]}]


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", 4400), ("[" * 9000, 4400), ("x" * 17000, 1009), ('{"t":"cmd","cid":"k","op":"card.create"}', 4401)],
)
async def test_garbage_closes_that_socket_only(hall, text, code):
    other = await hall.phone()
    client = Client(hall.board.socket_path)
    assert (await client.socket.connect(timeout=10))[0]
    await client.socket.send_to(text_data=text)
    assert await client.closed() == code
    assert (await other.do("card.create", "k1", text="Weiter"))["t"] == "ack"
    await other.leave()


async def test_binary_is_refused(hall):
    client = Client(hall.board.socket_path)
    await client.socket.connect(timeout=10)
    await client.socket.send_to(bytes_data=b"\x00\x01")
    assert await client.closed() == 1003


async def test_foreign_origin_and_missing_subprotocol_are_refused(hall):
    foreign = Client(hall.board.socket_path, headers=[(b"origin", b"https://evil.example")])
    assert (await foreign.socket.connect(timeout=10))[0] is False
    plain = Client(hall.board.socket_path, subprotocols=())
    assert (await plain.socket.connect(timeout=10))[0] is False
    same = Client(hall.board.socket_path, headers=[(b"origin", b"http://testserver")])
    assert (await same.socket.connect(timeout=10))[0] is True
    await same.leave()


async def test_a_flood_is_slowed_down_and_others_are_unaffected(hall):
    await sync_to_async(Board.objects.update)(is_practice=False)
    flooder, other = await hall.phone(), await hall.phone()
    await other.hear("snapshot")
    for number in range(150):
        await flooder.say(t="cmd", cid=f"k{number}", op="card.create", args={"text": str(number)})
    answers = {}
    while len(answers) < 150:
        message = json.loads(await flooder.socket.receive_from(timeout=20))
        if message["t"] in ("ack", "nack"):
            answers[message["cid"]] = message
    limited = [a for a in answers.values() if a["t"] == "nack"]
    assert limited
    assert {(a["code"], a["retry_after"] > 0) for a in limited} == {("rate_limited", True)}
    assert (await other.do("card.create", "mine", text="Ich auch"))["t"] == "ack"
    await flooder.leave()
    await other.leave()


@pytest.mark.parametrize("name", ["00000000-0000-4000-8000-000000000000", "keine-tafel", "1"])
async def test_an_unknown_board_is_4404(hall, name):
    client = Client(f"/ws/board/{name}/")
    await client.open(table=1, token="p.x", last_seq=0, epoch=None)
    assert await client.closed() == 4404


async def test_a_board_is_found_in_capitals_too(hall):
    seat = await hall.seat()
    client = Client(f"/ws/board/{str(hall.board.uuid).upper()}/")
    await client.open(table=1, token=seat.token, last_seq=0, epoch=None)
    assert (await client.hear("welcome"))["role"] == "participant"
    await client.leave()


@pytest.mark.parametrize("table", [0, 3, -1, 10**30, "1", ""])
async def test_a_table_the_board_does_not_have_is_4404(hall, table):
    wall = Client(hall.board.socket_path)
    await wall.open(table=table, token=hall.practice.projector_token, last_seq=0, epoch=None)
    assert await wall.closed() == 4404
    assert [message["t"] for message in wall.seen] == ["bye"]


async def test_the_moderation_looks_at_one_table_of_the_board(hall):
    phone, far = await hall.phone(1), await hall.phone(2)
    await phone.do("card.create", "k1", text="Hier")
    await far.do("card.create", "k1", text="Dort")
    staff = Client(hall.board.socket_path)
    await staff.open(table=2, token=hall.practice.moderator_token, last_seq=0, epoch=None)
    snapshot = await staff.hear("snapshot")
    assert (staff.seen[0]["table"], [card["text"] for card in snapshot["cards"]]) == (2, ["Dort"])
    for client in (phone, far, staff):
        await client.leave()
