"""Hosts of tables propose results, the moderation takes them over, words and orders them; an evening typed in later."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from dialogues.domain import harvest, proposals, worldcafe
from dialogues.domain.board import actors, state, views
from dialogues.domain.online import dialogues as online
from dialogues.domain.online import harvesting
from dialogues.enums import View
from dialogues.models import Board, Card, OnlineDialogue, Result
from portal import audit
from portal.accounts.enums import Role
from portal.audit.models import AuditEntry
from portal.exceptions import DomainError, NotAllowed
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def evening(make_event, moderator):
    """Two tables; at table 1 a host with a group of two cards."""
    event = make_event(title="DigiLog: Schatten", days=0)
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=2))
    desk.do(desk.staff, "round.start")
    desk.event, desk.host = event, desk.guest()
    desk.do(desk.host, "host.set")
    cards = [desk.card(desk.host, text) for text in ("Bäume am Markt", "Bänke unter Bäumen")]
    desk.group = desk.do(desk.host, "cluster.create", cards=cards, title="Schatten").result["cluster"]["id"]
    desk.cards = cards
    return desk


def guest_of(desk, actor):
    return desk.board.participants.get(pk=actor.participant_id)


def propose(desk, source=None, text="", actor=None):
    return proposals.propose(
        guest=guest_of(desk, actor or desk.host), board=desk.board, source=UUID(source or desk.group), text=text
    )


def refusal(call):
    with pytest.raises(DomainError) as raised:
        call()
    return raised.value.code


@pytest.fixture
def staff(moderator):
    client = Client()
    client.force_login(moderator)
    return client


def test_a_host_proposes_and_words_it_anew(evening):
    first = propose(evening)
    assert (first.text, first.is_proposal, first.published_at) == ("Schatten", True, None)
    again = propose(evening, text="Mehr Schatten am Markt")
    assert (again.pk, again.text, Result.objects.count()) == (first.pk, "Mehr Schatten am Markt", 1)
    shown = proposals.of_table(evening.board, 1)
    assert shown == {evening.group: {"text": "Mehr Schatten am Markt", "accepted": False}}
    assert proposals.of_table(evening.board, 2) == {}


def test_the_consoles_hear_of_a_proposal_and_nobody_else(evening):
    seq = Board.objects.get(pk=evening.board.pk).seq
    propose(evening, text="Mehr Schatten am Markt")
    row = evening.board.log.get(seq=seq + 1)
    assert (row.event, row.body) == ("result.proposed", {"result": {"table": 1}})
    page = state.load_log(evening.board.pk, seq)
    shown = {view: views.items_for(page.rows, view, None, page.cards)[0] for view in View}
    assert shown.pop(View.MODERATOR)["result"] == {"table": 1}
    assert {item["event"] for item in shown.values()} == {"skip"}


def test_a_refused_proposal_takes_no_number(evening):
    seq = Board.objects.get(pk=evening.board.pk).seq
    assert refusal(lambda: propose(evening, source=str(uuid4()))) == "unknown_target"
    assert Board.objects.get(pk=evening.board.pk).seq == seq == evening.board.log.count()


def test_only_the_host_of_that_table_proposes(evening):
    other = evening.guest(2)
    evening.do(other, "host.set")
    plain = evening.guest()
    with pytest.raises(NotAllowed):
        propose(evening, actor=plain)
    assert refusal(lambda: propose(evening, actor=other)) == "unknown_target"
    assert refusal(lambda: propose(evening, source=str(uuid4()))) == "unknown_target"
    with pytest.raises(NotAllowed):
        proposals.propose(guest=None, board=evening.board, source=UUID(evening.group))
    evening.do(evening.staff, "participant.block", participant=str(guest_of(evening, evening.host).uuid))
    with pytest.raises(NotAllowed):
        propose(evening)


def test_hidden_cards_dissolved_groups_and_closed_boards_give_no_result(evening):
    evening.do(evening.staff, "card.hide", card=evening.cards[0], reason="insult")
    assert refusal(lambda: propose(evening, source=evening.cards[0])) == "unknown_target"
    evening.do(evening.host, "cluster.dissolve", cluster=evening.group)
    assert refusal(lambda: propose(evening)) == "unknown_target"
    evening.do(evening.staff, "phase.set", phase="closed")
    assert refusal(lambda: propose(evening, source=evening.cards[1])) == "board_closed"


def test_practice_boards_have_no_results(desk):
    host = desk.guest()
    desk.do(host, "host.set")
    card = desk.card(host)
    assert refusal(lambda: propose(desk, source=card, actor=host)) == "no_event"


def test_proposals_are_not_published_before_they_are_accepted(evening, moderator, client):
    proposal = propose(evening, text="Mehr Schatten")
    assert refusal(lambda: harvest.publish_results(user=moderator, event=evening.event)) == "no_results"
    proposals.accept(user=moderator, result=proposal)
    proposals.accept(user=moderator, result=proposal)
    assert refusal(lambda: propose(evening, text="Doch anders")) == "already_taken"
    harvest.publish_results(user=moderator, event=evening.event)
    assert "Mehr Schatten" in client.get(evening.event.get_absolute_url()).content.decode()
    actions = list(
        AuditEntry.objects.filter(action__startswith="harvest.").order_by("pk").values_list("action", flat=True)
    )
    assert actions == ["harvest.proposed", "harvest.accepted", "harvest.published"]
    assert audit.verify().ok


def test_marking_what_was_proposed_takes_it_over(evening, moderator):
    proposal = propose(evening, text="Mehr Schatten")
    marked = harvest.mark_result(user=moderator, event=evening.event, source=UUID(evening.group))
    assert (marked.pk, marked.is_proposal, marked.text) == (proposal.pk, False, "Mehr Schatten")


def test_the_moderation_words_and_orders_results(evening, moderator, make_user):
    rows = [harvest.mark_result(user=moderator, event=evening.event, source=UUID(card)) for card in evening.cards]
    third = propose(evening)
    order = lambda: [row.text for row in evening.event.results.filter(is_proposal=False)]  # noqa: E731
    proposals.shift(user=moderator, result=rows[1], up=True)
    assert order() == ["Bänke unter Bäumen", "Bäume am Markt"]
    proposals.shift(user=moderator, result=rows[1], up=True)
    proposals.shift(user=moderator, result=third, up=True)
    assert order() == ["Bänke unter Bäumen", "Bäume am Markt"]
    proposals.shift(user=moderator, result=rows[1], up=False)
    assert order() == ["Bäume am Markt", "Bänke unter Bäumen"]
    assert proposals.reword(user=moderator, result=rows[0], text=" Bäume auf dem Markt ").text == "Bäume auf dem Markt"
    assert refusal(lambda: proposals.reword(user=moderator, result=rows[0], text=" ")) == "empty"
    harvest.publish_results(user=moderator, event=evening.event)
    assert refusal(lambda: proposals.reword(user=moderator, result=rows[0], text="Zu spät")) == "already_published"
    outsider = make_user(Role.PROJECT_LEAD)
    for act in (
        lambda: proposals.accept(user=outsider, result=third),
        lambda: proposals.reword(user=outsider, result=third, text="x"),
        lambda: proposals.shift(user=outsider, result=third, up=True),
    ):
        with pytest.raises(NotAllowed):
            act()


# Pages


def test_a_host_without_script_proposes_on_the_table_s_page(evening, staff):
    client, code = Client(), evening.table(2).code
    client.post(f"/t/{code}/", {"pseudonym": "Bo"})
    assert client.post(f"/t/{code}/ergebnis/", {"source": str(uuid4())}).status_code == 403
    client.post(f"/t/{code}/", {"op": "host.set"})
    client.post(f"/t/{code}/", {"op": "card.create", "text": "Radweg", "kind": "idea"})
    card = Card.objects.get(text="Radweg")
    client.post(f"/t/{code}/", {"op": "cluster.create", "cards": [str(card.uuid)], "title": "Rad"})
    page = client.get(f"/t/{code}/").content.decode()
    assert "Als Ergebnis vorschlagen" in page
    source = str(card.uuid)
    card.refresh_from_db()
    source = str(card.cluster.uuid)
    assert client.post(f"/t/{code}/ergebnis/", {"source": source, "text": "Ein Radweg zum Markt"}).status_code == 302
    assert "Vorgeschlagen. Die Moderation entscheidet." in client.get(f"/t/{code}/").content.decode()
    console = f"/dialoge/{evening.event.slug}/moderation/"
    page = staff.get(console).content.decode()
    assert "Vorschläge der Tische" in page
    assert "Tisch 2: Ein Radweg zum Markt" in page
    result = Result.objects.get()
    staff.post(console, {"op": "result.reword", "result": result.pk, "text": "Radweg zum Markt"})
    staff.post(console, {"op": "result.accept", "result": result.pk})
    result.refresh_from_db()
    assert (result.text, result.is_proposal) == ("Radweg zum Markt", False)
    assert "Die Moderation hat das als Ergebnis übernommen." in client.get(f"/t/{code}/").content.decode()
    assert client.get(f"/t/{code}/ergebnis/").status_code == 405


def test_a_phone_proposes_with_its_token(evening):
    seat = evening.seat(2)
    evening.do(evening.staff, "host.set", table=2, participant=str(seat.participant.uuid))
    guest = evening.board.participants.get(pk=seat.participant.pk)
    card = evening.card(actors.guest(guest), "Radweg")
    url = f"/t/{evening.table(2).code}/ergebnis/"
    fields = {"token": seat.token, "source": card, "text": "Radweg zum Markt"}
    done = Client().post(url, fields, headers={"Accept": "application/json"})
    assert (done.status_code, done.json()) == (201, {"message": "Vorgeschlagen. Die Moderation entscheidet."})
    wrong = Client().post(url, fields | {"source": "quatsch"}, headers={"Accept": "application/json"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "invalid")
    foreign = Client().post(url, fields, headers={"Accept": "application/json", "Origin": "https://boese.example"})
    assert (foreign.status_code, foreign.json()["code"]) == (403, "bad_origin")
    unknown = Client().post("/t/XXXXX/ergebnis/", fields, headers={"Accept": "application/json"})
    assert unknown.status_code == 404


# From the table to an answer, and an evening that was written on paper


@pytest.fixture
def dialogue(moderator):
    now = timezone.now()
    found = online.create_dialogue(
        user=moderator,
        title="Schatten in der Stadt",
        topic="Wir sammeln Orte.",
        question="Wo fehlt Schatten?",
        moments=[now + timedelta(days=days) for days in (-2, -1, 5, 9, 20)],
        categories=[("Grün", "Amt für Grün")],
    )
    return online.publish_dialogue(user=moderator, dialogue=found)


def test_an_evening_on_paper_is_typed_in_afterwards(make_event, moderator, staff, client):
    """No phone all evening: cards of two rounds, dots counted on the wall, a group, results, minutes."""
    event = make_event(title="DigiLog: Papier", days=-1)
    console = f"/dialoge/{event.slug}/moderation/"
    form = {"op": "open", "format": "worldcafe", "tables": "2", "rounds": "2", "seat_limit": "8", "vote_budget": "3"}
    staff.post(console, form | {"moderation": "after", "question": "Was brauchen Sie?"})
    board = event.boards.get()
    for text, table, number in (("Bänke", 1, 1), ("Bäume", 1, 1), ("Radweg", 2, 2)):
        fields = {"op": "card.create", "paper": "1", "table": table, "round": number, "kind": "idea", "text": text}
        staff.post(console, fields)
    shown = list(Card.objects.order_by("pk").values_list("text", "table__number", "round__number", "paper"))
    assert shown == [("Bänke", 1, 1, True), ("Bäume", 1, 1, True), ("Radweg", 2, 2, True)]
    cards = [str(uuid) for uuid in Card.objects.order_by("pk").values_list("uuid", flat=True)]
    for card, dots in zip(cards, ("4", "2", "0"), strict=True):
        staff.post(console, {"op": "card.count", "card": card, "votes": dots})
    staff.post(console, {"op": "cluster.create", "cards": cards[:2], "title": "Schatten"})
    staff.post(console, {"op": "result.mark", "source": str(board.clusters.get().uuid)})
    staff.post(console, {"op": "results.publish", "summary": "Ein Abend ohne Telefone."})
    staff.post(console, {"op": "phase.set", "phase": "closed"})
    page = client.get(event.get_absolute_url()).content.decode()
    assert "Schatten" in page
    assert "Ein Abend ohne Telefone." in page
    result = Result.objects.get()
    assert (result.votes, result.published_at is not None) == (6, True)
    replay = client.get(f"/dialoge/{event.slug}/tafel/").content.decode()
    assert "Punkte: 4" in replay
    assert client.get(f"/dialoge/{event.slug}/protokoll.pdf").content[:5] == b"%PDF-"
    text = client.get(f"/dialoge/{event.slug}/tafel.csv").content.decode("utf-8-sig")
    assert "1;1;Idee;Bänke;Schatten;4;" in text


def test_a_result_becomes_a_contribution_with_the_city_s_clock(evening, moderator, dialogue):
    proposal = propose(evening, text="Mehr Schatten am Markt")
    proposals.accept(user=moderator, result=proposal)
    harvest.publish_results(user=moderator, event=evening.event)
    result = Result.objects.get()
    assert harvesting.waiting_results(dialogue) == [result]
    category = OnlineDialogue.objects.get().categories.first()
    contribution = harvesting.adopt(user=moderator, dialogue=dialogue, result=result, category=category)
    assert contribution.answer_due > timezone.now()
    assert (contribution.text, contribution.channel, harvesting.waiting_results(dialogue)) == (
        "Mehr Schatten am Markt",
        "digilog",
        [],
    )
