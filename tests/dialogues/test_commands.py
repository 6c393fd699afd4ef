"""Every operation of a board: what it does, who may do it, and that a repeated command does nothing."""

import itertools

import pytest
import time_machine
from django.utils import timezone

from dialogues.domain.board.commands import OPERATIONS
from dialogues.enums import CardState, Phase, RoundState
from dialogues.models import BoardEvent, Card, Cluster, Vote
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db


def code_of(call):
    with pytest.raises(DomainError) as caught:
        call()
    assert str(caught.value.message)
    return caught.value.code


def test_card_create_appends_one_event_with_the_next_number(desk):
    guest = desk.guest()
    before = desk.board.log.count()
    ack = desk.do(guest, "card.create", text="  Mehr   Bänke\x00\u202e ", kind="question")
    card = Card.objects.get()
    assert (card.text, card.kind, card.state, card.table.number) == ("Mehr Bänke", "question", "visible", 1)
    assert ack.seq == before + 1 == desk.board.log.count()
    desk.board.refresh_from_db()
    assert desk.board.seq == ack.seq


def test_numbers_are_gapless_after_refusals(desk):
    guest = desk.guest()
    desk.card(guest)
    assert code_of(lambda: desk.do(guest, "card.create", text="")) == "empty"
    desk.card(guest)
    assert list(desk.board.log.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3, 4]


def test_a_repeated_command_gets_its_first_answer_and_changes_nothing(desk):
    guest = desk.guest()
    first = desk.do(guest, "card.create", cid="k1", text="Eins")
    again = desk.do(guest, "card.create", cid="k1", text="Zwei")
    assert again == first
    assert Card.objects.count() == 1
    other = desk.do(desk.guest(), "card.create", cid="k1", text="Drei")
    assert other.seq > first.seq


def test_a_repeated_command_is_answered_after_the_round_ended(desk):
    guest = desk.guest()
    first = desk.do(guest, "card.create", cid="k1", text="Eins")
    desk.do(desk.staff, "round.end")
    assert desk.do(guest, "card.create", cid="k1", text="Eins") == first
    assert code_of(lambda: desk.do(guest, "card.create", cid="k2", text="Zwei")) == "round_closed"


@pytest.mark.parametrize(
    ("args", "code"),
    [
        ({}, "empty"),
        ({"text": "   "}, "empty"),
        ({"text": "x" * 501}, "too_long"),
        ({"text": "x" * 20000}, "too_long"),
        ({"text": 7}, "invalid"),
        ({"text": "\ud800"}, "invalid"),
        ({"text": "gut", "kind": "spam"}, "invalid"),
        ({"text": "gut", "kind": None}, "invalid"),
    ],
)
def test_card_create_refuses_bad_input(desk, args, code):
    guest = desk.guest()
    assert code_of(lambda: desk.do(guest, "card.create", **args)) == code
    assert not Card.objects.exists()


def test_writing_ends_half_a_minute_after_the_timer(desk):
    guest = desk.guest()
    end = desk.board.rounds.get().ends_at
    with time_machine.travel(end + timezone.timedelta(seconds=29), tick=False):
        desk.card(guest)
    with time_machine.travel(end + timezone.timedelta(seconds=31), tick=False):
        assert code_of(lambda: desk.card(guest)) == "round_closed"
        desk.do(desk.staff, "round.extend", seconds=60)
        desk.card(guest)


def test_card_edit_and_delete_are_for_the_author(desk):
    author, other = desk.guest(), desk.guest()
    card = desk.card(author)
    assert code_of(lambda: desk.do(other, "card.edit", card=card, text="fremd")) == "not_allowed"
    assert code_of(lambda: desk.do(other, "card.delete", card=card)) == "not_allowed"
    assert code_of(lambda: desk.do(desk.staff, "card.edit", card=card, text="fremd")) == "not_allowed"
    desk.do(author, "card.edit", card=card, text="besser")
    assert Card.objects.get().text == "besser"
    desk.do(author, "card.delete", card=card)
    stored = Card.objects.get()
    assert (stored.state, stored.text) == (CardState.DELETED, "")
    assert code_of(lambda: desk.do(author, "card.edit", card=card, text="zu spät")) == "unknown_card"


def test_a_card_of_another_table_is_unknown_to_a_guest(desk):
    card = desk.card(desk.guest(1))
    stranger = desk.guest(2)
    for op, args in (("card.move", {"x": 1, "y": 2}), ("card.edit", {"text": "x"}), ("card.delete", {})):
        assert code_of(lambda op=op, args=args: desk.do(stranger, op, card=card, **args)) == "unknown_card"
    assert code_of(lambda: desk.do(stranger, "vote.add", target=card)) == "unknown_target"


def test_hide_leaves_a_reason_and_restore_takes_it_back(desk):
    card = desk.card(desk.guest())
    desk.do(desk.staff, "card.hide", card=card, reason="insult")
    stored = Card.objects.get()
    assert (stored.state, stored.hidden_reason) == (CardState.HIDDEN, "insult")
    assert code_of(lambda: desk.do(desk.staff, "card.hide", card=card, reason="insult")) == "card_hidden"
    desk.do(desk.staff, "card.restore", card=card)
    stored.refresh_from_db()
    assert (stored.state, stored.hidden_reason) == (CardState.VISIBLE, "")
    assert code_of(lambda: desk.do(desk.staff, "card.restore", card=card)) == "not_hidden"


def test_hide_demands_a_reason_and_keeps_free_words_as_a_note(desk):
    card = desk.card(desk.guest())
    assert code_of(lambda: desk.do(desk.staff, "card.hide", card=card)) == "empty"
    desk.do(desk.staff, "card.hide", card=card, reason="nennt den Nachbarn")
    stored = Card.objects.get()
    assert (stored.hidden_reason, stored.hidden_note) == ("other", "nennt den Nachbarn")


def test_moderation_before_display_keeps_cards_waiting(desk):
    desk.board.moderation = "before"
    desk.board.save(update_fields=["moderation", "totals_hidden", "seat_limit", "access_version"])
    guest = desk.guest()
    card = desk.card(guest)
    assert Card.objects.get().state == CardState.PENDING
    assert code_of(lambda: desk.do(desk.guest(), "vote.add", target=card)) == "unknown_target"
    desk.do(desk.staff, "card.approve", card=card)
    assert Card.objects.get().state == CardState.VISIBLE
    assert code_of(lambda: desk.do(desk.staff, "card.approve", card=card)) == "not_pending"
    desk.do(guest, "card.edit", card=card, text="geändert")
    assert Card.objects.get().state == CardState.PENDING


def test_pin_and_move(desk):
    guest = desk.guest()
    card = desk.card(guest)
    desk.do(desk.staff, "card.pin", card=card)
    desk.do(guest, "card.move", card=card, x=1.5, y=-2)
    stored = Card.objects.get()
    assert (stored.pinned, stored.x, stored.y) == (True, 1.5, -2)
    assert code_of(lambda: desk.do(guest, "card.move", card=card, x="1", y=2)) == "invalid"
    assert code_of(lambda: desk.do(guest, "card.move", card=card, x=float("inf"), y=2)) == "invalid"
    assert code_of(lambda: desk.do(guest, "card.pin", card=card)) == "not_allowed"


def test_clusters_keep_cards_and_votes(desk):
    guest = desk.guest()
    cards = [desk.card(guest, f"Karte {n}") for n in range(3)]
    desk.do(guest, "vote.add", target=cards[1])
    cluster = desk.do(guest, "cluster.create", cards=cards[:2], title="Wege").result["cluster"]["id"]
    assert list(Card.objects.filter(cluster__uuid=cluster).values_list("text", flat=True)) == ["Karte 0", "Karte 1"]
    desk.do(guest, "card.move", card=cards[2], cluster=cluster)
    desk.do(guest, "vote.add", target=cluster)
    desk.do(guest, "cluster.dissolve", cluster=cluster)
    assert Card.objects.filter(cluster__isnull=True).count() == 3
    assert sum(Card.objects.values_list("votes", flat=True)) == Vote.objects.count() == 2
    assert code_of(lambda: desk.do(guest, "cluster.dissolve", cluster=cluster)) == "unknown_cluster"
    assert Cluster.objects.get().dissolved_at is not None


def test_cluster_of_foreign_cards_is_refused(desk):
    here, there = desk.card(desk.guest(1)), desk.card(desk.guest(2))
    assert code_of(lambda: desk.do(desk.guest(1), "cluster.create", cards=[here, there])) == "unknown_card"
    assert code_of(lambda: desk.do(desk.guest(1), "cluster.create", cards=[])) == "invalid"
    assert code_of(lambda: desk.do(desk.guest(1), "cluster.create", cards="x")) == "invalid"


def test_vote_budget_holds_and_a_dot_comes_back(desk):
    guest = desk.guest()
    card = desk.card(guest)
    left = [desk.do(guest, "vote.add", target=card).result["left"] for _turn in range(3)]
    assert left == [2, 1, 0]
    assert code_of(lambda: desk.do(guest, "vote.add", target=card)) == "budget_spent"
    assert desk.do(guest, "vote.remove", target=card).result == {"left": 1, "votes": {card: 2}}
    other = desk.guest()
    assert code_of(lambda: desk.do(other, "vote.remove", target=card)) == "no_vote"
    assert Card.objects.get().votes == Vote.objects.count() == 2


def test_secret_totals_are_told_when_voting_ends(desk):
    desk.board.totals_hidden = True
    desk.board.save(update_fields=["moderation", "totals_hidden", "seat_limit", "access_version"])
    guest = desk.guest()
    card = desk.card(guest)
    assert desk.do(guest, "vote.add", target=card).result == {"left": 2}
    ack = desk.do(desk.staff, "phase.set", phase="harvest")
    assert BoardEvent.objects.get(board=desk.board, seq=ack.seq).body == {"phase": "harvest", "votes": {card: 1}}


def test_rounds_start_extend_and_end(desk):
    assert code_of(lambda: desk.do(desk.staff, "round.start")) == "round_running"
    before = desk.board.rounds.get().ends_at
    desk.do(desk.staff, "round.extend", seconds=300)
    assert desk.board.rounds.get().ends_at == before + timezone.timedelta(seconds=300)
    desk.do(desk.staff, "round.end")
    assert code_of(lambda: desk.do(desk.staff, "round.end")) == "no_round"
    assert code_of(lambda: desk.do(desk.staff, "round.extend", seconds=60)) == "no_round"
    result = desk.do(desk.staff, "round.start", question="Und nun?", seconds=600).result
    assert (result["round"]["number"], result["round"]["question"]) == (2, "Und nun?")
    assert code_of(lambda: desk.do(desk.staff, "round.extend", seconds=True)) == "invalid"


def test_closing_the_board_ends_everything_for_guests(desk):
    guest = desk.guest()
    card = desk.card(guest)
    desk.do(desk.staff, "phase.set", phase="closed")
    assert desk.board.rounds.get().state == RoundState.ENDED
    for op, args in (
        ("card.create", {"text": "x"}),
        ("card.edit", {"card": card, "text": "x"}),
        ("card.delete", {"card": card}),
        ("vote.add", {"target": card}),
        ("cluster.create", {"cards": [card]}),
    ):
        assert code_of(lambda op=op, args=args: desk.do(guest, op, **args)) == "board_closed"
    desk.board.refresh_from_db()
    assert desk.board.phase == Phase.CLOSED


def test_a_blocked_guest_can_do_nothing(desk):
    seat = desk.seat()
    from dialogues.domain.board import actors

    guest = actors.guest(seat.participant)
    desk.do(desk.staff, "participant.block", participant=str(seat.participant.uuid))
    assert code_of(lambda: desk.card(guest)) == "blocked"
    desk.do(desk.staff, "participant.block", participant=str(seat.participant.uuid), blocked=False)
    desk.card(guest)


def test_broadcast_reaches_the_log(desk):
    desk.do(desk.staff, "message.broadcast", text="Noch fünf Minuten")
    assert BoardEvent.objects.order_by("-seq").first().body["message"]["text"] == "Noch fünf Minuten"
    assert code_of(lambda: desk.do(desk.staff, "message.broadcast", text="x" * 301)) == "too_long"


STAFF_ONLY = {
    "card.hide", "card.restore", "card.approve", "card.pin", "card.answer", "card.count", "card.erase", "round.start",
    "round.extend", "round.pause", "round.resume", "round.end", "phase.set", "rotation.plan", "rotation.move",
    "help.clear", "participant.block", "participant.mark", "message.broadcast",
}  # fmt: skip
GUESTS_ONLY = {"vote.add", "vote.remove", "help.call", "participant.leave"}


@pytest.mark.parametrize(("op", "who"), list(itertools.product(sorted(OPERATIONS), ["guest", "staff", "wall"])))
def test_every_cell_of_the_permission_table(desk, op, who):
    """Whoever may not do something hears `not_allowed` before anything else is looked at."""
    author = desk.guest()
    card = desk.card(author)
    actor = {"guest": author, "staff": desk.staff, "wall": desk.wall}[who]
    if op == "handover.write" and who == "guest":
        desk.do(author, "host.set")
    forbidden = who == "wall" or (who == "guest" and op in STAFF_ONLY) or (who == "staff" and op in GUESTS_ONLY)
    count = desk.board.log.count()
    try:
        desk.do(actor, op, card=card, target=card, text="Text", seconds=60, phase="vote", reason="insult", table=1)
        code = ""
    except DomainError as error:
        code = error.code
    assert (code == "not_allowed") == forbidden or (who == "staff" and op in {"card.edit", "card.delete"})
    assert desk.board.log.count() == count + (not code)


def test_unknown_operations_and_ids_are_refused(desk):
    guest = desk.guest()
    assert code_of(lambda: desk.do(guest, "card.explode")) == "unknown_op"
    for value in (None, 7, "x", "x" * 5000, ["a"], str(desk.board.uuid)):
        code = code_of(lambda value=value: desk.do(guest, "card.delete", card=value))
        assert code in {"invalid", "unknown_card"}


def test_a_moderator_without_the_role_any_more_is_revoked(desk, moderator):
    from dialogues.domain.board import actors

    actor = actors.moderator(moderator)
    desk.do(actor, "round.extend", seconds=60)
    moderator.groups.clear()
    assert code_of(lambda: desk.do(actor, "round.extend", seconds=60)) == "revoked"


def test_a_board_token_ends_when_the_access_version_rises(desk):
    desk.board.access_version += 1
    desk.board.save(update_fields=["moderation", "totals_hidden", "seat_limit", "access_version"])
    assert code_of(lambda: desk.do(desk.staff, "round.end")) == "revoked"
