"""The pages, as a browser without script sees them; links opened by scanners change nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dialogues.domain.registration import asking, door, setup, tokens
from dialogues.models import Registration
from portal.accounts.enums import Role
from tests.dialogues.registration.conftest import ask, join, links, mails, states

pytestmark = pytest.mark.django_db
FORM = {"name": "Anna", "email": "anna@test.example", "persons": "1", "needs": "", "website": ""}


def text(response):
    return response.content.decode()


@pytest.fixture
def host(client, moderator):
    client.force_login(moderator)
    return client


def test_the_event_page_offers_what_is_possible_and_sets_no_cookie(make_open, make_event, client, moderator):
    free = make_open(seats=3)
    page = client.get(f"/dialoge/{free.slug}/")
    assert "Noch 3 von 3 Plätzen sind frei." in text(page)
    assert f"/dialoge/{free.slug}/anmelden/" in text(page)
    assert not page.cookies
    full = make_open(seats=1)
    join(full)
    assert "Auf die Warteliste" in text(client.get(f"/dialoge/{full.slug}/"))
    setup.configure(user=moderator, event=full, seats_total=1, waiting_list=False)
    page = text(client.get(f"/dialoge/{full.slug}/"))
    assert "Alle Plätze sind vergeben." in page
    assert "anmelden/" not in page
    later = make_open(opens_at=timezone.now() + timedelta(days=1))
    assert "Anmelden können Sie sich ab" in text(client.get(f"/dialoge/{later.slug}/"))
    assert "Kommen Sie einfach vorbei." in text(client.get(f"/dialoge/{make_event().slug}/"))


def test_a_cached_page_leaves_the_cache_when_the_registration_opens(make_open, client):
    opens = timezone.now() + timedelta(hours=1)
    event = make_open(opens_at=opens)
    assert client.get(f"/dialoge/{event.slug}/")["X-Cache-Until"] == f"{opens.timestamp():.3f}"


def test_the_way_without_account(make_open, client):
    event = make_open()
    address = f"/dialoge/{event.slug}/anmelden/"
    assert client.get(address).status_code == 200
    answer = client.post(address, FORM, follow=True)
    assert "Bitte sehen Sie in Ihre Mails" in text(answer)
    link = links(mails("anna@test.example")[0])[0]
    stranger = Client(enforce_csrf_checks=True)
    for _scan in range(3):
        assert stranger.get(link).status_code == 200
        assert stranger.head(link).status_code == 200
    assert states(event) == [("anna", "held")]
    own = stranger.post(link)
    assert own.status_code == 302
    page = stranger.get(own.url)
    assert "Sie haben 1 Platz" in text(page)
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert not stranger.cookies
    for _scan in range(3):
        assert "Anmeldung absagen?" in text(stranger.get(f"{own.url}absagen/"))
    assert states(event) == [("anna", "confirmed")]
    assert "Ihre Anmeldung ist abgesagt" in text(stranger.post(f"{own.url}absagen/"))
    assert states(event) == [("", "cancelled")]
    assert "Diese Anmeldung gibt es nicht mehr" in text(stranger.get(own.url))
    assert stranger.post(f"{own.url}absagen/").status_code == 200
    assert "STATUS:CANCELLED" in text(stranger.get(f"{own.url}termin.ics"))


def test_the_answer_is_the_same_for_every_address(make_open, client):
    event = make_open()
    join(event)
    address = f"/dialoge/{event.slug}/anmelden/"
    known = client.post(address, FORM)
    unknown = client.post(address, FORM | {"email": "neu@test.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_needs_are_asked_for_with_a_consent_of_their_own(make_open, client):
    event = make_open()
    address = f"/dialoge/{event.slug}/anmelden/"
    refused = client.post(address, FORM | {"needs": "Rollstuhl"})
    assert refused.status_code == 400
    assert "Bitte stimmen Sie zu" in text(refused)
    assert "Rollstuhl" in text(refused), "what was typed is kept"
    client.post(address, FORM | {"needs": "Rollstuhl", "needs_ok": "on"})
    assert Registration.objects.get().needs == "Rollstuhl"


def test_the_trap_catches_programmes(make_open, client):
    event = make_open()
    assert client.post(f"/dialoge/{event.slug}/anmelden/", FORM | {"website": "x"}).status_code == 400
    assert Registration.objects.count() == 0


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{{ 7*7 }}", "\u202eAnna", "Anna\r\nBcc: x@y.example"]
)
def test_hostile_names_are_only_text(make_open, client, host, hostile):
    event = make_open()
    Client().post(f"/dialoge/{event.slug}/anmelden/", FORM | {"name": hostile})
    asking.confirm(token=tokens.token(Registration.objects.get(), tokens.CONFIRM))
    for path in ("angemeldete/", "einlass/"):
        page = text(host.get(f"/dialoge/{event.slug}/{path}"))
        assert "<script>alert" not in page
        assert "\u202e" not in page
    assert host.get(f"/dialoge/{event.slug}/angemeldete.pdf").content.startswith(b"%PDF")


def test_the_status_page_shows_place_code_and_lets_one_change(make_open, client):
    event = make_open(seats=2)
    anna, bert = join(event, persons=2), join(event, "bert@test.example", 2)
    page = text(client.get(tokens.own_path(bert)))
    assert "Sie stehen auf der Warteliste, Platz 1" in page
    assert "<svg" in text(client.get(tokens.own_path(anna)))
    assert anna.code in text(client.get(tokens.own_path(anna)))
    saved = client.post(tokens.own_path(anna), {"persons": "1", "needs": ""}, follow=True)
    assert "Gespeichert" in text(saved)
    refused = client.post(tokens.own_path(bert), {"persons": "3", "needs": ""})
    assert (refused.status_code, "nur verkleinern" in text(refused)) == (409, True)
    assert client.post(tokens.own_path(anna), {"persons": "77", "needs": ""}).status_code == 400


@pytest.mark.parametrize("path", ["", "bestaetigen/", "absagen/", "termin.ics"])
@pytest.mark.parametrize("token", ["x", "a" * 32 + ":" + "b" * 43, "äöü", "%00"])
def test_wrong_links_are_404(db, client, token, path):
    assert client.get(f"/teilnahme/{token}/{path}").status_code == 404
    assert client.post(f"/teilnahme/{token}/{path}").status_code in (404, 405)


def test_the_signed_in_are_led_to_their_registration(make_open, client, make_user):
    event, user = make_open(), make_user(email="klara@test.example", display_name="Klara")
    client.force_login(user)
    page = text(client.get(f"/dialoge/{event.slug}/anmelden/"))
    assert 'value="Klara"' in page
    assert 'name="email"' not in page
    answer = client.post(f"/dialoge/{event.slug}/anmelden/", {"name": "Klara", "persons": "1", "needs": ""})
    assert answer.url == tokens.own_path(Registration.objects.get())
    assert "Sie sind angemeldet." in text(client.get(f"/dialoge/{event.slug}/"))
    assert client.get(f"/dialoge/{event.slug}/anmelden/").url == answer.url
    assert event.title in text(client.get("/konto/beitraege/"))


def test_drafts_and_missing_registrations_have_no_form(make_event, client):
    assert client.get(f"/dialoge/{make_event(published=False).slug}/anmelden/").status_code == 404
    event = make_event()
    assert client.get(f"/dialoge/{event.slug}/anmelden/").url == f"/dialoge/{event.slug}/"


def test_the_settings_are_set_by_a_form(make_event, host):
    event = make_event(days=9)
    address = f"/dialoge/{event.slug}/anmeldung/"
    form = {"needed": "on", "waiting_list": "on", "party_max": "3", "seats_total": "12", "note": "Hallo"}
    assert host.get(address).status_code == 200
    assert host.post(address, form).status_code == 302
    admission = event.admission
    assert (admission.seats, admission.party_max, admission.note, admission.opens_at) == (12, 3, "Hallo", None)
    late = host.post(address, form | {"closes_at": "2999-01-01T00:00"})
    assert late.status_code == 400
    assert "vor dem Beginn" in text(late)


def test_the_door_by_form_post(make_open, host):
    event = make_open(seats=5)
    anna = join(event, name="Anna", persons=2, needs="Rampe")
    address = f"/dialoge/{event.slug}/einlass/"
    page = text(host.get(address))
    assert "Rampe" in page
    assert "anna@test.example" not in page
    said = text(host.post(address, {"anmeldung": anna.uuid, "da": "2", "q": "ann"}, follow=True))
    assert "Anna ist da: 2 Personen." in said
    assert 'value="ann"' in said
    host.post(address, {"anmeldung": anna.uuid, "zurueck": "1"})
    host.post(address, {"neu": "1", "persons": "2", "name": ""})
    count = door.count(event.admission, event)
    assert (count.present, count.expected, count.walk_ins) == (2, 2, 2)
    for wrong in ({"anmeldung": "x"}, {"anmeldung": "00000000-0000-4000-8000-000000000000", "da": "1"}, {}):
        assert host.post(address, wrong).status_code == 404
    for nonsense in ("", "²", "99999999999999", "-1", "x"):
        assert host.post(address, {"anmeldung": anna.uuid, "da": nonsense}).status_code == 302
        assert host.post(address, {"neu": "1", "persons": nonsense}).status_code == 302
    assert door.count(event.admission, event).present == 2


def test_the_code_opens_the_door_for_hosts_and_nothing_for_others(make_open, host, make_user):
    event, other = make_open(), make_open()
    anna = join(event, name="Anna")
    join(event, "bert@test.example", name="Bert")
    address = f"/dialoge/{event.slug}/einlass/{anna.code}/"
    page = text(host.get(address))
    assert ("Anna" in page, "Bert" in page) == (True, False)
    assert host.get(address.lower()).status_code == 200
    assert host.get(f"/dialoge/{other.slug}/einlass/{anna.code}/").url == f"/dialoge/{other.slug}/einlass/"
    stranger = Client()
    assert stranger.get(address).url.startswith("/konto/login/")
    stranger.force_login(make_user(Role.COMMUNICATIONS))
    assert stranger.get(address).status_code == 404


def test_the_list_on_paper_as_table_and_by_telephone(make_open, host):
    event = make_open(seats=2)
    join(event, name="Anna", persons=2, needs="Rampe")
    address = f"/dialoge/{event.slug}/angemeldete"
    said = host.post(f"{address}/", {"eintragen": "1", "name": "Anruf", "persons": "1", "needs": ""}, follow=True)
    assert "Eingetragen: auf der Warteliste." in text(said)
    assert "Rampe" in text(said)
    assert host.post(f"{address}/", {"eintragen": "1", "name": "", "persons": "1"}).status_code == 400
    assert "Anruf;1;auf der Warteliste;1" in text(host.get(f"{address}.csv"))
    assert host.get(f"{address}.pdf").content.startswith(b"%PDF")
    host.post(f"{address}/", {"streichen": Registration.objects.get(name="Anna").uuid})
    assert [row.state for row in Registration.objects.order_by("pk")] == ["cancelled", "confirmed"]
    assert host.post(f"{address}/", {"streichen": "x"}).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_list_and_door_read_the_same_number_of_times(make_open, host, django_assert_num_queries, number):
    event = make_open(seats=None)
    for place in range(number):
        door.add(user=event.created_by, event=event, name=f"Gast {place}", persons=1)
    host.get(f"/dialoge/{event.slug}/einlass/")
    for path, queries in (("einlass/", QUERIES["door"]), ("angemeldete/", QUERIES["list"])):
        with django_assert_num_queries(queries):
            host.get(f"/dialoge/{event.slug}/{path}")


QUERIES = {"door": 9, "list": 10}


def test_an_unconfirmed_registration_has_no_open_door(make_open, client):
    asked = ask(make_open())
    assert "Noch nicht bestätigt" in text(client.get(tokens.own_path(asked)))
