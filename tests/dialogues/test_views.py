"""What each audience sees of the log: no gap, no body that is hidden, waiting or gone."""

import json

import pytest

from dialogues.domain.board import actors, hellos, state, views
from dialogues.models import Board

pytestmark = pytest.mark.django_db

SECRET = "Geheimtext-4711"


def seen(desk, view, table=None, after=0):
    page = state.load_log(desk.board.pk, after)
    return views.items_for(page.rows, view, table, page.cards, totals_hidden=page.totals_hidden)


def everything(desk, view, table=None):
    return json.dumps([seen(desk, view, table), state.load_snapshot(desk.board.pk, view, table)], default=str)


def test_numbers_are_contiguous_for_every_audience(desk):
    one, two = desk.guest(1), desk.guest(2)
    desk.card(one)
    card = desk.card(two)
    desk.do(two, "vote.add", target=card)
    desk.do(two, "vote.add", target=card)
    desk.do(desk.staff, "participant.block", participant=str(desk.seat(1).participant.uuid))
    board = Board.objects.get(pk=desk.board.pk)
    for view in ("public", "moderator", "projector"):
        for table in (None, 1, 2):
            assert [item["seq"] for item in seen(desk, view, table)] == list(range(1, board.seq + 1))


def test_another_table_is_skipped(desk):
    desk.card(desk.guest(2), SECRET)
    assert seen(desk, "public", 1)[-1]["event"] == "skip"
    assert SECRET not in everything(desk, "public", 1)
    assert SECRET in everything(desk, "public", 2)
    assert SECRET in everything(desk, "projector")


@pytest.mark.parametrize("view", ["public", "projector"])
def test_a_hidden_body_is_nowhere(desk, view):
    guest = desk.guest()
    card = desk.card(guest, SECRET)
    desk.do(guest, "card.edit", card=card, text=SECRET + " neu")
    desk.do(desk.staff, "card.hide", card=card, reason="insult", note=SECRET)
    assert SECRET not in everything(desk, view, None)
    last = seen(desk, view)[-1]
    assert last["card"] == {"id": card, "table": 1, "hidden": True, "reason": "insult"}
    assert state.load_snapshot(desk.board.pk, view, None)["hidden"] == {"insult": 1}
    assert SECRET in everything(desk, "moderator")
    desk.do(desk.staff, "card.restore", card=card)
    assert seen(desk, view)[-1]["card"]["text"] == SECRET + " neu"


@pytest.mark.parametrize("view", ["public", "projector"])
def test_a_waiting_body_is_nowhere_until_approved(desk, view):
    Board.objects.update(moderation="before")
    guest = desk.guest()
    card = desk.card(guest, SECRET)
    assert SECRET not in everything(desk, view)
    desk.do(desk.staff, "card.approve", card=card)
    assert seen(desk, view)[-1]["card"]["text"] == SECRET
    desk.do(guest, "card.edit", card=card, text=SECRET + " neu")
    assert SECRET not in everything(desk, view)
    assert seen(desk, view)[-1]["event"] == "card.hidden"


def test_a_replay_repeats_no_old_wording(desk):
    guest = desk.guest()
    card = desk.card(guest, SECRET)
    desk.do(guest, "card.edit", card=card, text="harmlos")
    assert SECRET not in everything(desk, "public", 1)
    desk.do(guest, "card.delete", card=card)
    assert "harmlos" not in everything(desk, "public", 1)


def test_dots_are_joined_outside_the_moderation(desk):
    guest, other = desk.guest(), desk.guest()
    a, b = desk.card(guest, "a"), desk.card(guest, "b")
    after = Board.objects.get().seq
    for who, card in ((guest, a), (other, a), (guest, b)):
        desk.do(who, "vote.add", target=card)
    public = seen(desk, "public", 1, after)
    assert [item["event"] for item in public] == ["skip", "skip", "votes.changed"]
    assert public[-1]["votes"] == {a: 2, b: 1}
    assert [item["event"] for item in seen(desk, "moderator", None, after)] == ["votes.changed"] * 3


def test_secret_totals_stay_secret(desk):
    Board.objects.update(totals_hidden=True)
    guest = desk.guest()
    card = desk.card(guest)
    desk.do(guest, "vote.add", target=card)
    desk.do(guest, "card.edit", card=card, text="neu")
    assert '"votes": 1' not in everything(desk, "public", 1).replace(card, "")
    assert state.load_snapshot(desk.board.pk, "public", 1)["cards"][0]["votes"] == 0
    desk.do(desk.staff, "phase.set", phase="harvest")
    assert seen(desk, "public", 1)[-1]["votes"] == {card: 1}


def test_only_the_moderation_learns_who_wrote(desk):
    seat = desk.seat()
    from dialogues.domain.board import actors

    desk.card(actors.guest(seat.participant))
    for view in ("public", "projector"):
        cards = state.load_snapshot(desk.board.pk, view, None)["cards"]
        assert all("participant" not in card for card in cards)
        assert "participant" not in seen(desk, view)[-1]["card"]
    assert state.load_snapshot(desk.board.pk, "moderator", None)["cards"][0]["participant"] == str(
        seat.participant.uuid
    )
    assert "pseudonym" not in json.dumps(seen(desk, "projector"))


def test_a_snapshot_holds_each_card_once(desk):
    guest = desk.guest()
    cards = [desk.card(guest, str(number)) for number in range(3)]
    cluster = desk.do(guest, "cluster.create", cards=cards[:2], title="Paar").result["cluster"]["id"]
    snapshot = state.load_snapshot(desk.board.pk, "public", 1)
    assert [card["id"] for card in snapshot["cards"]] == cards
    assert snapshot["clusters"] == [{"id": cluster, "title": "Paar", "cards": cards[:2], "votes": 0, "table": 1}]
    assert [card["cluster"] for card in snapshot["cards"]] == [cluster, cluster, None]


def test_the_note_of_a_hiding_is_the_moderation_s_in_event_and_snapshot(desk):
    author = desk.seat().participant
    card = desk.card(actors.guest(author))
    desk.do(desk.staff, "card.hide", card=card, reason="other", note="Nennt die Nachbarin")
    (shown,) = state.load_snapshot(desk.board.pk, "moderator", None)["cards"]
    assert shown == desk.board.log.latest("seq").body["card"]
    assert (shown["reason"], shown["note"]) == ("other", "Nennt die Nachbarin")
    (own,) = hellos.welcome_guest(Board.objects.get(pk=desk.board.pk), author)["cards"]
    assert own["reason"] == "other"
    assert "note" not in own
