"""Hosts, handover, help, replies, paper cards, pause, experts, questions to the podium, polls."""

import pytest
import time_machine
from django.utils import timezone

from dialogues.domain.board import actors, hellos, state
from dialogues.models import Board, Card, Handover, Participant, Table
from tests.dialogues.test_commands import code_of

pytestmark = pytest.mark.django_db


def test_one_host_a_table(desk):
    first, second = desk.guest(), desk.guest()
    assert code_of(lambda: desk.do(first, "handover.write", text="Viel Grün")) == "not_allowed"
    shape = desk.do(first, "host.set").result["host"]
    assert (shape["table"], Table.objects.get(pk=desk.table().pk).host_id) == (1, first.participant_id)
    assert code_of(lambda: desk.do(second, "host.set")) == "host_taken"
    desk.do(first, "host.set", participant=None)
    desk.do(second, "host.set")
    uuid = str(Participant.objects.get(pk=first.participant_id).uuid)
    desk.do(desk.staff, "host.set", table=1, participant=uuid)
    assert desk.table().host_id == first.participant_id
    assert code_of(lambda: desk.do(desk.staff, "host.set", table=2, participant=uuid)) == "unknown_participant"


def test_a_guest_names_nobody_but_oneself_as_host(desk):
    me, other = desk.seat().participant, desk.seat().participant
    guest = actors.guest(me)
    assert code_of(lambda: desk.do(guest, "host.set", participant=str(other.uuid))) == "not_allowed"
    assert code_of(lambda: desk.do(guest, "host.set", participant=7)) == "invalid"
    assert desk.table().host_id is None
    desk.do(guest, "host.set", participant=str(me.uuid))
    assert desk.table().host_id == me.pk


def test_a_handover_is_read_by_the_table_only(desk):
    host = desk.guest()
    desk.do(host, "host.set")
    for text in ("Erst so", "Bäume an die Schulwege"):
        desk.do(host, "handover.write", text=text)
    assert Handover.objects.get().text == "Bäume an die Schulwege"
    note = [{"table": 1, "round": 1, "text": "Bäume an die Schulwege"}]
    assert state.load_snapshot(desk.board.pk, "public", 1)["handovers"] == note
    assert state.load_snapshot(desk.board.pk, "public", 2)["handovers"] == []


def test_a_call_for_help_stands_until_somebody_comes(desk):
    desk.do(desk.guest(2), "help.call")
    tables = state.load_snapshot(desk.board.pk, "moderator", None)["tables"]
    assert [bool(table["help_at"]) for table in tables] == [False, True, False]
    desk.do(desk.staff, "help.clear", table=2)
    assert Table.objects.filter(help_at__isnull=False).count() == 0


def test_a_reply_is_a_short_note_below_its_card(desk):
    author, other = desk.guest(), desk.guest()
    card = desk.card(author)
    reply = desk.do(other, "card.create", text="Auch nachts?", reply_to=card).result["card"]
    assert reply["reply_to"] == card
    assert code_of(lambda: desk.do(other, "card.create", text="x" * 201, reply_to=card)) == "too_long"
    assert code_of(lambda: desk.do(other, "card.create", text="x", reply_to=reply["id"])) == "no_reply"
    assert code_of(lambda: desk.do(desk.guest(2), "card.create", text="x", reply_to=card)) == "unknown_card"
    desk.do(desk.staff, "card.hide", card=card, reason="insult")
    assert code_of(lambda: desk.do(other, "card.create", text="x", reply_to=card)) == "unknown_card"


def test_paper_cards_are_typed_in_when_the_round_is_over(desk):
    desk.do(desk.staff, "round.end")
    assert code_of(lambda: desk.do(desk.staff, "card.create", text="Vom Tisch", table=2)) == "round_closed"
    shape = desk.do(desk.staff, "card.create", text="Vom Tisch", table=2, round=1, paper=True).result["card"]
    assert (shape["table"], shape["round"], shape["paper"]) == (2, 1, True)
    assert code_of(lambda: desk.do(desk.staff, "card.create", text="x", table=2, round=9, paper=True)) == "no_round"
    assert code_of(lambda: desk.do(desk.guest(), "card.create", text="x", paper=True)) == "round_closed"
    desk.do(desk.staff, "phase.set", phase="closed")
    desk.do(desk.staff, "card.create", text="Später abgeschrieben", table=1, paper=True)


def test_cards_say_their_language(desk):
    guest = desk.guest()
    assert desk.do(guest, "card.create", text="More trees", lang="en").result["card"]["lang"] == "en"
    assert desk.do(guest, "card.create", text="Mehr Bäume", lang="xx").result["card"]["lang"] == "de"


def test_a_paused_clock_stands_still(desk):
    guest = desk.guest()
    current = desk.board.rounds.get()
    end = current.ends_at
    with time_machine.travel(end - timezone.timedelta(minutes=5), tick=False):
        desk.do(desk.staff, "round.pause")
        assert code_of(lambda: desk.do(desk.staff, "round.pause")) == "round_paused"
        desk.do(desk.staff, "round.extend", seconds=60)
    with time_machine.travel(end + timezone.timedelta(hours=1), tick=False):
        desk.card(guest)
        assert desk.board.rounds.get().seconds_left == 360
        shape = desk.do(desk.staff, "round.resume").result["round"]
        assert shape["paused_at"] is None
        assert desk.board.rounds.get().ends_at == timezone.now() + timezone.timedelta(minutes=6)
        assert code_of(lambda: desk.do(desk.staff, "round.resume")) == "round_not_paused"


def test_an_expert_wears_a_badge(desk):
    seat = desk.seat()
    uuid = str(seat.participant.uuid)
    desk.do(desk.staff, "participant.mark", participant=uuid)
    assert state.load_snapshot(desk.board.pk, "public", 1)["participants"][0]["badge"] == "expert"
    assert code_of(lambda: desk.do(desk.staff, "participant.mark", participant=uuid, badge="king")) == "invalid"
    assert "pseudonym" not in str(state.load_snapshot(desk.board.pk, "observer", None)["participants"])


def test_one_question_is_being_answered(desk):
    Board.objects.update(format="podium", vote_budget=50)
    asker, fan = desk.guest(), desk.guest()
    first, second = (desk.card(asker, text, kind="question") for text in ("Wann?", "Wo?"))
    desk.do(fan, "vote.add", target=first)
    assert code_of(lambda: desk.do(fan, "vote.add", target=first)) == "already_supported"
    desk.do(desk.staff, "card.answer", card=first)
    assert desk.do(desk.staff, "card.answer", card=second).result["done"] == [first]
    assert list(Card.objects.order_by("pk").values_list("answer", flat=True)) == ["done", "now"]
    desk.do(desk.staff, "card.hide", card=second, reason="advert")
    assert code_of(lambda: desk.do(desk.staff, "card.answer", card=second)) == "card_hidden"


def test_a_poll_has_one_answer_each_and_lets_one_choose_anew(desk):
    Board.objects.update(format="poll", vote_budget=1, totals_hidden=True)
    guest = desk.guest()
    assert code_of(lambda: desk.card(guest)) == "not_allowed"
    yes, no = (desk.do(desk.staff, "card.create", text=text, table=1).result["card"]["id"] for text in ("Ja", "Nein"))
    desk.do(guest, "vote.add", target=yes)
    desk.do(guest, "vote.add", target=no)
    assert dict(Card.objects.values_list("text", "votes")) == {"Ja": 0, "Nein": 1}
    welcome = hellos.welcome_guest(Board.objects.get(), Participant.objects.get(pk=guest.participant_id))
    assert (welcome["votes"], welcome["votes_left"]) == ([no], 0)
    assert state.load_snapshot(desk.board.pk, "projector", None)["votes"] == {}


def test_only_a_moderator_writes_options(desk):
    assert code_of(lambda: desk.do(desk.guest(), "card.create", text="x", kind="option")) == "not_allowed"


def test_observers_look_on(desk):
    observer = actors.board_access(desk.board, "observer")
    assert code_of(lambda: desk.do(observer, "message.broadcast", text="x")) == "not_allowed"
    token = actors.board_token(desk.board, "observer")
    (access,) = hellos.identify_all([hellos.Claim(desk.board.uuid, token, None)])
    assert (access.actor.view, access.table, access.participant) == ("observer", None, None)
    assert all("code" not in table for table in state.load_snapshot(desk.board.pk, "observer", None)["tables"])
