"""Seats, the waiting list and who moves up when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain.registration import own, seats, setup, tokens, upkeep
from dialogues.models import Event, Registration
from portal.exceptions import DomainError
from tests.dialogues.registration.conftest import ask, calendar_of, join, links, mails, states, subjects

pytestmark = pytest.mark.django_db


def leave(registration):
    own.cancel(token=tokens.token(registration))


def soon(event, hours):
    """Lets the event begin in so many hours, past the domain (no mails)."""
    start = timezone.now() + timedelta(hours=hours)
    Event.objects.filter(pk=event.pk).update(starts_at=start, ends_at=start + timedelta(hours=3))


def let_lapse(registration):
    Registration.objects.filter(pk=registration.pk).update(held_until=timezone.now() - timedelta(seconds=1))


def test_held_seats_count_and_the_list_is_in_order_of_confirmation(make_open):
    event = make_open(seats=1)
    ask(event, "halter@test.example")
    first, second = ask(event, "erst@test.example"), ask(event, "dann@test.example")
    assert (first.state, second.state) == ("asked", "asked")
    second = own_confirm(second)
    first = own_confirm(first)
    assert (own.position(second), own.position(first)) == (1, 2)
    assert subjects("dann@test.example")[1:] == ["Auf der Warteliste: DigiLog: Mobilität"]


def own_confirm(registration):
    from dialogues.domain.registration import asking

    return asking.confirm(token=tokens.token(registration, tokens.CONFIRM))


def test_a_cancellation_moves_the_first_one_up_and_tells_him(make_open):
    event = make_open(seats=1)
    anna, bert, carl = (join(event, f"{name}@test.example") for name in ("anna", "bert", "carl"))
    leave(anna)
    assert states(event) == [("", "cancelled"), ("bert", "confirmed"), ("carl", "waiting")]
    mail = mails("bert@test.example")[-1]
    assert mail.subject == "Sie haben einen Platz: DigiLog: Mobilität"
    bert.refresh_from_db()
    assert links(mail) == [tokens.own_path(bert)]
    assert "STATUS:CONFIRMED" in calendar_of(mail)
    carl.refresh_from_db()
    assert own.position(carl) == 1


def test_cancelling_deletes_at_once_and_the_mail_takes_the_date_out_of_the_calendar(make_open):
    event = make_open()
    anna = join(event, needs="Rollstuhl")
    leave(anna)
    leave(anna)
    anna.refresh_from_db()
    assert (anna.state, anna.name, anna.email, anna.needs) == ("cancelled", "", "", "")
    assert len(mails("anna@test.example")) == 3
    entry = calendar_of(mails("anna@test.example")[-1])
    assert "METHOD:CANCEL\n" in entry
    assert "STATUS:CANCELLED\n" in entry
    assert join(event).state == "confirmed", "one may come back"


def test_a_hold_that_lapsed_moves_the_list_up_without_anybody_acting(make_open):
    event = make_open(seats=1)
    held = ask(event, "fort@test.example")
    join(event, "bert@test.example")
    let_lapse(held)
    upkeep.run()
    assert states(event) == [("", "lapsed"), ("bert", "confirmed")]
    upkeep.run()
    assert subjects("bert@test.example").count("Sie haben einen Platz: DigiLog: Mobilität") == 1


def test_a_hold_that_lapsed_counts_no_more_even_before_the_job_runs(make_open):
    event = make_open(seats=1)
    held = ask(event, "fort@test.example")
    let_lapse(held)
    assert join(event, "bert@test.example").state == "confirmed"
    with pytest.raises(DomainError, match="gone"):
        own_confirm(held)


def test_more_seats_move_up_as_many_as_fit_in_order(make_open, moderator):
    event = make_open(seats=1)
    for name, persons in (("anna", 1), ("bert", 2), ("carl", 1), ("dora", 3)):
        join(event, f"{name}@test.example", persons)
    setup.configure(user=moderator, event=event, seats_total=4, party_max=5)
    assert states(event) == [("anna", "confirmed"), ("bert", "confirmed"), ("carl", "confirmed"), ("dora", "waiting")]
    setup.configure(user=moderator, event=event, seats_total=None, party_max=5)
    assert states(event)[-1] == ("dora", "confirmed")


def test_a_large_party_is_not_overtaken(make_open):
    event = make_open(seats=2)
    anna, _bert = join(event, "anna@test.example"), join(event, "bert@test.example")
    join(event, "gruppe@test.example", 2)
    join(event, "carl@test.example")
    leave(anna)
    assert states(event)[2:] == [("gruppe", "waiting"), ("carl", "waiting")], "one seat stays free for the party"
    assert join(event, "neu@test.example").state == "waiting", "nor by newcomers"


def test_a_smaller_party_moves_up(make_open):
    event = make_open(seats=2)
    anna, _bert = join(event, "anna@test.example"), join(event, "bert@test.example")
    group = join(event, "gruppe@test.example", 2)
    leave(anna)
    own.change(token=tokens.token(group), persons=1, needs="")
    assert states(event)[2:] == [("gruppe", "confirmed")]


def test_in_the_last_24_hours_whoever_fits_gets_the_free_seat(make_open):
    event = make_open(seats=2)
    anna, _bert = join(event, "anna@test.example"), join(event, "bert@test.example")
    join(event, "gruppe@test.example", 2)
    join(event, "carl@test.example")
    leave(anna)
    soon(event, 25)
    upkeep.run()
    assert states(event)[2:] == [("gruppe", "waiting"), ("carl", "waiting")]
    soon(event, 23)
    upkeep.run()
    assert states(event)[2:] == [("gruppe", "waiting"), ("carl", "confirmed")]


def test_nobody_moves_up_after_the_beginning(make_open):
    event = make_open(seats=1)
    anna = join(event, "anna@test.example")
    join(event, "bert@test.example")
    soon(event, -1)
    with pytest.raises(DomainError, match="closed"):
        leave(anna)
    Registration.objects.filter(pk=anna.pk).update(state="cancelled")
    with seats.locked(event.admission.pk):
        pass
    assert states(event)[1:] == [("bert", "waiting")]


def test_a_smaller_party_frees_seats_a_larger_one_needs_them(make_open):
    event = make_open(seats=4)
    anna = join(event, "anna@test.example", 3)
    token = tokens.token(anna)
    with pytest.raises(DomainError, match="no_room"):
        own.change(token=token, persons=5, needs="")
    with pytest.raises(DomainError, match="bad_party"):
        own.change(token=token, persons=6, needs="")
    with pytest.raises(DomainError, match="bad_party"):
        own.change(token=token, persons=0, needs="")
    own.change(token=token, persons=4, needs="Rampe")
    bert = join(event, "bert@test.example", 2)
    assert bert.state == "waiting"
    with pytest.raises(DomainError, match="no_room"):
        own.change(token=tokens.token(bert), persons=3, needs="")
    own.change(token=token, persons=2, needs="Rampe")
    assert states(event) == [("anna", "confirmed"), ("bert", "confirmed")]
    anna.refresh_from_db()
    assert (anna.persons, anna.needs) == (2, "Rampe")


def test_someone_who_waits_may_decline_by_the_same_link(make_open):
    event = make_open(seats=1)
    join(event, "anna@test.example")
    bert, carl = join(event, "bert@test.example"), join(event, "carl@test.example")
    leave(bert)
    carl.refresh_from_db()
    assert own.position(carl) == 1


def test_unlimited_seats_never_wait(make_open):
    event = make_open(seats=None)
    assert [join(event, f"gast{n}@test.example", 5).state for n in range(4)] == ["confirmed"] * 4


def test_the_database_refuses_what_the_domain_never_writes(make_open):
    from django.db import IntegrityError, transaction

    event = make_open(seats=9)
    anna = join(event)
    for wrong in ({"persons": 6}, {"persons": 0}, {"arrived": 0}, {"arrived": 6}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.filter(pk=anna.pk).update(**wrong)
    for twin in ({"email": anna.email}, {"code": anna.code}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Registration.objects.create(admission=event.admission, **twin)
    Registration.objects.create(admission=event.admission, state="waiting", number=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        Registration.objects.create(admission=event.admission, state="waiting", number=7)
    for wrong in ({"party_max": 0}, {"seats": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(event.admission).objects.filter(pk=event.admission.pk).update(**wrong)
