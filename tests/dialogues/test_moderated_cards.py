"""Cards of boards that are over stand in the moderation's queue."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from dialogues.domain import harvest, worldcafe
from dialogues.domain.board import commands
from dialogues.enums import CardState
from dialogues.models import Card
from portal import audit
from portal.accounts.enums import Role
from portal.comments.domain import matters, moderation, notices
from portal.comments.enums import Lane
from portal.comments.models import Matter
from portal.exceptions import DomainError
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db
HIDE = {"reason": "personal_data", "facts": "Nennt den Nachbarn."}
REPORT = {"reason": "personal_data", "explanation": "Das bin ich."}


@pytest.fixture
def evening(make_event, moderator):
    """A past board with two cards, one of them a published result."""
    event = make_event()
    board = worldcafe.open_world_cafe(user=moderator, event=event, tables=2)
    desk = Desk(board)
    desk.do(desk.staff, "phase.set", phase="discuss")
    desk.do(desk.staff, "round.start", seconds=600)
    guest = desk.guest()
    shown, other = desk.card(guest, "Mehr Radwege"), desk.card(guest, "Herr Muster parkt falsch")
    harvest.mark_result(user=moderator, event=event, source=shown)
    harvest.publish_results(user=moderator, event=event)
    return event, desk, shown, other


def test_cards_enter_the_queue_when_the_board_closes(evening):
    _event, desk, shown, other = evening
    assert not Matter.objects.exists()
    desk.do(desk.staff, "phase.set", phase="closed")
    assert set(Matter.objects.values_list("kind", "object_key", "lane")) == {
        ("card", shown, Lane.NEW),
        ("card", other, Lane.NEW),
    }


def test_practice_boards_stay_out(desk):
    desk.card(desk.guest())
    desk.do(desk.staff, "phase.set", phase="closed")
    assert not Matter.objects.exists()


def test_a_result_is_reported_by_anyone_and_its_hiding_takes_it_off_the_page(evening, make_user):
    event, desk, shown, other = evening
    desk.do(desk.staff, "phase.set", phase="closed")
    client, path = Client(), f"/melden/karten/{shown}/"
    assert path in client.get(event.get_absolute_url()).text
    assert client.post(path, REPORT).status_code == 302
    assert client.get(f"/melden/karten/{other}/").status_code == 404  # never became public
    second = make_user(Role.MODERATOR)
    decision = moderation.hide(user=second, matter=matters.of("card", shown), **HIDE)
    assert Card.objects.get(uuid=shown).state == CardState.HIDDEN
    assert "card.hidden" in desk.log()
    assert "Mehr Radwege" not in client.get(event.get_absolute_url()).text
    moderation.restore(user=second, matter=decision.matter, facts="War gemeint.")
    assert "Mehr Radwege" in client.get(event.get_absolute_url()).text
    assert audit.verify().findings == []


def test_guests_have_no_account_to_warn_and_cards_are_not_held(evening, moderator):
    _event, desk, shown, _other = evening
    desk.do(desk.staff, "phase.set", phase="closed")
    for act in (moderation.warn, moderation.hold):
        with pytest.raises(DomainError) as error:
            act(user=moderator, matter=matters.of("card", shown), **HIDE)
        assert error.value.code == "not_possible"


def test_cards_of_running_boards_are_for_the_console_alone(evening):
    _event, _desk, shown, _other = evening
    with pytest.raises(DomainError) as error:
        notices.report(user=AnonymousUser(), kind="card", key=shown, **REPORT)
    assert error.value.code == "gone"


def test_the_queue_shows_table_and_neighbours(evening, moderator):
    _event, desk, shown, _other = evening
    desk.do(desk.staff, "phase.set", phase="closed")
    client = Client()
    client.force_login(moderator)
    page = client.get(f"/moderation/karten/{shown}/").text
    for words in ("Mehr Radwege", "Herr Muster parkt falsch", "Gast an Tisch 1"):
        assert words in page
    assert client.get("/moderation/karten/unsinn/").status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_of_cards_costs_the_same_at_any_length(evening, moderator, number, django_assert_num_queries):
    _event, desk, _shown, _other = evening
    Card.objects.all().delete()
    guest = desk.guest()
    for n in range(number):
        desk.card(guest, f"Karte {n}")
    commands.execute(actor=desk.staff, board_id=desk.board.pk, op="phase.set", args={"phase": "closed"})
    client = Client()
    client.force_login(moderator)
    client.get("/moderation/?stand=new&art=card")
    with django_assert_num_queries(9):
        client.get("/moderation/?stand=new&art=card")
