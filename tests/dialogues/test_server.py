"""Real server processes: killed, flooded, stalled; what was acknowledged is there once, and everybody agrees."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import urllib.error

import pytest
from django.conf import settings
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bench.live.killing import Chatter, break_and_check
from bench.live.phones import Phone, converge, faults
from tests.dialogues.halls import Hall, hall, leave, practice, server

__all__ = ["hall", "practice", "server"]
pytestmark = pytest.mark.django_db  # for the database that is copied
NO_UTF8 = b"\xff\xfe"
KILLS = int(os.environ.get("LIVE_KILLS", "20" if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3") else "4"))


async def test_nothing_acknowledged_is_lost_by_kill_9(hall: Hall) -> None:
    phones = await hall.phones(50)

    async def kill() -> None:
        await asyncio.to_thread(hall.server.kill)
        await asyncio.to_thread(hall.server.start)

    assert await break_and_check(phones, KILLS, kill, seed=4) == []
    assert all(phone.connects > KILLS for phone in phones)
    await leave(*phones)


async def test_a_repeated_command_gets_its_first_answer_after_kill_9(hall: Hall) -> None:
    (phone,) = await hall.phones(1)
    first = await phone.ask("card.create", text="Eins")
    hall.server.kill()
    hall.server.start()
    await phone.until(lambda: phone.connects > 1 and phone.socket is not None and phone.board.seq > 0)
    phone.acked.clear()
    phone.outbox[first["cid"]] = {"op": "card.create", "args": {"text": "Eins"}}
    await phone.until(lambda: phone.socket is not None)
    await phone.send(first["cid"], phone.outbox[first["cid"]])
    await phone.until(lambda: first["cid"] in phone.acked)
    assert phone.acked[first["cid"]] == first
    assert [card["text"] for card in phone.board.cards.values()] == ["Eins"]
    await leave(phone)


async def test_a_restart_says_when_to_come_back(hall: Hall) -> None:
    seat = hall.server.join(hall.practice["tables"][0]["code"])
    async with connect(hall.address, subprotocols=["dhpb.board.v1"]) as phone:  # type: ignore[list-item]
        hello = {"t": "hello", "table": 1, "token": seat["token"], "last_seq": 0, "epoch": None}
        await phone.send(json.dumps(hello))
        while json.loads(await phone.recv())["t"] != "snapshot":
            pass
        await asyncio.to_thread(hall.server.stop)
        heard = []
        with contextlib.suppress(ConnectionClosed):
            async for text in phone:
                heard.append(json.loads(text))
    bye = [message for message in heard if message["t"] == "bye"]
    assert [message["code"] for message in bye] == [1012]
    assert 0 < bye[0]["retry_after"] <= 5


async def test_another_process_writes_and_sockets_hear_it(hall: Hall) -> None:
    """A form post of a page is committed in a thread, `rehearse` in another process; the poll catches up."""
    (phone,) = await hall.phones(1, table=2)
    staff = await hall.staff()
    await staff.ask("message.broadcast", text="Gleich geht es los")
    await asyncio.to_thread(hall.server.join, hall.practice["tables"][1]["code"].lower())
    await converge([phone, staff])
    with pytest.raises(urllib.error.HTTPError) as refused:
        hall.server.join("zzzzz")
    assert (refused.value.code, json.load(refused.value)["code"]) == (404, "unknown_code")
    await leave(phone, staff)


async def test_sixty_votes_for_the_last_dot_at_once(hall: Hall) -> None:
    (author,) = await hall.phones(1)
    card = (await author.ask("card.create", text="Beliebt"))["result"]["card"]["id"]
    tabs = [Phone([hall.address], author.token).start() for _number in range(60)]
    for tab in tabs:
        await tab.until(lambda tab=tab: tab.board.seq > 0)
    for _dot in range(2):
        await author.ask("vote.add", target=card)
    answers = await asyncio.gather(*(tab.ask("vote.add", target=card) for tab in tabs))
    assert sum(answer["t"] == "ack" for answer in answers) == 1
    assert {answer["code"] for answer in answers if answer["t"] == "nack"} == {"budget_spent"}
    await converge([author, *tabs])
    assert {phone.board.cards[card]["votes"] for phone in [author, *tabs]} == {3}
    await leave(author, *tabs)


async def test_hiding_while_others_edit_never_shows_the_card_again(hall: Hall) -> None:
    phones = await hall.phones(6)
    staff = await hall.staff()
    cards = [
        (await phone.ask("card.create", text=f"Erst {n}"))["result"]["card"]["id"] for n, phone in enumerate(phones)
    ]

    async def edit(phone: Phone, card: str) -> None:
        for number in range(5):
            await phone.ask("card.edit", card=card, text=f"Geheim {number}")

    async def hide() -> None:
        for card in cards:
            await staff.ask("card.hide", card=card, reason="insult")

    await asyncio.gather(hide(), *(edit(phone, card) for phone, card in zip(phones, cards, strict=True)))
    await converge([*phones, staff])
    assert all(phone.board.cards == {} for phone in phones)
    assert {card["state"] for card in staff.board.cards.values()} == {"hidden"}
    (late,) = await hall.phones(1)
    await converge([staff, late])
    assert (late.board.cards, late.board.hidden) == ({}, {"insult": 6})
    await leave(*phones, staff, late)


async def test_five_hundred_messages_a_second_slow_down_their_sender_only(hall: Hall) -> None:
    flooder, *others = await hall.phones(4)
    names = [await flooder.do("card.create", text=f"Flut {number}") for number in range(500)]
    answers = [await phone.ask("card.create", text=f"Gut {number}") for number, phone in enumerate(others)]
    assert [answer["t"] for answer in answers] == ["ack"] * 3
    await flooder.until(lambda: all(name in flooder.acked for name in names))  # refused ones try again when told
    await converge([flooder, *others])
    assert len(others[0].board.cards) == 503
    await leave(flooder, *others)


async def test_a_sleeping_phone_resumes_with_events_or_a_snapshot(hall: Hall) -> None:
    writer, sleeper = await hall.phones(2)
    await converge([writer, sleeper])
    for missed, snapshots in ((20, 1), (520, 2)):
        await sleeper.stop()
        for number in range(missed):
            await writer.do("card.create", text=f"Nachts {missed} {number}")
        await converge([writer])
        sleeper.start()
        await converge([writer, sleeper])
        assert sleeper.snapshots == snapshots
        assert sleeper.board.cards == writer.board.cards
    await leave(writer, sleeper)


async def test_a_phone_that_was_moved_while_asleep_sees_its_new_table(hall: Hall) -> None:
    (sleeper,) = await hall.phones(1)
    (writer,) = await hall.phones(1, table=2)
    await sleeper.ask("card.create", text="An Tisch 1")
    await writer.ask("card.create", text="An Tisch 2")
    await converge([sleeper])
    await sleeper.stop()
    await asyncio.to_thread(hall.server.join, hall.practice["tables"][1]["code"], token=sleeper.token)
    sleeper.start()
    await sleeper.until(lambda: sleeper.table == 2 and len(sleeper.board.cards) == 1)
    await converge([sleeper, writer])
    assert sleeper.board.cards == writer.board.cards
    await leave(sleeper, writer)


async def test_broken_frames_close_that_socket_only(hall: Hall) -> None:
    (phone,) = await hall.phones(1)
    bad: list[tuple[str | bytes, set[int]]] = [
        (b"\x00\x01", {1003}), ("{", {4400}), ("[" * 9000, {4400}), ("x" * 17_000, {1009}), ("y" * 200_000, {1009}),
        (NO_UTF8, {1007}),
    ]  # fmt: skip
    for data, codes in bad:
        async with connect(hall.address, subprotocols=["dhpb.board.v1"]) as broken:  # type: ignore[list-item]
            await broken.send(data, text=True if data is NO_UTF8 else None)
            with contextlib.suppress(ConnectionClosed):
                async for _bye in broken:
                    pass
            assert broken.close_code in codes, data[:10]
    with pytest.raises(InvalidStatus) as refused:
        await connect(hall.address.replace("/board/", "/nirgends/"), subprotocols=["dhpb.board.v1"])  # type: ignore[list-item]
    assert refused.value.response.status_code == 403, "no such socket, no error of ours"
    assert (await phone.ask("card.create", text="Weiter"))["t"] == "ack"
    assert phone.connects == 1
    await leave(phone)


async def test_chatter_without_breakage_loses_nothing(hall: Hall) -> None:
    phones = await hall.phones(10)
    chatter = Chatter(phones)
    await phones[0].until(lambda: len(phones[0].acked) > 5)
    await chatter.stop()
    await converge(phones)
    assert faults(phones, chatter.wanted) == []
    await leave(*phones)
