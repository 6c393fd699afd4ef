"""What a command sets off, and who hears of it."""

import json

import pytest
from asgiref.sync import sync_to_async

from dialogues.domain.board import seats
from dialogues.models import Card

pytestmark = [pytest.mark.django_db(transaction=True)]


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


async def test_a_console_that_comes_back_hears_who_is_connected(hall):
    phone, staff = await hall.phone(), await hall.staff()
    assert (await staff.hear("presence"))["tables"] == {"1": 1}
    await staff.leave()
    again = await hall.staff()
    assert (await again.hear("presence"))["online"] == 1
    for client in (phone, again):
        await client.leave()
