"""What stays of a registration, for how long, and where names never appear."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from dialogues.domain.registration import asking, door, own_data, tokens
from dialogues.models import Event, Registration
from portal.accounts.domain import privacy
from portal.ops import logs
from tests.dialogues.registration.conftest import join, states

pytestmark = pytest.mark.django_db


def past(event, days):
    end = timezone.now() - timedelta(days=days)
    Event.objects.filter(pk=event.pk).update(starts_at=end - timedelta(hours=3), ends_at=end)


def test_registrations_go_thirty_days_after_and_counts_stay(make_open, moderator):
    event = make_open(seats=9)
    door.check_in(user=moderator, registration=join(event, persons=3), arrived=2)
    past(event, 29)
    privacy.retain()
    assert event.admission.registrations.count() == 1
    past(event, 31)
    found = {rule.key: number for rule, number in privacy.retain(dry_run=True)}
    assert found["dialogues.registrations"] == 1
    assert event.admission.registrations.count() == 1
    call_command("retention")
    event.admission.refresh_from_db()
    assert event.admission.registrations.count() == 0
    assert event.admission.figures["registered"] == 3
    assert (event.admission.figures["came"], event.admission.figures["no_show"]) == (2, 1)
    call_command("retention")
    event.admission.refresh_from_db()
    assert event.admission.figures["came"] == 2


def test_the_period_can_be_set_and_the_form_says_it(make_open, client, settings):
    settings.RETENTION_DAYS = {"dialogues.registrations": 3}
    event = make_open()
    assert own_data.days() == 3
    assert "3 Tage danach löschen wir sie." in client.get(f"/dialoge/{event.slug}/anmelden/").content.decode()


def test_own_data_holds_registrations_by_account_and_by_address(make_open, make_user):
    event, other = make_open(), make_open()
    user = make_user(email="klara@test.example")
    join(event, "klara@test.example", needs="Rampe")
    asking.register(user=user, event=other, name="Klara")
    rows = privacy.export(user=user)["parts"]["registrations"]
    assert [(row["email"], row["needs"], row["state"]) for row in rows] == [
        ("klara@test.example", "Rampe", "confirmed"), ("klara@test.example", "", "confirmed"),
    ]  # fmt: skip


def test_erasure_gives_seats_back_and_empties_what_is_past(make_open, make_user):
    coming, gone = make_open(seats=1), make_open()
    user = make_user(email="klara@test.example")
    asking.register(user=user, event=coming, name="Klara")
    old = asking.register(user=user, event=gone, name="Klara", needs="Rampe")
    join(coming, "bert@test.example")
    past(gone, 2)
    privacy.erase(user=None, account=user)
    assert states(coming) == [("", "cancelled"), ("bert", "confirmed")]
    old.refresh_from_db()
    assert (old.state, old.name, old.email, old.needs, old.user) == ("confirmed", "", "", "", None)


def test_logs_keep_no_link_of_a_mail(make_open):
    registration = join(make_open())
    token = tokens.token(registration)
    line = logs.scrub_text(f"GET {tokens.own_path(registration)}absagen/ 200")
    assert not [part for part in token.split(":") if part in line]


def test_no_name_or_address_leaves_by_a_public_door(make_open, client, make_user):
    event = make_open(seats=1)
    for name in ("Erste Libelle", "Zweite Libelle"):
        join(event, f"{name.split()[0].lower()}@marke.example", name=name, needs="Geheimes Bedürfnis")
    reader = make_user()
    pages = (
        f"/dialoge/{event.slug}/", "/dialoge/", f"/dialoge/{event.slug}/anmelden/", "/dialoge/kalender.ics",
        f"/dialoge/{event.slug}/termin.ics", "/api/v1/events", "/suche/?q=Libelle",
        "/feed/aktuell.atom", "/sitemap.xml", f"/dialoge/{event.slug}/anmelden/mail/",
    )  # fmt: skip
    for _turn in range(2):
        for page in pages:
            text = client.get(page, follow=True).content.decode()
            assert not [word for word in ("Erste Libelle", "marke.example", "Geheimes") if word in text], page
        client.force_login(reader)
    for path in ("angemeldete/", "angemeldete.csv", "angemeldete.pdf", "einlass/", "anmeldung/"):
        assert client.get(f"/dialoge/{event.slug}/{path}").status_code == 404, path
    assert Registration.objects.count() == 2
