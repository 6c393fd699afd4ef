"""Registering with and without an account: double opt-in, one answer for all, limits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain import events
from dialogues.domain.registration import asking, setup, tokens
from dialogues.models import Admission, Registration
from portal.audit.models import AuditEntry, AuditPayload
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.models import Mail
from tests.dialogues.registration.conftest import ask, calendar_of, join, links, mails, states, subjects

pytestmark = pytest.mark.django_db


def refused(code: str, **fields):
    with pytest.raises(DomainError) as error:
        asking.register(**({"user": None, "name": "Anna", "email": "anna@test.example"} | fields))
    assert error.value.code == code
    return error.value


def test_a_seat_is_held_until_the_link_is_pressed(make_open):
    event = make_open(seats=2)
    asked = ask(event, persons=2)
    assert (asked.state, asked.held_until - asked.asked_at > timedelta(hours=23)) == ("held", True)
    assert subjects("anna@test.example") == ["Bitte bestätigen: DigiLog: Mobilität"]
    confirmed = asking.confirm(token=tokens.token(asked, tokens.CONFIRM))
    assert (confirmed.state, confirmed.held_until, confirmed.persons) == ("confirmed", None, 2)
    assert subjects("anna@test.example")[1:] == ["Angemeldet: DigiLog: Mobilität"]
    asking.confirm(token=tokens.token(asked, tokens.CONFIRM))
    assert len(mails("anna@test.example")) == 2


def test_the_first_mail_carries_nothing_that_was_typed(make_open):
    event = make_open()
    ask(event, name="Gewonnen! http://boese.example", needs="Klicken Sie http://boese.example")
    mail = mails("anna@test.example")[0]
    assert "boese" not in mail.text + mail.subject
    assert mail.text.startswith("Guten Tag,\n")


def test_the_confirmation_has_note_code_way_out_and_a_calendar_entry(make_open):
    event = make_open(note="Bitte bringen Sie ein Telefon mit.", event={"venue": "Stadthaus, Großer Saal"})
    registration = join(event)
    mail = mails("anna@test.example")[1]
    assert "Guten Tag anna," in mail.text
    assert "Bitte bringen Sie ein Telefon mit." in mail.text
    assert registration.code in mail.text
    assert links(mail) == [tokens.own_path(registration)]
    entry = calendar_of(mail)
    assert f"UID:{event.slug}@digitale-heimat-pb\n" in entry
    assert "STATUS:CONFIRMED\n" in entry
    assert "LOCATION:Stadthaus\\, Großer Saal\n" in entry


def test_a_registration_in_english_is_answered_in_english(make_open):
    event = make_open()
    ask(event, language="en")
    assert "/en/teilnahme/" in links(mails("anna@test.example")[0])[0]


def test_the_same_address_twice_gets_a_mail_that_says_how_it_stands_and_changes_nothing(make_open):
    event = make_open(seats=9)
    first = join(event, persons=2)
    Registration.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    assert ask(event, persons=5, name="Fremd", address="ANNA@test.example".lower()).pk == first.pk
    first.refresh_from_db()
    assert (first.persons, first.name, states(event)) == (2, "anna", [("anna", "confirmed")])
    assert subjects("anna@test.example")[-1] == "Ihre Anmeldung: DigiLog: Mobilität"
    assert "Fremd" not in mails("anna@test.example")[-1].text
    ask(event)
    assert len(mails("anna@test.example")) == 3, "one mail in ten minutes"


def test_an_unconfirmed_address_gets_the_link_again_after_ten_minutes(make_open):
    event = make_open()
    ask(event)
    ask(event)
    assert len(mails("anna@test.example")) == 1
    Registration.objects.update(asked_at=timezone.now() - timedelta(minutes=11))
    ask(event)
    first, second = mails("anna@test.example")
    assert links(first) == links(second)


@pytest.mark.parametrize(("seats", "waiting_list", "persons"), [(1, False, 1), (2, False, 5)])
def test_what_is_refused_is_refused_alike_for_known_and_unknown_addresses(make_open, seats, waiting_list, persons):
    event = make_open(seats=seats, waiting_list=waiting_list)
    join(event, "bert@test.example")
    known = refused("full", event=event, email="bert@test.example", persons=persons)
    unknown = refused("full", event=event, email="neu@test.example", persons=persons)
    assert (known.message, known.field, known.status) == (unknown.message, unknown.field, unknown.status)
    assert len(mails("bert@test.example")) == 2


def test_signed_in_people_with_a_confirmed_address_are_registered_at_once(make_open, make_user):
    event, user = make_open(), make_user(email="klara@test.example")
    found = asking.register(user=user, event=event, name="Klara", email="fremd@test.example")
    assert (found.state, found.email, found.user) == ("confirmed", "klara@test.example", user)
    assert subjects("klara@test.example") == ["Angemeldet: DigiLog: Mobilität"]
    assert asking.register(user=user, event=event, name="Klara").pk == found.pk


def test_signed_in_people_take_over_what_they_asked_for_before(make_open, make_user):
    event = make_open()
    asked, user = ask(event, "klara@test.example"), make_user(email="klara@test.example")
    found = asking.register(user=user, event=event, name="Klara")
    assert (found.pk, found.state, found.user) == (asked.pk, "confirmed", user)


def test_an_unconfirmed_account_is_asked_by_mail_like_everyone(make_open, make_user):
    from allauth.account.models import EmailAddress

    event, user = make_open(), make_user(email="klara@test.example")
    EmailAddress.objects.filter(user=user).update(verified=False)
    assert asking.register(user=user, event=event, name="Klara", email="klara@test.example") is None
    assert states(event) == [("klara", "held")]


def test_that_was_not_me_deletes_at_once_and_frees_the_seat(make_open):
    event = make_open(seats=1)
    asked = ask(event, name="Anna", needs="Rollstuhl")
    token = tokens.token(asked, tokens.CONFIRM)
    asking.decline(token=token)
    asking.decline(token=token)
    asked.refresh_from_db()
    assert (asked.state, asked.email, asked.name, asked.needs) == ("lapsed", "", "", "")
    assert join(event, "bert@test.example").state == "confirmed"
    with pytest.raises(DomainError, match="gone"):
        asking.confirm(token=token)


def test_the_two_links_do_not_open_each_other(make_open):
    event = make_open()
    asked = ask(event)
    with pytest.raises(DomainError, match="bad_token"):
        asking.confirm(token=tokens.token(asked, tokens.OWN))
    with pytest.raises(DomainError, match="bad_token"):
        tokens.read(tokens.token(asked, tokens.CONFIRM), tokens.OWN)
    with pytest.raises(DomainError, match="bad_token"):
        tokens.read("quatsch")


def test_dates_are_asked_at_the_moment_of_the_act(make_open, moderator):
    now = timezone.now()
    event = make_open(opens_at=now + timedelta(hours=1))
    refused("not_open", event=event)
    setup.configure(user=moderator, event=event, closes_at=now - timedelta(minutes=1))
    refused("closed", event=event)
    Admission.objects.update(closes_at=None)
    type(event).objects.filter(pk=event.pk).update(starts_at=now - timedelta(minutes=1))
    refused("closed", event=event)


def test_no_registration_where_none_is_needed_or_the_event_is_off(make_open, make_event, moderator):
    refused("not_needed", event=make_event())
    event = make_open()
    setup.configure(user=moderator, event=event, needed=False)
    refused("not_needed", event=event)
    other = make_open()
    asked = ask(other)
    events.cancel_event(user=moderator, event=other)
    refused("closed", event=other)
    with pytest.raises(DomainError, match="closed"):
        asking.confirm(token=tokens.token(asked, tokens.CONFIRM))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"name": " \n "}, "no_name"),
        ({"email": "keine"}, "bad_email"),
        ({"persons": 0}, "bad_party"),
        ({"persons": 3}, "bad_party"),
    ],
)
def test_nonsense_is_refused_at_its_field(make_open, fields, code):
    event = make_open(seats=9, party_max=2)
    error = refused(code, event=event, **fields)
    assert error.field == {"no_name": "name", "bad_email": "email", "bad_party": "persons"}[code]
    assert Registration.objects.count() == 0


def test_a_name_is_one_short_line_without_tricks(make_open):
    event = make_open()
    asked = ask(event, name="Anna\r\nBcc: x@y.example \u202eanna" + "a" * 99)
    assert asked.name.startswith("Anna Bcc: x@y.example anna")
    assert len(asked.name) == 80


def test_many_registrations_of_one_connection_are_slowed(make_open):
    event = make_open(seats=None)
    for number in range(asking.PER_SENDER):
        ask(event, f"gast{number}@test.example", sender="s" * 32)
    refused("too_fast", event=event, email="gast99@test.example", sender="s" * 32)
    ask(event, "anderswo@test.example", sender="t" * 32)


def test_a_mailbox_is_not_flooded_from_many_events(make_open):
    for _number in range(asking.OPEN_PER_ADDRESS + 2):
        event = make_open()
        asking.register(user=None, event=event, name="x", email="opfer@test.example")
    assert len(mails("opfer@test.example")) == asking.OPEN_PER_ADDRESS


def test_only_editors_set_it_up_and_nobody_loses_a_seat_by_it(make_open, make_user, moderator):
    event = make_open(seats=3)
    join(event, persons=2)
    with pytest.raises(NotAllowed):
        setup.configure(user=make_user(), event=event)
    for fields, code in (
        ({"seats_total": 1}, "too_few_seats"),
        ({"needed": False}, "has_registrations"),
        ({"party_max": 6}, "bad_party"),
        ({"seats_total": 0}, "bad_seats"),
        ({"closes_at": event.starts_at + timedelta(hours=1)}, "closes_after_start"),
        ({"opens_at": event.starts_at}, "closes_after_start"),
        ({"opens_at": event.starts_at - timedelta(hours=1), "closes_at": event.starts_at - timedelta(hours=2)},
         "closes_before_opens"),
    ):  # fmt: skip
        with pytest.raises(DomainError, match=code):
            setup.configure(user=moderator, event=event, **fields)
    setup.configure(user=moderator, event=event, seats_total=2)
    assert event.admission.registrations.seated().count() == 1


def test_the_audit_chain_knows_acts_but_no_person(make_open, make_user):
    event, user = make_open(), make_user(email="klara@test.example")
    join(event, "bert@test.example", name="Bert Beispiel", needs="Rollstuhl")
    asking.register(user=user, event=event, name="Klara Klar")
    entries = AuditEntry.objects.filter(action__startswith="registration.").exclude(action="registration.configured")
    assert list(entries.order_by("seq").values_list("action", "actor_id")) == [
        ("registration.asked", None), ("registration.confirmed", None), ("registration.confirmed", None),
    ]  # fmt: skip
    told = " ".join(AuditPayload.objects.values_list("data", flat=True))
    assert not [word for word in ("Bert", "Klara", "@test", "Rollstuhl") if word in told]


def test_mails_lie_in_the_outbox_only_if_the_write_holds(make_open):
    event = make_open()
    before = Mail.objects.count()
    refused("bad_party", event=event, persons=9)
    assert Mail.objects.count() == before
