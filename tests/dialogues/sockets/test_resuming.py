"""Coming back: what was missed, once and in order, or a snapshot."""

import pytest
from asgiref.sync import sync_to_async

from dialogues.domain.board import actors
from dialogues.domain.board.commands import execute

pytestmark = [pytest.mark.django_db(transaction=True)]


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
