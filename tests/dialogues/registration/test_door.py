"""The door: who gets in, who is counted, what stays for those who registered."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain import events
from dialogues.domain.registration import door, export, own, reading, tokens
from dialogues.models import Admission, Event, Registration
from portal.accounts.enums import Role
from portal.exceptions import DomainError, NotAllowed
from tests.dialogues.registration.conftest import ask, join, states, subjects

pytestmark = pytest.mark.django_db


def count(event):
    return door.count(event.admission, Event.objects.get(pk=event.pk))


def test_checking_in_counts_people_and_can_be_undone(make_open, moderator):
    event = make_open(seats=9)
    anna = join(event, "anna@test.example", 3)
    join(event, "bert@test.example")
    door.check_in(user=moderator, registration=anna, arrived=2)
    assert (count(event).present, count(event).expected) == (2, 1)
    door.check_in(user=moderator, registration=anna, arrived=3)
    assert count(event).present == 3, "the second phone corrects the first"
    door.undo(user=moderator, registration=anna)
    door.undo(user=moderator, registration=anna)
    assert (count(event).present, count(event).expected) == (0, 4)
    for wrong in (0, 4):
        with pytest.raises(DomainError, match="bad_party"):
            door.check_in(user=moderator, registration=anna, arrived=wrong)


def test_walk_ins_get_what_is_not_kept_for_the_registered_until_ten_minutes_after(make_open, moderator):
    event = make_open(seats=3)
    join(event, "anna@test.example", 2)
    assert door.walk_in(user=moderator, event=event, persons=1).arrived == 1
    with pytest.raises(DomainError, match="hall_full"):
        door.walk_in(user=moderator, event=event, persons=1)
    start = timezone.now() - timedelta(minutes=9)
    Event.objects.filter(pk=event.pk).update(starts_at=start)
    assert count(event).room == 0
    Event.objects.filter(pk=event.pk).update(starts_at=start - timedelta(minutes=2))
    assert count(event).room == 2
    guest = door.walk_in(user=moderator, event=event, persons=2, name="Laufkundschaft")
    assert (count(event).present, count(event).walk_ins, count(event).room) == (3, 3, 0)
    door.undo(user=moderator, registration=guest)
    assert not Registration.objects.filter(pk=guest.pk).exists()


def test_the_registered_always_get_in(make_open, moderator):
    event = make_open(seats=2)
    late = join(event, "spaet@test.example", 2)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(minutes=11))
    door.walk_in(user=moderator, event=event, persons=2)
    door.check_in(user=moderator, registration=late, arrived=2)
    assert (count(event).present, count(event).room) == (4, 0)


def test_who_waits_gets_in_while_there_is_room(make_open, moderator):
    event = make_open(seats=2)
    join(event, "anna@test.example", 2)
    bert = join(event, "bert@test.example", 2)
    with pytest.raises(DomainError, match="hall_full"):
        door.check_in(user=moderator, registration=bert, arrived=1)
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(minutes=11))
    door.check_in(user=moderator, registration=bert, arrived=2)
    bert.refresh_from_db()
    assert (bert.state, bert.number, bert.arrived) == ("confirmed", None, 2)


def test_who_forgot_to_confirm_gets_the_held_seat(make_open, moderator):
    event = make_open(seats=1)
    asked = ask(event)
    assert door.check_in(user=moderator, registration=asked, arrived=1).state == "confirmed"


def test_who_came_cannot_cancel_any_more(make_open, moderator):
    event = make_open()
    anna = join(event)
    door.check_in(user=moderator, registration=anna, arrived=1)
    with pytest.raises(DomainError, match="closed"):
        own.cancel(token=tokens.token(anna))


def test_the_telephone_needs_no_address_and_respects_the_list(make_open, moderator):
    event = make_open(seats=2)
    assert door.add(user=moderator, event=event, name="Frau am Telefon", persons=2).state == "confirmed"
    found = door.add(user=moderator, event=event, name="Zweite", persons=1, email="z@test.example", needs="Rampe")
    assert (found.state, found.origin, own.position(found)) == ("waiting", "staff", 1)
    assert subjects("z@test.example") == ["Auf der Warteliste: DigiLog: Mobilität"]
    with pytest.raises(DomainError, match="known"):
        door.add(user=moderator, event=event, name="Zweite", persons=1, email="Z@test.example")
    door.remove(user=moderator, registration=Registration.objects.get(name="Frau am Telefon"))
    assert states(event)[1] == ("z", "confirmed")
    assert subjects("z@test.example")[1:] == ["Sie haben einen Platz: DigiLog: Mobilität"]


def test_striking_someone_tells_them(make_open, moderator):
    event = make_open()
    door.remove(user=moderator, registration=join(event))
    assert subjects("anna@test.example")[-1] == "Abgemeldet: DigiLog: Mobilität"


def test_an_event_without_registration_has_a_door_too(make_event, moderator):
    event = make_event()
    door.walk_in(user=moderator, event=event, persons=5)
    assert (count(event).present, count(event).room) == (5, None)
    assert reading.offer(event, moderator).window == "not_needed"


def test_a_cancelled_event_has_no_door(make_open, moderator):
    event = make_open()
    anna = join(event)
    events.cancel_event(user=moderator, event=event)
    with pytest.raises(DomainError, match="not_running"):
        door.walk_in(user=moderator, event=event, persons=1)
    with pytest.raises(DomainError, match="not_running"):
        door.check_in(user=moderator, registration=anna, arrived=1)


@pytest.mark.parametrize("role", [None, *[role for role in Role if role != Role.MODERATOR]])
def test_nobody_else_runs_the_door(make_open, make_user, role):
    event, user = make_open(), make_user(*([role] if role else []))
    anna = join(event)
    acts = (
        lambda: door.check_in(user=user, registration=anna, arrived=1),
        lambda: door.undo(user=user, registration=anna),
        lambda: door.walk_in(user=user, event=event, persons=1),
        lambda: door.add(user=user, event=event, name="x", persons=1),
        lambda: door.remove(user=user, registration=anna),
    )
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


def test_figures_say_who_came_and_who_did_not(make_open, moderator):
    event = make_open(seats=6)
    anna, _bert, carl = (join(event, f"{name}@test.example", 2) for name in ("anna", "bert", "carl"))
    join(event, "wartet@test.example", 2)
    door.check_in(user=moderator, registration=anna, arrived=1)
    own.cancel(token=tokens.token(carl))
    Event.objects.filter(pk=event.pk).update(starts_at=timezone.now() - timedelta(minutes=11))
    door.walk_in(user=moderator, event=event, persons=1)
    assert reading.figures(event.admission) == {
        "registered": 6, "came": 1, "no_show": 5, "walk_ins": 1, "waiting": 0, "cancelled": 2, "lapsed": 0,
    }  # fmt: skip


def test_the_list_finds_parts_of_names_and_codes(make_open):
    event = make_open(seats=2)
    anna = join(event, "a@test.example", name="Anna vom Ükern")
    join(event, "b@test.example", name="bernd")
    join(event, "c@test.example", name="Anna Zwei")
    found = lambda text: [row.name for row in reading.attendees(event.admission, text)]  # noqa: E731
    assert found("") == ["Anna vom Ükern", "bernd", "Anna Zwei"]
    assert found("ANNA") == ["Anna vom Ükern", "Anna Zwei"]
    assert found("ük anna") == ["Anna vom Ükern"]
    assert found(anna.code.lower()) == ["Anna vom Ükern"]
    assert found("@test") == [], "addresses are not searched"


def test_the_table_disarms_formulas_and_has_no_addresses(make_open):
    event = make_open()
    anna = join(event, name="=HYPERLINK(1)", needs="@SUM(A1)")
    lines = export.table(event.admission).splitlines()
    assert lines[0].startswith("\ufeffcode;name;personen;")
    assert lines[1] == f"{anna.code};'=HYPERLINK(1);1;angemeldet;;'@SUM(A1);über das Portal;;;nein"


@pytest.mark.parametrize("page", ["einlass/", "angemeldete/", "angemeldete.csv", "angemeldete.pdf"])
def test_looking_at_the_door_writes_nothing(client, make_event, moderator, page):
    event = make_event()
    client.force_login(moderator)
    assert client.get(f"/dialoge/{event.slug}/{page}").status_code == 200
    assert not Admission.objects.exists()
