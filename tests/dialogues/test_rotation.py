"""The rotation plan on a board: who goes where, late arrivals, people who leave, hosts who stay."""

from itertools import combinations

import pytest

from dialogues.domain import worldcafe
from dialogues.domain.board import actors, hellos, rotation, state
from dialogues.models import Participant
from portal.exceptions import DomainError
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(db):
    """40 guests at 8 tables in the first round, unevenly seated."""
    desk = Desk(worldcafe.rehearse(tables=8).board)
    for number in range(40):
        desk.seat(1 if number < 7 else number % 8 + 1)
    return desk


def tables_of(desk):
    rows = Participant.objects.filter(board=desk.board, left_at=None).values_list("pk", "table__number")
    return dict(rows)


def next_round(desk):
    desk.do(desk.staff, "round.end")
    desk.do(desk.staff, "rotation.move")
    desk.do(desk.staff, "round.start")
    return tables_of(desk)


def test_forty_guests_meet_nobody_twice_in_three_rounds(hall):
    hall.do(hall.staff, "round.end")
    result = hall.do(hall.staff, "rotation.plan", rounds=3).result["rotation"]
    assert (result["guests"], result["table_repeats"], result["meetings_again"]) == (40, 0, 0)
    rounds = []
    for _number in range(3):
        hall.do(hall.staff, "rotation.move")
        hall.do(hall.staff, "round.start")
        rounds.append(tables_of(hall))
        hall.do(hall.staff, "round.end")
    met = [pair for row in rounds for pair in combinations(sorted(row), 2) if row[pair[0]] == row[pair[1]]]
    assert len(met) == len(set(met))
    assert all(len({row[guest] for row in rounds}) == 3 for guest in rounds[0])
    assert all(list(row.values()).count(table) == 5 for row in rounds for table in range(1, 9))


def test_each_guest_learns_the_next_table_and_gets_there(hall):
    seat = hall.seat(3)
    hall.do(hall.staff, "rotation.plan", rounds=3)
    promised = hellos.welcome_guest(reload(hall), fresh(seat))["next_table"]
    assert promised not in (None, fresh(seat).table.number)
    after = next_round(hall)
    assert after[seat.participant.pk] == promised
    event = hall.board.log.get(event="rotation.moved")
    assert event.body["seats"][str(seat.participant.uuid)] == promised


def test_a_round_that_starts_without_a_move_seats_everybody(hall):
    hall.do(hall.staff, "rotation.plan", rounds=3)
    before = tables_of(hall)
    hall.do(hall.staff, "round.end")
    hall.do(hall.staff, "round.start")
    after = tables_of(hall)
    assert all(before[guest] != after[guest] for guest in before)


def test_late_arrivals_get_a_place_that_keeps_the_plan_whole(hall):
    hall.do(hall.staff, "round.end")
    hall.do(hall.staff, "rotation.plan", rounds=3)
    hall.do(hall.staff, "rotation.move")
    hall.do(hall.staff, "round.start")
    late = [hall.seat(number).participant.pk for number in range(1, 9)]
    rounds = [tables_of(hall), next_round(hall), next_round(hall)]
    met = [pair for row in rounds[1:] for pair in combinations(sorted(row), 2) if row[pair[0]] == row[pair[1]]]
    assert len(met) == len(set(met))
    assert all(rounds[1][guest] != rounds[2][guest] for guest in late)


def test_who_leaves_frees_seat_and_place(hall):
    seat = hall.seat(1)
    hall.do(hall.staff, "rotation.plan", rounds=3)
    place = fresh(seat).slot
    hall.do(actors.guest(seat.participant), "participant.leave")
    assert (fresh(seat).slot, fresh(seat).left_at is None) == (None, False)
    assert str(seat.participant.uuid) not in str(state.load_snapshot(hall.board.pk, "moderator", None)["participants"])
    latecomer = hall.seat(1)  # where that place is in this round
    assert fresh(latecomer).slot == place
    back = hall.seat(1, token=seat.token)
    assert (back.participant.pk, fresh(back).left_at) == (seat.participant.pk, None)
    assert fresh(back).slot is not None


def test_hosts_stay(hall):
    seat = hall.seat(2)
    hall.do(actors.guest(seat.participant), "host.set")
    hall.do(hall.staff, "rotation.plan", rounds=3)
    assert next_round(hall)[seat.participant.pk] == 2
    assert hellos.welcome_guest(reload(hall), fresh(seat))["next_table"] is None


def test_a_move_needs_a_plan_and_a_break(hall):
    for code in ("no_rotation", "round_running"):
        with pytest.raises(DomainError) as caught:
            hall.do(hall.staff, "rotation.move")
        assert caught.value.code == code
        hall.do(hall.staff, "rotation.plan", rounds=3)


def test_the_public_learns_no_seats(hall):
    from tests.dialogues.test_views import seen

    hall.do(hall.staff, "rotation.plan", rounds=3)
    next_round(hall)
    assert "seats" not in str(seen(hall, "public", 1)) + str(seen(hall, "projector"))
    assert "seats" in str(seen(hall, "moderator"))


def test_an_empty_hall_can_be_planned(db):
    desk = Desk(worldcafe.rehearse(tables=3).board)
    assert desk.do(desk.staff, "rotation.plan").result["rotation"]["guests"] == 0
    seat = desk.seat(1)
    assert rotation.next_tables(reload(desk), [fresh(seat)])[seat.participant.pk] is not None


def fresh(seat):
    return Participant.objects.select_related("table").get(pk=seat.participant.pk)


def reload(desk):
    return type(desk.board).objects.get(pk=desk.board.pk)
