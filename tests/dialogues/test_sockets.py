"""The socket as an outside client sees it, through the real consumer and hub."""

import asyncio
import contextlib
import json

import pytest
from asgiref.sync import sync_to_async
from channels.testing import WebsocketCommunicator

from dialogues.domain.board import actors, seats
from dialogues.domain.worldcafe import rehearse
from dialogues.live import hub as hubs
from dialogues.models import Board, Card
from portal.asgi import application

pytestmark = [pytest.mark.django_db(transaction=True)]
PROTOCOL = "dhpb.board.v1"


@pytest.fixture(autouse=True)
def give_connections_back():
    """The two database threads outlive a test; its database does not."""
    yield
    hubs.commands.close()
    hubs.reads.close()


class Client:
    def __init__(self, path, headers=(), subprotocols=(PROTOCOL,)):
        headers = [(b"host", b"testserver"), *headers]
        self.socket = WebsocketCommunicator(application, path, headers=headers, subprotocols=list(subprotocols))
        self.seen = []

    async def open(self, **hello):
        assert (await self.socket.connect(timeout=10)) == (True, PROTOCOL)
        await self.say(t="hello", **hello)
        return self

    async def say(self, **message):
        await self.socket.send_to(text_data=json.dumps(message))

    async def hear(self, kind, timeout=10):
        """The next message of this kind; presence may come in between."""
        while True:
            message = json.loads(await self.socket.receive_from(timeout=timeout))
            self.seen.append(message)
            if message["t"] == kind:
                return message

    async def closed(self, timeout=10):
        while True:
            output = await self.socket.receive_output(timeout=timeout)
            if output["type"] == "websocket.close":
                return output["code"]
            self.seen.append(json.loads(output["text"]))

    async def silent(self):
        """Nothing but presence for a moment."""
        with contextlib.suppress(asyncio.TimeoutError, asyncio.CancelledError):
            while True:
                output = await asyncio.wait_for(self.socket.output_queue.get(), 0.3)
                message = json.loads(output.get("text", "{}"))
                assert message.get("t") == "presence", message
        return True

    async def do(self, op, cid, **args):
        await self.say(t="cmd", cid=cid, op=op, args=args)
        while True:
            message = json.loads(await self.socket.receive_from(timeout=10))
            self.seen.append(message)
            if message["t"] in ("ack", "nack") and message["cid"] == cid:
                return message

    async def item(self, event):
        """Waits for an event, whatever else comes; it may have come already."""
        while True:
            for message in self.seen:
                for item in message.get("items", ()):
                    if item["event"] == event:
                        return item
            self.seen.append(json.loads(await self.socket.receive_from(timeout=10)))

    async def leave(self):
        await self.socket.disconnect()


class Hall:
    """A practice board and its people."""

    def __init__(self):
        self.practice = rehearse(tables=2)
        self.board = self.practice.board

    async def seat(self, number=1):
        code = self.practice.tables[number - 1].code
        return await sync_to_async(seats.join)(code=code)

    async def phone(self, number=1, seat=None, **hello):
        seat = seat or await self.seat(number)
        client = Client(self.board.socket_path)
        await client.open(**({"table": number, "token": seat.token, "last_seq": 0, "epoch": None} | hello))
        await client.hear("welcome")
        return client

    async def staff(self, token=None):
        client = Client(self.board.socket_path)
        await client.open(table=None, token=token or self.practice.moderator_token, last_seq=0, epoch=None)
        await client.hear("snapshot")
        return client


@pytest.fixture
def hall(transactional_db):
    return Hall()


async def test_hello_is_answered_by_welcome_and_snapshot(hall):
    phone = await hall.phone()
    snapshot = await phone.hear("snapshot")
    welcome = phone.seen[0]
    assert (welcome["t"], welcome["role"], welcome["table"]) == ("welcome", "participant", 1)
    assert (snapshot["seq"], snapshot["epoch"], snapshot["table"]) == (welcome["seq"], str(hall.board.epoch), 1)
    assert snapshot["round"]["state"] == "running"
    await phone.leave()


async def test_a_card_reaches_table_projector_and_moderator_and_is_skipped_elsewhere(hall):
    author, other, far = await hall.phone(), await hall.phone(), await hall.phone(2)
    wall, staff = await hall.staff(hall.practice.projector_token), await hall.staff()
    for phone in (author, other, far):
        await phone.hear("snapshot")
    ack = await author.do("card.create", "k1", text="Mehr Bäume", kind="idea")
    assert ack["t"] == "ack"
    for client in (other, wall, staff):
        item = await client.item("card.created")
        assert (item["seq"], item["card"]["text"]) == (ack["seq"], "Mehr Bäume")
    assert (await far.item("skip"))["seq"]
    assert "Mehr Bäume" not in json.dumps(far.seen)
    for client in (author, other, far, wall, staff):
        await client.leave()


async def test_every_number_comes_once_and_in_order(hall):
    phone = await hall.phone()
    last = (await phone.hear("snapshot"))["seq"]
    for number in range(10):
        await phone.do("card.create", f"k{number}", text=str(number))
    while last < 13:
        frames = [m for m in phone.seen if m["t"] == "events"] or [await phone.hear("events")]
        for frame in frames:
            assert frame["from"] == last + 1
            assert [item["seq"] for item in frame["items"]] == list(range(frame["from"], frame["to"] + 1))
            last = frame["to"]
        phone.seen.clear()
        if last < 11:
            continue
        break
    await phone.leave()


async def test_a_repeated_command_gets_the_same_ack(hall):
    phone = await hall.phone()
    first = await phone.do("card.create", "k1", text="Eins")
    assert await phone.do("card.create", "k1", text="Eins") == first
    assert await sync_to_async(Card.objects.count)() == 1
    await phone.leave()


async def test_resume_replays_exactly_what_was_missed(hall):
    seat = await hall.seat()
    phone = await hall.phone(seat=seat)
    snapshot = await phone.hear("snapshot")
    await phone.leave()
    other = await hall.phone()
    for number in range(5):
        await other.do("card.create", f"k{number}", text=str(number))
    again = await hall.phone(seat=seat, last_seq=snapshot["seq"], epoch=snapshot["epoch"])
    events = await again.hear("events")
    assert events["from"] == snapshot["seq"] + 1
    texts = [item["card"]["text"] for item in events["items"] if item["event"] == "card.created"]
    assert texts == ["0", "1", "2", "3", "4"]
    await again.leave()
    await other.leave()


async def test_resume_without_a_miss_says_so(hall):
    seat = await hall.seat()
    phone = await hall.phone(seat=seat)
    snapshot = await phone.hear("snapshot")
    await phone.leave()
    again = await hall.phone(seat=seat, last_seq=snapshot["seq"], epoch=snapshot["epoch"])
    events = await again.hear("events")
    assert (events["from"], events["to"], events["items"]) == (snapshot["seq"] + 1, snapshot["seq"], [])
    await again.leave()


@pytest.mark.parametrize("hello", [{"last_seq": 0}, {"last_seq": 1, "epoch": "foreign"}, {"last_seq": 10**9}])
async def test_a_stranger_to_this_epoch_gets_a_snapshot(hall, hello):
    hello = {"epoch": str(hall.board.epoch)} | hello
    phone = await hall.phone(**hello)
    assert (await phone.hear("snapshot"))["seq"] >= 2
    await phone.leave()


async def test_too_much_missed_gives_a_snapshot(hall):
    seat = await hall.seat()

    def many():
        actor = actors.guest(seat.participant)
        from dialogues.domain.board.commands import execute

        for number in range(501):
            execute(actor=actor, board_id=hall.board.pk, op="card.create", args={"text": str(number)})

    await sync_to_async(many)()
    phone = await hall.phone(seat=seat, last_seq=1, epoch=str(hall.board.epoch))
    assert len((await phone.hear("snapshot"))["cards"]) == 501
    await phone.leave()


async def test_a_second_hello_repeats_no_event(hall):
    phone = await hall.phone()
    first = await phone.hear("snapshot")
    await phone.do("card.create", "k1", text="Eins")
    await phone.item("card.created")
    await phone.say(t="hello", table=1, token=(await hall.seat()).token, last_seq=first["seq"], epoch=first["epoch"])
    await phone.hear("snapshot")
    created = [i for m in phone.seen for i in m.get("items", ()) if i["event"] == "card.created"]
    assert len(created) == 1
    await phone.leave()


async def test_two_tabs_of_one_guest_both_live(hall):
    seat = await hall.seat()
    one, two = await hall.phone(seat=seat), await hall.phone(seat=seat)
    await one.do("card.create", "k1", text="Eins")
    await two.do("card.create", "k2", text="Zwei")
    for tab in (one, two):
        await tab.item("card.created")
    await one.leave()
    await two.do("card.create", "k3", text="Drei")
    await two.leave()


async def test_hiding_leaves_a_tombstone_for_all_but_the_moderation(hall):
    phone, wall, staff = await hall.phone(), await hall.staff(hall.practice.projector_token), await hall.staff()
    ack = await phone.do("card.create", "k1", text="Geheim-4711")
    card = ack["result"]["card"]["id"]
    await phone.item("card.created")
    await wall.item("card.created")
    phone.seen.clear()
    wall.seen.clear()
    await staff.do("card.hide", "m1", card=card, reason="insult")
    for client in (phone, wall):
        assert (await client.item("card.hidden"))["card"] == {
            "id": card,
            "table": 1,
            "hidden": True,
            "reason": "insult",
        }
        assert "Geheim-4711" not in json.dumps(client.seen)
    late = await hall.phone(last_seq=2, epoch=str(hall.board.epoch))
    await late.hear("events")
    assert "Geheim-4711" not in json.dumps(late.seen)
    for client in (phone, wall, staff, late):
        await client.leave()


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


async def test_ping_is_answered_and_moving_tables_reloads(hall):
    seat = await hall.seat()
    phone = await hall.phone(seat=seat)
    await phone.hear("snapshot")
    await phone.say(t="ping", ts=5)
    assert (await phone.hear("pong"))["ts"] == 5
    await sync_to_async(seats.join)(code=hall.practice.tables[1].code, token=seat.token)
    await phone.hear("reload")
    await phone.say(t="hello", table=1, token=seat.token, last_seq=0, epoch=None)
    assert (await phone.hear("welcome"))["table"] == 2
    await phone.leave()


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
