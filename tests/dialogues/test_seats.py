"""Taking a seat: by code and pseudonym, again by token, and not where it is full or over."""

import pytest

from dialogues.domain.board import actors, seats
from dialogues.models import Participant
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db


def code_of(call):
    with pytest.raises(DomainError) as caught:
        call()
    return caught.value.code, caught.value.status


def test_join_gives_a_name_where_none_is_given(desk):
    assert desk.seat().participant.pseudonym == "Gast 1"
    assert desk.seat(pseudonym=" Ada ").participant.pseudonym == "Ada"
    assert desk.log()[-1] == "participant.seated"


def test_code_is_found_in_any_case(desk):
    code = desk.table().code
    assert seats.find_table(code.lower()) == desk.table()
    assert code_of(lambda: seats.find_table("ZZZZZ")) == ("unknown_code", 404)


def test_token_resumes_the_same_guest_without_an_event(desk):
    seat = desk.seat(pseudonym="Ada")
    count = len(desk.log())
    again = desk.seat(token=seat.token, pseudonym="Bob")
    assert (again.participant, again.token) == (seat.participant, seat.token)
    assert (Participant.objects.count(), len(desk.log())) == (1, count)


def test_token_of_another_table_moves_the_guest(desk):
    seat = desk.seat(1)
    moved = desk.seat(2, token=seat.token)
    assert moved.participant.pk == seat.participant.pk
    assert Participant.objects.get().table.number == 2
    assert desk.board.log.order_by("-seq").first().table is None


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1] + ("A" if t[-1] != "A" else "B"), lambda t: "p.x", lambda t: "x" * 9999]
)
def test_a_forged_token_seats_a_new_guest(desk, change):
    seat = desk.seat()
    assert desk.seat(token=change(seat.token)).participant != seat.participant


def test_a_full_table_is_refused_and_a_known_guest_is_not(desk):
    desk.board.seat_limit = 1
    desk.board.save(update_fields=["moderation", "totals_hidden", "seat_limit", "access_version"])
    seat = desk.seat()
    assert code_of(lambda: desk.seat()) == ("table_full", 409)
    assert desk.seat(token=seat.token).participant == seat.participant
    desk.seat(2)


def test_a_closed_board_and_a_blocked_guest_are_refused(desk):
    seat = desk.seat()
    desk.do(desk.staff, "participant.block", participant=str(seat.participant.uuid))
    assert code_of(lambda: desk.seat(token=seat.token)) == ("blocked", 403)
    desk.do(desk.staff, "phase.set", phase="closed")
    assert code_of(lambda: desk.seat()) == ("board_closed", 409)


def test_pseudonym_is_limited(desk):
    assert code_of(lambda: desk.seat(pseudonym="x" * 41))[0] == "too_long"


def test_board_tokens_open_one_board_and_one_view(desk):
    from dialogues.domain.worldcafe import rehearse
    from dialogues.enums import View

    token = actors.board_token(desk.board, View.PROJECTOR)
    assert actors.find_view(token, desk.board) == "projector"
    assert actors.find_view(token, rehearse(tables=1).board) is None
    assert actors.find_view(token.replace("projector", "moderator"), desk.board) is None
    assert actors.find_view(None, desk.board) is None
