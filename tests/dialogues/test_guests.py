"""After the period no guest's name is left anywhere, and the evening still folds to the same board."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain import feedback, guests, worldcafe
from dialogues.domain.board import actors, history
from dialogues.models import BoardEvent, Event, FeedbackAnswer, Participant
from portal.accounts.domain import privacy
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db
NAME = "Ada Geheim"


@pytest.fixture
def evening(make_event, moderator):
    event = make_event(days=0)
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=1))
    desk.do(desk.staff, "round.start")
    desk.taken = desk.seat(pseudonym=NAME)
    guest = desk.taken.participant
    desk.do(desk.staff, "participant.mark", participant=str(guest.uuid), badge="expert")
    desk.card(actors.guest(guest))
    desk.do(desk.staff, "phase.set", phase="harvest")
    desk.board.refresh_from_db()
    feedback.give(guest=guest, board=desk.board, scale="5", text="Noch nicht gelesen", with_seat=True)
    desk.event = event
    return desk


def everything():
    rows = BoardEvent.objects.values_list("body", "ack")
    names = Participant.objects.values_list("pseudonym", flat=True)
    return json.dumps([list(rows), list(names)], ensure_ascii=False)


def test_names_tokens_and_ties_go_and_numbers_stay(evening):
    before = history.numbers(evening.board), history.public_items(evening.board)
    assert NAME in everything()
    moment = evening.event.ends_at
    assert guests.forget(moment, False) == 0
    assert guests.forget(moment + timedelta(days=1), True) == 1
    assert NAME in everything()
    assert guests.forget(moment + timedelta(days=1), False) == 1
    assert NAME not in everything()
    assert actors.find_participant(evening.taken.token, evening.board) is None
    answer = FeedbackAnswer.objects.get()
    assert (answer.participant, answer.text, answer.scale) == (None, "", 5)
    assert (history.numbers(evening.board), history.public_items(evening.board)) == before
    assert guests.forget(moment + timedelta(days=1), False) == 0


def test_practice_boards_lose_names_by_their_own_age(desk):
    desk.seat(pseudonym=NAME)
    assert guests.forget(timezone.now() - timedelta(days=1), False) == 0
    assert guests.forget(timezone.now() + timedelta(days=1), False) == 1
    assert NAME not in everything()


def test_the_rule_runs_with_the_others_after_180_days(evening):
    Event.objects.filter(pk=evening.event.pk).update(
        starts_at=evening.event.starts_at - timedelta(days=182), ends_at=evening.event.ends_at - timedelta(days=182)
    )
    done = {rule.key: number for rule, number in privacy.retain()}
    assert (done["dialogues.guests"], NAME in everything()) == (1, False)
