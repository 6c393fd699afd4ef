"""The programme as data: order, times, warnings, the form without JavaScript, and the free text of before."""

from __future__ import annotations

import importlib
import re
from datetime import time, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dialogues.domain import events, programme
from dialogues.domain.programme import Point
from dialogues.models import Event, ProgrammePoint, Speaker
from dialogues.models.programme import moment_of
from portal.accounts.domain import privacy
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db

FORM = {
    "title": "DigiLog: Bäume", "topic": "Wer gießt?", "question": "Was tun?", "starts_at": "2030-05-01T18:00",
    "ends_at": "2030-05-01T21:00", "venue": "Stadthaus",
}  # fmt: skip


def row(number, **fields):
    given = {"title": "Impuls", "kind": "talk", "clock": "18:30", "minutes": "20", "people": "1"} | fields
    return {f"punkt-{number}-{name}": value for name, value in given.items()}


@pytest.fixture
def staff(moderator):
    client = Client()
    client.force_login(moderator)
    return client


@pytest.fixture
def evening(make_event):
    """From 18:00 to 21:00 in Paderborn."""
    begins = timezone.localtime().replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=5)
    return make_event(starts_at=begins, ends_at=begins + timedelta(hours=3))


def test_a_programme_is_written_in_order_with_its_speakers(evening, moderator):
    points = [
        Point("Begrüßung", "welcome", time(18, 0), 15, "", (("Stabsstelle Digitalisierung", ""),)),
        Point("Impuls", "talk", time(18, 15), 20, "Zahlen", (("Amt für Umwelt", "Kim Beispiel"), ("Hochschule", ""))),
        Point("Ausklang", "closing"),
    ]
    events.change_event(user=moderator, event=evening, changes={}, points=points)
    assert programme.read(evening) == points
    assert [str(s) for s in Speaker.objects.filter(point__title="Impuls")] == [
        "Kim Beispiel, Amt für Umwelt", "Hochschule",
    ]  # fmt: skip
    events.change_event(user=moderator, event=evening, changes={}, points=points[:1])
    assert (ProgrammePoint.objects.count(), Speaker.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("point", "code"),
    [
        (Point("Zu früh", "other", time(17, 59)), "outside_event"),
        (Point("Zu spät", "other", time(21, 1)), "outside_event"),
        (Point("Zu lang", "other", time(20, 30), 31), "outside_event"),
        (Point("Endlos", "other", None, 721), "outside_event"),
        (Point("  "), "empty"),
        (Point("x" * 201), "too_long"),
        (Point("Was", "magic"), "unknown_kind"),
    ],
)
def test_a_programme_that_does_not_fit_is_refused_and_nothing_changes(evening, moderator, point, code):
    events.change_event(user=moderator, event=evening, changes={}, points=[Point("Bleibt")])
    with pytest.raises(DomainError, match=code):
        events.change_event(user=moderator, event=evening, changes={"title": "Anders"}, points=[point])
    assert [p.title for p in evening.points.all()] == ["Bleibt"]
    assert Event.objects.get(pk=evening.pk).title == "DigiLog: Mobilität"


def test_the_edges_of_an_evening_belong_to_it(evening):
    assert programme.fits(evening, time(18, 0), 180)
    assert programme.fits(evening, time(21, 0), None)
    assert not programme.fits(evening, time(18, 0), 181)


def test_a_clock_after_midnight_belongs_to_the_next_day(make_event):
    begins = timezone.localtime().replace(hour=22, minute=0, second=0, microsecond=0) + timedelta(days=3)
    night = make_event(starts_at=begins, ends_at=begins + timedelta(hours=4))
    assert moment_of(night, time(1, 30)) == begins + timedelta(hours=3, minutes=30)
    assert programme.fits(night, time(1, 30), 30)
    assert not programme.fits(night, time(1, 31), 30)


def test_overlaps_are_warned_of_in_german(evening, moderator):
    points = [
        Point("Impuls", "talk", time(18, 15), 45),
        Point("Pause", "break"),
        Point("World Café", "worldcafe", time(18, 45), 60),
        Point("Ernte", "harvest", time(19, 45), 30),
    ]
    events.change_event(user=moderator, event=evening, changes={}, points=points)
    assert programme.warnings(evening.points.all()) == [
        "„World Café“ beginnt um 18:45 Uhr, „Impuls“ dauert aber bis 19:00 Uhr."
    ]


def test_a_programme_moves_along_with_its_event(evening, moderator):
    events.change_event(user=moderator, event=evening, changes={}, points=[Point("Impuls", "talk", time(18, 15), 20)])
    later = evening.starts_at + timedelta(days=2, hours=1)
    events.move_event(user=moderator, event=evening, starts_at=later, ends_at=later + timedelta(hours=3))
    assert [p.clock for p in evening.points.all()] == [time(19, 15)]


def test_the_form_saves_rows_and_warns_of_overlaps(staff):
    data = FORM | {"punkt-zahl": "3"}
    data |= row(0) | row(1, title="World Café", clock="18:40", kind="worldcafe", minutes="60")
    data |= {"punkt-0-function-0": "Fachbereich Digitalisierung", "punkt-2-kind": "other", "punkt-2-people": "1"}
    page = staff.post("/dialoge/neu/", data, follow=True).content.decode()
    event = Event.objects.get()
    assert programme.read(event) == [
        Point("Impuls", "talk", time(18, 30), 20, "", (("Fachbereich Digitalisierung", ""),)),
        Point("World Café", "worldcafe", time(18, 40), 60),
    ]
    assert "„World Café“ beginnt um 18:40 Uhr, „Impuls“ dauert aber bis 18:50 Uhr." in page
    assert 'class="programme__people"' in page
    edit = staff.get(f"/dialoge/{event.slug}/bearbeiten/").content.decode()
    assert 'name="punkt-0-clock" value="18:30"' in edit
    assert 'name="punkt-zahl" value="2"' in edit


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"clock": "17:00"}, "liegt nicht zwischen Beginn (18:00 Uhr) und Ende (21:00 Uhr)"),
        ({"title": ""}, "Dieses Feld muss ausgefüllt werden"),
        ({"name-0": "Kim Beispiel"}, "in welcher Funktion"),
        ({"clock": "25:00"}, "gültige Uhrzeit"),
        ({"minutes": "0"}, "größer oder gleich 1"),
    ],
)
def test_mistakes_in_a_row_are_said_at_the_row_and_nothing_is_saved(staff, changes, words):
    page = staff.post("/dialoge/neu/", FORM | {"punkt-zahl": "1"} | row(0, **changes)).content.decode()
    assert words in page
    assert 'aria-invalid="true"' in page
    assert not Event.objects.exists()


def titles(page):
    return re.findall(r'name="punkt-\d+-title" value="([^"]*)"', page)


@pytest.mark.parametrize(
    ("action", "left"),
    [
        ("hoch-1", ["B", "A", "C"]),
        ("runter-1", ["A", "C", "B"]),
        ("weg-0", ["B", "C"]),
        ("hoch-0", ["A", "B", "C"]),
        ("runter-2", ["A", "B", "C"]),
        ("weg-99", ["A", "B", "C"]),
        ("weg-x", ["A", "B", "C"]),
        ("unsinn", ["A", "B", "C"]),
    ],
)
def test_rows_are_moved_without_javascript_and_nothing_is_saved_or_complained_about(staff, action, left):
    rows = {"punkt-zahl": "3"} | row(0, title="A", clock="99") | row(1, title="B") | row(2, title="C")
    page = staff.post("/dialoge/neu/", {"title": "", "zeile": action} | rows).content.decode()
    assert titles(page) == left
    assert 'aria-invalid="true"' not in page
    assert not Event.objects.exists()


def test_rows_and_people_are_added_without_javascript(staff):
    data = FORM | {"punkt-zahl": "1", "zeile": "neu", "punkt-0-function-0": "Amt"} | row(0)
    page = staff.post("/dialoge/neu/", data).content.decode()
    assert 'name="punkt-zahl" value="2"' in page
    assert 'value="DigiLog: Bäume"' in page
    page = staff.post("/dialoge/neu/", data | {"zeile": "person-0"}).content.decode()
    assert 'name="punkt-0-function-0" value="Amt"' in page
    assert 'name="punkt-0-function-1"' in page


def test_the_usual_evening_is_filled_in_from_the_beginning(staff):
    page = staff.post("/dialoge/neu/", FORM | {"starts_at": "2030-05-01T17:30", "zeile": "ueblich"}).content.decode()
    assert titles(page)[0] == "Ankommen"
    assert 'name="punkt-3-clock" value="18:30"' in page


def test_a_form_without_rows_leaves_the_programme_alone(staff, evening, moderator):
    events.change_event(user=moderator, event=evening, changes={}, points=[Point("Bleibt")])
    staff.post(f"/dialoge/{evening.slug}/bearbeiten/", FORM)
    assert [point.title for point in evening.points.all()] == ["Bleibt"]
    staff.post(f"/dialoge/{evening.slug}/bearbeiten/", FORM | {"punkt-zahl": "0"})
    assert not evening.points.exists()


@pytest.mark.parametrize("count", ["-1", "x", "99999999999", "²"])
def test_a_forged_number_of_rows_does_no_harm(staff, count):
    assert staff.post("/dialoge/neu/", FORM | {"punkt-zahl": count, "zeile": "neu"}).status_code == 200


migration = importlib.import_module("dialogues.migrations.0006_programme_points")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("18:15 Uhr Begrüßung", ("Begrüßung", time(18, 15), None)),
        ("18.30 Uhr: zwei Impulse", ("zwei Impulse", time(18, 30), None)),
        ("19 Uhr World Café", ("World Café", time(19, 0), None)),
        ("19:00–20:15 Uhr World Café", ("World Café", time(19, 0), 75)),
        ("17:30 Uhr Einlass", ("17:30 Uhr Einlass", None, None)),
        ("3 kurze Impulse", ("3 kurze Impulse", None, None)),
        ("20:00 bis 22:30 Uhr Konzert", ("20:00 bis 22:30 Uhr Konzert", None, None)),
        ("18:00", ("18:00", None, None)),
        ("Danach Ausklang", ("Danach Ausklang", None, None)),
    ],
)
def test_lines_of_the_free_programme_become_points_without_loss(evening, line, expected):
    assert migration.read(line, evening.starts_at, evening.ends_at) == expected


def test_kinds_are_guessed_from_the_words_of_a_line():
    words = ["Begrüßung", "zwei Impulse", "World Café: drei Runden", "Pause", "Ernte im Plenum", "Ende", "Lesung"]
    assert [migration.kind_of(word) for word in words] == [
        "welcome", "talk", "worldcafe", "break", "harvest", "closing", "other",
    ]  # fmt: skip


def test_names_are_forgotten_after_two_years_and_functions_stay(evening, moderator):
    points = [Point("Impuls", speakers=(("Amt für Umwelt", "Kim Beispiel"),))]
    events.change_event(user=moderator, event=evening, changes={}, points=points)
    assert "dialogues.speakers" in privacy.registered()["retention"]
    assert programme.forget_names(evening.ends_at, False) == 0
    after = evening.ends_at + timedelta(seconds=1)
    assert programme.forget_names(after, True) == 1
    assert programme.forget_names(after, False) == 1
    assert [str(speaker) for speaker in Speaker.objects.all()] == ["Amt für Umwelt"]
