"""Numbers of an evening and of a year: equal to what happened, for those who may see them."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dialogues.domain import feedback, figures, harvest, worldcafe
from dialogues.domain.board import actors
from dialogues.enums import Circle
from dialogues.models import BoardEvent, Participant
from tests.dialogues.conftest import Desk

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


def hold(event, moderator, *, tables=2):
    """Two rounds: three cards at table 1 and one of paper at table 2, a note, dots, one card hidden, one erased."""
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=tables))
    desk.event = event
    desk.do(desk.staff, "round.start")
    early, leaver = desk.guest(1), desk.guest(2)
    cards = [desk.card(early, f"Karte {n}", kind=kind) for n, kind in enumerate(("idea", "idea", "question"))]
    desk.do(early, "card.create", text="Ja", reply_to=cards[0])
    desk.do(early, "vote.add", target=cards[0])
    desk.do(desk.staff, "card.create", text="Papier", kind="concern", paper=True, table=2, round=2)
    for reason in ("insult", "advert"):
        bad = desk.card(early, "Unsinn")
        desk.do(desk.staff, "card.hide" if reason == "insult" else "card.erase", card=bad, reason=reason)
    desk.do(leaver, "participant.leave")
    desk.do(desk.staff, "round.end")
    desk.do(desk.staff, "round.start")
    desk.guest(2)
    desk.do(desk.staff, "round.end")
    desk.do(desk.staff, "card.count", card=cards[1], votes=3)
    harvest.mark_result(user=moderator, event=event, source=UUID(cards[0]))
    harvest.publish_results(user=moderator, event=event)
    desk.cards = cards
    return desk


@pytest.fixture
def evening(make_event, moderator):
    return hold(make_event(title="DigiLog: Schatten", days=0), moderator)


def charts_of(board):
    return {chart.key: [(row.label, row.count) for row in chart.rows] for chart in figures.charts(board)}


def test_an_evening_counts_what_happened(evening, moderator):
    found = figures.evening(evening.board, ANYONE)
    totals = {key: number for key, _label, number in found.totals}
    assert totals == {
        "guests": 3, "tables": 2, "rounds": 2, "cards": 4, "paper": 1, "replies": 1, "dots": 4, "results": 1,
        "contributions": 0, "answered": 0,
    }  # fmt: skip
    assert [key for key, *_rest in figures.evening(evening.board, moderator).totals][-1] == "feedback"


def test_charts_count_by_round_kind_table_and_reason(evening):
    found = charts_of(evening.board)
    assert found["round_cards"] == [("Runde 1", 3), ("Runde 2", 1)]
    assert found["kinds"] == [("Idee", 2), ("Frage", 1), ("Bedenken", 1)]
    assert found["tables"] == [("Tisch 1", 3), ("Tisch 2", 1)]
    assert sorted(found["reasons"]) == [("Beleidigung oder Herabsetzung", 1), ("Werbung", 1)]
    assert found["round_guests"] == [("Runde 1", 2), ("Runde 2", 2)]


def test_guests_who_left_are_not_in_later_rounds(evening):
    Participant.objects.exclude(left_at=None).update(left_at=timezone.now() + timedelta(hours=1))
    assert charts_of(evening.board)["round_guests"] == [("Runde 1", 2), ("Runde 2", 3)]


def test_the_course_of_an_evening_has_equal_steps_without_gaps(evening):
    acts = list(BoardEvent.objects.filter(event__in=("card.created", "votes.changed")).order_by("seq"))
    start = timezone.localtime().replace(hour=18, minute=7, second=0, microsecond=0)
    for number, row in enumerate(acts):
        at = start if number < 2 else start + timedelta(minutes=50)
        BoardEvent.objects.filter(pk=row.pk).update(at=at)
    rows = charts_of(evening.board)["time"]
    labels = [label for label, _count in rows]
    assert labels[:2] + labels[-1:] == ["18:05", "18:10", "18:55"]
    assert [count for _label, count in rows] == [2, *[0] * (len(rows) - 2), len(acts) - 2]
    BoardEvent.objects.filter(pk=acts[-1].pk).update(at=start + timedelta(days=40))
    assert len(charts_of(evening.board)["time"]) <= 97


def test_a_board_without_anything_has_no_chart(make_event, moderator):
    board = worldcafe.open_world_cafe(user=moderator, event=make_event(), tables=1)
    assert figures.evening(board, moderator).charts == []


def test_feedback_is_counted_for_the_public_after_its_last_day_only(evening, moderator):
    evening.do(evening.staff, "phase.set", phase="harvest")
    evening.board.refresh_from_db()
    guest = evening.board.participants.filter(left_at=None).first()
    feedback.give(guest=guest, board=evening.board, scale="5")
    assert figures.feedback_count(evening.board, ANYONE) is None
    assert figures.feedback_count(evening.board, moderator) == 1


# Pages


def test_the_page_is_public_with_the_board(make_event, moderator):
    event = make_event(title="Läuft noch", days=0)
    desk = Desk(worldcafe.open_world_cafe(user=moderator, event=event, tables=1))
    urls = [reverse(f"dialogues:{name}", args=[event.slug]) for name in ("event-figures", "event-figures-csv")]
    assert [Client().get(url).status_code for url in urls] == [404, 404]
    desk.do(desk.staff, "phase.set", phase="closed")
    assert [Client().get(url).status_code for url in urls] == [200, 200]


def test_page_and_file_tell_the_same_numbers(evening, client):
    page = client.get(reverse("dialogues:event-figures", args=[evening.event.slug])).content.decode()
    assert "Karten an jedem Tisch" in page
    assert "Gast" not in page.replace("Gäste", "")
    sheet = client.get(reverse("dialogues:event-figures-csv", args=[evening.event.slug]))
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig")), delimiter=";"))
    assert ("gesamt", "Karten", "4") in [(row["was"], row["wovon"], row["anzahl"]) for row in rows]
    assert ("Karten an jedem Tisch", "Tisch 1", "3") in [(row["was"], row["wovon"], row["anzahl"]) for row in rows]


def test_the_year_sums_public_evenings_and_staff_sees_each(evening, make_event, moderator):
    hold(make_event(title="Interne Werkstatt", days=0, circle=Circle.STAFF), moderator)
    make_event(title="Ohne Tische", days=0)
    year = evening.event.starts_at.year
    lines = figures.evenings(year, ANYONE)
    assert [line.event.title for line in lines] == ["DigiLog: Schatten"]
    assert figures.totals_of(lines) == {
        "evenings": 1, "guests": 3, "tables": 2, "cards": 4, "dots": 4, "hidden": 2, "results": 1, "contributions": 0,
        "answered": 0,
    }  # fmt: skip
    assert [line.event.title for line in figures.evenings(year, moderator)] == [
        "DigiLog: Schatten",
        "Interne Werkstatt",
    ]
    assert figures.evenings(year - 1, moderator) == []
    public = Client().get("/dialoge/zahlen/").content.decode()
    assert "Interne Werkstatt" not in public
    assert "Rückmeldungen" not in public
    staff = Client()
    staff.force_login(moderator)
    assert "Interne Werkstatt" in staff.get("/dialoge/zahlen/").content.decode()
    assert "Interne Werkstatt" in staff.get("/dialoge/zahlen.csv").content.decode()
    assert "Interne Werkstatt" not in Client().get("/dialoge/zahlen.csv").content.decode()


@pytest.mark.parametrize("year", ["x", "1999", "99999999", "²", "-1"])
def test_what_is_no_year_is_not_found(db, client, year):
    assert client.get("/dialoge/zahlen/", {"jahr": year}).status_code == 404


def test_a_year_without_evenings_says_so(db, client):
    assert "noch keinen Abend" in client.get("/dialoge/zahlen/", {"jahr": "2001"}).content.decode()


def test_lists_ask_the_database_as_often_for_thirty_evenings(make_event, moderator):
    hold(make_event(days=0), moderator)
    counts = []
    for _turn in range(2):
        with CaptureQueriesContext(connection) as seen:
            figures.evenings(timezone.now().year, ANYONE)
        counts.append(len(seen))
        for _number in range(29):
            worldcafe.open_world_cafe(user=moderator, event=make_event(days=0), tables=1)
    assert counts[0] == counts[1]


def test_guests_are_no_names_in_any_number(evening, client):
    seat = actors.guest(evening.seat(1, pseudonym="Ada Geheim").participant)
    evening.do(evening.staff, "round.start")
    evening.card(seat)
    for url in ("zahlen/", "zahlen.csv"):
        assert "Ada Geheim" not in client.get(f"/dialoge/{evening.event.slug}/{url}").content.decode()
