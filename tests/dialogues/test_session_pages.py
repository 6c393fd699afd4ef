"""Pages around a session: rotation, prints, results with replay, downloads, observing, rehearsal, no-script paths."""

import csv
import io
import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from dialogues.domain import simulation, worldcafe
from dialogues.domain.board import actors, commands, hellos, seats, state
from dialogues.domain.board.replay import fold
from dialogues.models import Board, Card, Handover, Participant, Table
from portal.exceptions import DomainError
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(moderator):
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def evening(make_event, moderator):
    """A finished evening: two tables, three cards, one hidden, one answered by a note."""
    event = make_event(title="DigiLog: Schatten")
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=2, observers_allowed=True))
    desk.do(desk.staff, "round.start")
    guest = actors.guest(desk.seat(1, pseudonym="Ada Geheim").participant)
    cards = [desk.card(guest, text) for text in ("Mehr Bäume", "=1+1", "Unsinn über den Nachbarn")]
    desk.do(guest, "card.create", text="Ja, bitte", reply_to=cards[0])
    desk.do(guest, "vote.add", target=cards[0])
    desk.do(desk.staff, "card.hide", card=cards[2], reason="insult")
    desk.event = event
    return desk


def close(desk):
    desk.do(desk.staff, "phase.set", phase="closed")


def test_results_are_public_once_the_board_is_closed(client, staff, evening):
    names = ("board-page", "board-csv", "board-json", "board-minutes")
    for name in names:
        url = reverse(f"dialogues:{name}", args=[evening.event.slug])
        assert (client.get(url).status_code, staff.get(url).status_code) == (404, 200), name
    close(evening)
    for name in names:
        answer = client.get(reverse(f"dialogues:{name}", args=[evening.event.slug]))
        assert (answer.status_code, dict(answer.cookies)) == (200, {}), name
        assert "Nachbarn" not in answer.content.decode("utf-8", "replace"), name
        assert "Ada Geheim" not in answer.content.decode("utf-8", "replace"), name


def test_the_slider_shows_each_moment(client, evening):
    close(evening)
    url = reverse("dialogues:board-page", args=[evening.event.slug])
    assert "Beleidigung oder Herabsetzung: 1" in client.get(url).content.decode()
    assert "Mehr Bäume" in client.get(url).content.decode()
    seen = [("Mehr Bäume" in client.get(url, {"bei": str(n)}).content.decode()) for n in range(5)]
    assert seen == [False, False, False, True, True]
    assert "Mehr Bäume" in client.get(url, {"bei": "quatsch"}).content.decode()
    assert "Mehr Bäume" in client.get(url, {"bei": "99999999"}).content.decode()


def test_downloads_hold_what_the_board_showed(client, evening):
    close(evening)
    slug = evening.event.slug
    text = client.get(f"/dialoge/{slug}/tafel.csv").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [(row["text"], row["punkte"], row["antwort_auf"]) for row in rows] == [
        ("Mehr Bäume", "1", ""),
        ("'=1+1", "0", ""),
        ("Ja, bitte", "0", "Mehr Bäume"),
    ]
    data = json.loads(client.get(f"/dialoge/{slug}/tafel.json").content)
    snapshot = state.load_snapshot(evening.board.pk, "observer", None)
    assert list(fold(data["events"]).cards.values()) == snapshot["cards"]
    pdf = client.get(f"/dialoge/{slug}/protokoll.pdf")
    assert (pdf.headers["Content-Type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")


def test_observing_is_for_boards_that_allow_it(client, evening):
    url = reverse("dialogues:board-observe", args=[evening.event.slug])
    page = client.get(url)
    assert (page.status_code, dict(page.cookies)) == (200, {})
    assert evening.table().code not in page.content.decode()
    assert "Mehr Bäume" in page.content.decode()
    Board.objects.update(observers_allowed=False)
    assert client.get(url).status_code == 404
    Board.objects.update(observers_allowed=True)
    close(evening)
    assert client.get(url).status_code == 404


def test_plan_and_sheets_are_for_the_moderation(client, staff, evening):
    evening.do(evening.staff, "rotation.plan", rounds=2)
    for name in ("event-plan", "event-sheet"):
        url = reverse(f"dialogues:{name}", args=[evening.event.slug])
        assert client.get(url).status_code == 404
        assert staff.get(url).status_code == 200
    page = staff.get(reverse("dialogues:event-plan", args=[evening.event.slug])).content.decode()
    assert "Ada Geheim" in page
    pdf = staff.get(reverse("dialogues:event-plan", args=[evening.event.slug]), {"als": "pdf"})
    assert pdf.content[:5] == b"%PDF-"


def test_the_console_plans_moves_pauses_and_groups_by_forms(staff, evening):
    console = reverse("dialogues:event-console", args=[evening.event.slug])
    staff.post(console, {"op": "round.pause"})
    assert evening.board.rounds.get(number=1).paused_at is not None
    assert "Zeit weiterlaufen lassen" in staff.get(console).content.decode()
    staff.post(console, {"op": "round.resume"})
    cards = [str(uuid) for uuid in Card.objects.filter(state="visible").values_list("uuid", flat=True)[:2]]
    staff.post(console, {"op": "cluster.create", "cards": cards, "title": "Grün"})
    assert Card.objects.filter(cluster__title="Grün").count() == 2
    staff.post(console, {"op": "round.end"})
    staff.post(console, {"op": "rotation.plan", "rounds": "2"})
    page = staff.get(console).content.decode()
    assert "Niemand sitzt zweimal am selben Tisch" in page
    fields = {"op": "card.create", "paper": "1", "table": "2", "round": "1", "kind": "idea", "text": "Vom Blatt"}
    staff.post(console, fields)
    assert Card.objects.get(text="Vom Blatt").table.number == 2


def test_a_rehearsal_with_invented_guests(client, staff, make_user):
    citizen = Client()
    citizen.force_login(make_user())
    for outsider in (client, citizen):
        assert outsider.post("/dialoge/probe/neu/").status_code == 404
    assert not Board.objects.exists()
    address = staff.post("/dialoge/probe/neu/").headers["Location"]
    assert staff.get(address).status_code == 200
    board = Board.objects.get()
    assert (board.is_practice, board.simulated_guests) == (True, 24)
    for _step in range(12):
        simulation.step(board.pk)
    assert Participant.objects.filter(board=board).count() == 24
    assert board.log.exclude(event__in=["participant.seated", "round.started"]).exists()
    assert actors.find_participant("p.x", board) is None


def test_nobody_is_invented_on_a_real_board(desk):
    Board.objects.update(is_practice=False, simulated_guests=5)
    simulation.step(desk.board.pk)
    assert not Participant.objects.exists()


def test_without_script_a_host_groups_hands_over_and_calls(client, desk):
    url = f"/t/{desk.table().code}/"
    client.post(url, {"op": "join", "pseudonym": "Ada"})
    for text in ("Eins", "Zwei"):
        client.post(url, {"op": "card.create", "text": text, "kind": "idea", "lang": "de"})
    cards = [str(uuid) for uuid in Card.objects.values_list("uuid", flat=True)]
    client.post(url, {"op": "host.set"})
    assert Table.objects.get(number=1, board=desk.board).host == Participant.objects.get()
    client.post(url, {"op": "cluster.create", "cards": cards, "title": "Beide"})
    client.post(url, {"op": "handover.write", "text": "Bitte weiter mit den Bänken"})
    client.post(url, {"op": "help.call"})
    desk.do(desk.staff, "participant.mark", participant=str(Participant.objects.get().uuid))
    client.post(url, {"op": "card.create", "text": "Genau", "reply_to": cards[0], "lang": "de"})
    page = client.get(url).content.decode()
    for words in (
        "Gruppe: Beide",
        "Bitte weiter mit den Bänken",
        "Die Moderation weiß Bescheid",
        "Genau",
        "Ada (Fachperson)",
    ):
        assert words in page, words
    assert Handover.objects.count() == 1
    client.post(url, {"op": "host.set", "participant": ""})
    assert Table.objects.get(number=1, board=desk.board).host is None
    client.post(url, {"op": "participant.leave"})
    assert Participant.objects.get().left_at is not None
    assert "Am Tisch Platz nehmen" in client.get(url).content.decode()


def test_without_script_one_is_told_the_next_table_and_where_to_go(client, desk):
    url = f"/t/{desk.table().code}/"
    client.post(url, {"op": "join"})
    desk.do(desk.staff, "rotation.plan", rounds=3)
    guest = Participant.objects.select_related("table").get()
    promised = hellos.welcome_guest(Board.objects.get(), guest)["next_table"]
    assert f"In der nächsten Runde: Tisch {promised}" in client.get(url).content.decode()
    desk.do(desk.staff, "round.end")
    desk.do(desk.staff, "rotation.move")
    page = client.get(url).content.decode()
    assert f"Sie gehen jetzt zu Tisch {promised}" in page
    assert f"/t/{desk.table(promised).code}/" in page
    assert "Ihre Karte" in client.get(f"/t/{desk.table(promised).code}/").content.decode()


def test_a_page_loaded_anew_moves_nobody_back(client, desk):
    seat = desk.seat(1)
    seats.join(code=desk.table(2).code, token=seat.token)
    fields = {"token": seat.token, "resume": "1"}
    answer = client.post(f"/t/{desk.table(1).code}/", fields, headers={"accept": "application/json"}).json()
    assert answer["table"] == 2
    answer = client.post(f"/t/{desk.table(1).code}/", {"token": seat.token}, headers={"accept": "application/json"})
    assert answer.json()["table"] == 1


@pytest.mark.parametrize(("form", "tables", "budget"), [("podium", 1, 50), ("poll", 1, 1), ("speed", 4, 3)])
def test_other_formats_run_on_the_same_board(make_event, moderator, staff, client, form, tables, budget):
    event = make_event()
    fields = {
        "op": "open", "format": form, "tables": 4, "rounds": 3, "seat_limit": 2, "vote_budget": 3,
        "moderation": "after", "question": "Was nun?", "question_en": "What now?",
    }  # fmt: skip
    staff.post(reverse("dialogues:event-console", args=[event.slug]), fields)
    board = Board.objects.get()
    assert (board.format, board.tables.count(), board.vote_budget) == (form, tables, budget)
    commands.execute(actor=actors.moderator(moderator), board_id=board.pk, op="round.start", args={})
    url = f"/t/{board.tables.first().code}/"
    client.post(url, {"op": "join"})
    page = client.get(url).content.decode()
    assert ("Ihre Frage an das Podium" in page) == (form == "podium")
    assert staff.get(reverse("dialogues:event-console", args=[event.slug])).status_code == 200
    assert staff.get(reverse("dialogues:event-projector", args=[event.slug])).status_code == 200
    english = Client()
    seat = seats.join(code=board.tables.first().code)
    english.cookies["tisch"] = seat.token
    assert "What now?" in english.get(f"/en{url}").content.decode()


def test_a_second_session_waits_for_the_first(make_event, moderator):
    event = make_event()
    worldcafe.open_world_cafe(user=moderator, event=event, tables=1)
    with pytest.raises(DomainError, match="already_open"):
        worldcafe.open_world_cafe(user=moderator, event=event, tables=1, format="podium")


def page_of(client, path):
    page = client.get(path).content.decode()
    return page, json.loads(re.search(r'id="worte" type="application/json">(.+?)</script>', page)[1])


def test_two_languages_share_one_board(client, desk):
    """A German and an English page of one table, both without script; each card says its language."""
    url = desk.table().get_absolute_url()
    english = Client()
    for guest, path in ((client, url), (english, f"/en{url}")):
        assert guest.post(path, {"op": "join"})["Location"].startswith(path)
    client.post(url, {"op": "card.create", "text": "Mehr Bäume", "lang": "de"})
    english.post(f"/en{url}", {"op": "card.create", "text": "More trees", "lang": "en"})
    for guest, path, text, lang in (
        (client, url, "More trees", "en"), (english, f"/en{url}", "Mehr Bäume", "de"),
    ):  # fmt: skip
        page, _words = page_of(guest, path)
        assert re.search(rf'<p class="note__text"[^>]* lang="{lang}"[^>]*>{text}', page), lang
    refused = english.post(f"/en{url}", {"op": "vote.remove", "target": str(Card.objects.first().uuid)})
    assert "Hier liegt kein Punkt von Ihnen." not in refused.content.decode()


def test_the_script_says_refusals_in_the_language_of_its_page(client, desk):
    url = desk.table().get_absolute_url()
    assert page_of(client, url)[1]["refused"] == {}, "the server's own sentence is more exact"
    said = page_of(client, f"/en{url}")[1]["refused"]
    assert said["unknown_card"] == "This card no longer exists."
    assert {"round_closed", "board_closed", "budget_spent", "4403"} <= said.keys()
