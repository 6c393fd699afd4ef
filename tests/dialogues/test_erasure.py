"""Erased cards: the text is gone from log, replay, files, snapshots and pages; numbers and order stay."""

from __future__ import annotations

import json
from uuid import UUID

import pytest
from django.test import Client

from dialogues.domain import harvest, worldcafe
from dialogues.domain.board import exports, history, state, views
from dialogues.domain.board.replay import fold
from dialogues.models import BoardEvent, Card, Cluster, Result
from portal.activity.models import Activity
from portal.comments.domain import moderation
from portal.comments.models import Matter
from portal.exceptions import DomainError
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db
SECRET = "Nachbar Beispiel klaut Räder"


@pytest.fixture
def evening(make_event, moderator):
    """A card that was edited, voted for, answered, grouped by its own text, and published as a result."""
    event = make_event(title="DigiLog: Rad", days=0)
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=2))
    desk.do(desk.staff, "round.start")
    desk.event, desk.author = event, desk.guest()
    desk.secret = desk.card(desk.author, SECRET + " oft")
    desk.other = desk.card(desk.author, "Mehr Bügel")
    desk.do(desk.author, "card.edit", card=desk.secret, text=SECRET)
    desk.do(desk.author, "vote.add", target=desk.secret)
    desk.do(desk.author, "card.create", text="Stimmt", reply_to=desk.secret)
    desk.do(desk.author, "cluster.create", cards=[desk.secret, desk.other])
    harvest.mark_result(user=moderator, event=event, source=UUID(desk.secret))
    harvest.publish_results(user=moderator, event=event)
    return desk


def everything(board):
    """All that is stored of the board, as one text."""
    rows = BoardEvent.objects.filter(board=board).values_list("body", "ack")
    texts = [json.dumps(row, ensure_ascii=False) for pair in rows for row in pair]
    cards = Card.objects.filter(board=board).values_list("text", "hidden_note")
    stored = [*texts, *(text for pair in cards for text in pair)]
    stored += [*Cluster.objects.values_list("title", flat=True), *Result.objects.values_list("text", flat=True)]
    return "\n".join(stored)


def erase(desk, **args):
    return desk.do(desk.staff, "card.erase", card=desk.secret, reason="personal", **args)


def test_the_text_is_gone_from_everything_stored(evening):
    assert SECRET in everything(evening.board)
    before = list(BoardEvent.objects.values_list("seq", "event", "actor", "cid"))
    erase(evening)
    assert SECRET not in everything(evening.board)
    assert "Mehr Bügel" in everything(evening.board)
    rows = list(BoardEvent.objects.order_by("seq").values_list("seq", "event", "actor", "cid"))
    assert rows[:-1] == before
    assert (rows[-1][0], rows[-1][1]) == (len(rows), "card.deleted")
    card = Card.objects.get(uuid=evening.secret)
    assert (card.state, card.text, card.hidden_reason, card.dots.count()) == ("deleted", "", "personal", 0)


def test_no_view_shows_it_and_replays_fold_to_the_snapshot(evening):
    erase(evening)
    for view in ("public", "moderator", "projector", "observer"):
        snapshot = state.load_snapshot(evening.board.pk, view, None)
        assert SECRET not in json.dumps(snapshot, ensure_ascii=False)
    items = history.public_items(evening.board)
    assert list(fold(items).cards.values()) == state.load_snapshot(evening.board.pk, "observer", None)["cards"]
    for number in range(len(items) + 1):
        assert history.board_at(evening.board, number).cards == fold(items[:number]).cards
    assert SECRET not in exports.json_text(evening.board) + exports.csv_text(evening.board)
    assert history.numbers(evening.board)["hidden"] == {"Persönliche Daten": 1}


def test_rows_that_a_process_still_holds_tell_nothing(evening):
    """The hub keeps the last events in memory; the cards' present state goes with them."""
    held = state.load_log(evening.board.pk, 0)
    erase(evening)
    cards = state.load_log(evening.board.pk, 0).cards
    for view in ("moderator", "public", "observer"):
        items = views.items_for(held.rows, view, None, cards)
        told = [item for item in items if item["event"] != "cluster.created"]
        assert SECRET not in json.dumps(told, ensure_ascii=False), view


def test_pages_and_timelines_no_longer_quote_it(evening, client):
    evening.do(evening.staff, "phase.set", phase="closed")
    urls = (evening.event.get_absolute_url(), f"/dialoge/{evening.event.slug}/tafel/", "/suche/?q=Nachbar")
    assert SECRET in client.get(urls[0]).content.decode()
    erase(evening)
    for url in urls:
        assert SECRET not in client.get(url).content.decode(), url
    assert not Activity.objects.filter(verb="harvest.published", audience="public").exists()


def test_only_the_moderation_erases_and_nothing_is_erased_twice(evening):
    for actor in (evening.author, evening.wall, evening.guest(2)):
        with pytest.raises(DomainError) as raised:
            evening.do(actor, "card.erase", card=evening.secret, reason="personal")
        assert raised.value.code == "not_allowed"
    with pytest.raises(DomainError) as raised:
        evening.do(evening.staff, "card.erase", card=evening.secret)
    assert raised.value.code == "empty"
    assert SECRET in everything(evening.board)
    first, again = (erase(evening, cid="a") for _turn in range(2))
    assert (first.seq, first.result) == (again.seq, again.result)
    with pytest.raises(DomainError) as raised:
        erase(evening)
    assert raised.value.code == "unknown_card"


def test_a_hidden_card_is_erased_too_and_counted_once(evening):
    evening.do(evening.staff, "card.hide", card=evening.secret, reason="insult", note="Nennt Nachbar Beispiel")
    assert "Nennt Nachbar" in everything(evening.board)
    erase(evening)
    assert "Nachbar" not in everything(evening.board)
    assert history.numbers(evening.board)["hidden"] == {"Persönliche Daten": 1}
    assert (
        fold(history.public_items(evening.board)).hidden
        == state.load_snapshot(evening.board.pk, "observer", None)["hidden"]
    )


def test_what_a_guest_takes_back_leaves_the_log(evening):
    result = Result.objects.get()
    evening.do(evening.author, "card.delete", card=evening.secret)
    kept = everything(evening.board)
    assert SECRET not in kept.replace(result.text, "")
    assert history.numbers(evening.board)["hidden"] == {}


def test_the_queue_erases_cards_of_boards_that_are_over(evening, moderator):
    evening.do(evening.staff, "phase.set", phase="closed")
    matter = Matter.objects.get(kind="card", object_key=evening.secret)
    moderation.delete(user=moderator, matter=matter, reason="personal_data", facts="Nennt einen Nachbarn.")
    assert SECRET not in everything(evening.board)
    assert Card.objects.get(uuid=evening.secret).hidden_reason == "personal"
    client = Client()
    client.force_login(moderator)
    page = client.get(f"/moderation/karten/{evening.secret}/")
    assert (page.status_code, SECRET in page.content.decode()) == (200, False)


def test_paper_dots_stand_beside_those_of_phones(evening):
    count = lambda votes, actor=evening.staff: evening.do(actor, "card.count", card=evening.secret, votes=votes)  # noqa: E731
    assert count(4).result == {"votes": {evening.secret: 5}}
    assert count(2).result == {"votes": {evening.secret: 3}}
    evening.do(evening.author, "vote.remove", target=evening.secret)
    assert Card.objects.get(uuid=evening.secret).votes == 2
    for wrong in (-1, 1001, "3", True, None):
        with pytest.raises(DomainError) as raised:
            count(wrong)
        assert raised.value.code == "invalid"
    with pytest.raises(DomainError) as raised:
        count(3, evening.author)
    assert raised.value.code == "not_allowed"
    assert history.numbers(evening.board)["dots"] == 2
