"""Reminders, once each; what the registered hear when the event moves or is cancelled."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain import events
from dialogues.domain.registration import door, own, tokens, upkeep
from dialogues.models import Event, Registration
from tests.dialogues.registration.conftest import ask, calendar_of, join, mails, subjects

pytestmark = pytest.mark.django_db
REMINDER = "Erinnerung: DigiLog: Mobilität"


def soon(event, hours, seated_before=200):
    """Lets the event begin in so many hours; everybody has had a seat for long."""
    start = timezone.now() + timedelta(hours=hours)
    Event.objects.filter(pk=event.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))
    Registration.objects.exclude(seat_at=None).update(seat_at=timezone.now() - timedelta(hours=seated_before))


def test_reminders_go_three_days_and_one_day_before_once_each(make_open):
    event = make_open(seats=1)
    join(event)
    join(event, "wartet@test.example")
    for hours, expected in ((73, 0), (71, 1), (70, 1), (25, 1), (23, 2), (1, 2), (-1, 2)):
        soon(event, hours)
        upkeep.run()
        upkeep.run()
        assert subjects("anna@test.example").count(REMINDER) == expected, hours
    assert subjects("wartet@test.example").count(REMINDER) == 0
    first, second = [mail.text for mail in mails("anna@test.example") if mail.subject == REMINDER]
    assert "in drei Tagen ist es so weit." in first
    assert "morgen ist es so weit." in second


def test_after_a_standstill_only_the_nearest_reminder_goes(make_open):
    event = make_open()
    join(event)
    soon(event, 20)
    upkeep.run()
    assert subjects("anna@test.example").count(REMINDER) == 1
    assert "morgen" in mails("anna@test.example")[-1].text


def test_who_got_the_seat_just_now_is_not_reminded_of_it(make_open):
    event = make_open()
    join(event)
    soon(event, 60, seated_before=0)
    upkeep.run()
    assert subjects("anna@test.example").count(REMINDER) == 0
    soon(event, 20, seated_before=40)
    upkeep.run()
    assert subjects("anna@test.example").count(REMINDER) == 1


def test_many_are_reminded_in_chunks_and_each_once(make_open, monkeypatch):
    monkeypatch.setattr(upkeep, "CHUNK", 2)
    event = make_open(seats=None)
    for number in range(5):
        join(event, f"gast{number}@test.example")
    soon(event, 20)
    assert upkeep.remind() == 5
    assert upkeep.remind() == 0


def test_an_idle_job_writes_nothing(make_open, django_assert_num_queries):
    event = make_open(days=30)
    join(event)
    with django_assert_num_queries(3):
        upkeep.run()


def test_another_time_is_told_to_those_with_a_seat_and_those_who_wait(make_open, moderator):
    event = make_open(seats=1, event={"venue": "Stadthaus"})
    join(event)
    join(event, "wartet@test.example")
    ask(event, "stumm@test.example")
    event.refresh_from_db()
    before, start = event.sequence, event.starts_at + timedelta(days=7)
    changes = {"starts_at": start, "ends_at": start + timedelta(hours=2), "move_reason": "Der Saal ist belegt."}
    events.change_event(user=moderator, event=event, changes=changes)
    for address in ("anna@test.example", "wartet@test.example"):
        mail = mails(address)[-1]
        assert mail.subject == "Geändert: DigiLog: Mobilität"
        assert "Der Saal ist belegt." in mail.text
        assert mail.text.index("Bisher:") < mail.text.index("Jetzt gilt:")
    assert subjects("stumm@test.example") == ["Bitte bestätigen: DigiLog: Mobilität"]
    entry = calendar_of(mails("anna@test.example")[-1])
    assert f"SEQUENCE:{before + 1}\n" in entry
    assert f"DTSTART:{start:%Y%m%dT%H%M%S}Z\n" in entry


def test_another_place_is_told_and_other_changes_are_not(make_open, moderator):
    event = make_open(event={"venue": "Stadthaus"})
    join(event)
    events.change_event(user=moderator, event=event, changes={"title": "DigiLog: Neuer Titel"})
    assert len(mails("anna@test.example")) == 2
    events.change_event(user=moderator, event=event, changes={"venue": "Bibliothek"})
    text = mails("anna@test.example")[-1].text
    assert text.index("Stadthaus") < text.index("Bibliothek")


def test_a_form_that_changed_the_object_already_does_not_hide_the_move(make_open, moderator):
    event = make_open(event={"venue": "Stadthaus"})
    join(event)
    event.venue = "Bibliothek"
    events.change_event(user=moderator, event=event, changes={"venue": "Bibliothek"})
    assert subjects("anna@test.example")[-1] == "Geändert: DigiLog: Mobilität"


def test_reminders_start_anew_after_a_move(make_open, moderator):
    event = make_open()
    join(event)
    soon(event, 70)
    upkeep.run()
    event.refresh_from_db()
    start = timezone.now() + timedelta(days=10)
    events.change_event(
        user=moderator, event=event, changes={"starts_at": start, "ends_at": start + timedelta(hours=1)}
    )
    soon(event, 70)
    upkeep.run()
    assert subjects("anna@test.example").count(REMINDER) == 2


def test_a_cancelled_event_is_told_with_its_reason_and_taken_out_of_calendars(make_open, moderator):
    event = make_open(seats=1)
    join(event)
    join(event, "wartet@test.example")
    ask(event, "stumm@test.example")
    events.cancel_event(user=moderator, event=event, reason="Sturm")
    for address in ("anna@test.example", "wartet@test.example"):
        mail = mails(address)[-1]
        assert mail.subject == "Abgesagt: DigiLog: Mobilität"
        assert "Sturm" in mail.text
        entry = calendar_of(mail)
        assert "METHOD:CANCEL\n" in entry
        assert "STATUS:CANCELLED\n" in entry
        event.refresh_from_db()
        assert f"SEQUENCE:{event.sequence}\n" in entry
    assert len(mails("stumm@test.example")) == 1
    soon(event, 20)
    upkeep.run()
    assert subjects("anna@test.example").count(REMINDER) == 0


def test_who_registered_in_english_hears_of_the_move_in_english(make_open, moderator):
    event = make_open()
    join(event, language="en")
    events.cancel_event(user=moderator, event=event)
    assert "/en/teilnahme/" in mails("anna@test.example")[-2].text


def test_the_number_of_the_calendar_entry_only_rises(make_open, moderator):
    """Seat, cancelled by oneself, seat again, cancelled by staff: each entry is newer than the one before it."""
    event = make_open()
    first = join(event)
    own.cancel(token=tokens.token(first))
    second = join(event)
    door.remove(user=moderator, registration=second)
    join(event)
    event.refresh_from_db()
    entries = [entry for mail in mails("anna@test.example") if (entry := calendar_of(mail))]
    assert [re.search(r"METHOD:(\w+)", entry)[1] for entry in entries] == [
        "PUBLISH", "CANCEL", "PUBLISH", "CANCEL", "PUBLISH",
    ]  # fmt: skip
    numbers = [int(re.search(r"SEQUENCE:(\d+)", entry)[1]) for entry in entries]
    assert numbers == sorted(set(numbers))
    assert event.sequence == numbers[-1], "the public calendar has the same number"
