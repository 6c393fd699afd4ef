"""No one is shut out: telephone, letter, on the spot; harvest from a table; events of clubs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from dialogues.domain.online import harvesting, proposals, receipts
from dialogues.models import Contribution, Event, EventProposal, Result
from portal.activity.models import Notification
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def record_form(dialogue, **fields):
    defaults = {
        "channel": "phone",
        "received_on": timezone.localdate().isoformat(),
        "kind": "hint",
        "category": dialogue.categories.first().pk,
        "title": "Die Klingel ist zu hoch",
        "text": "Die Anruferin kommt nicht heran.",
        "contact": "Erika Muster\nWeg 1\n33098 Paderborn",
    }
    return defaults | fields


def test_staff_record_a_call_with_a_number_to_read_out(dialogue, lead, browse, client):
    url = f"{dialogue.get_absolute_url()}eintragen/"
    answer = browse(lead).post(url, record_form(dialogue))
    row = Contribution.objects.get()
    assert answer.headers["Location"] == f"{row.get_absolute_url()}eingang/"
    page = browse(lead).get(answer.headers["Location"]).content.decode()
    assert row.receipt in page
    assert " · ".join(receipts.spelled(row.receipt)) in page
    public = client.get(row.get_absolute_url()).content.decode()
    assert "Eingegangen per Telefon" in public
    assert "Erika Muster" not in public
    assert row.title in client.get(dialogue.get_absolute_url()).content.decode()


def test_the_address_stands_on_the_letter_of_staff_alone(dialogue, lead, browse, client):
    browse(lead).post(f"{dialogue.get_absolute_url()}eintragen/", record_form(dialogue))
    url = f"{Contribution.objects.get().get_absolute_url()}antwort/"
    assert "Erika Muster" in browse(lead).get(url).content.decode()
    assert "Erika Muster" not in client.get(url).content.decode()
    everywhere = client.get("/api/v1/contributions").content + b"".join(
        client.get(f"{dialogue.get_absolute_url()}beitraege.csv")
    )
    assert b"Erika" not in everywhere


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"channel": "web"}, "web"),
        ({"received_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "Tag des Eingangs"),
        ({"received_on": (timezone.localdate() - timedelta(days=90)).isoformat()}, "Tag des Eingangs"),
        ({"title": ""}, "ausgefüllt werden"),
    ],
)
def test_bad_entries_are_refused(dialogue, lead, browse, fields, code):
    answer = browse(lead).post(f"{dialogue.get_absolute_url()}eintragen/", record_form(dialogue, **fields))
    assert answer.status_code == 400
    assert code in answer.content.decode()
    assert not Contribution.objects.exists()


def test_recording_is_for_staff(dialogue, citizen, browse, client):
    url = f"{dialogue.get_absolute_url()}eintragen/"
    assert browse(citizen).post(url, record_form(dialogue)).status_code == 404
    assert client.post(url, record_form(dialogue)).status_code == 404
    assert not Contribution.objects.exists()


@pytest.mark.parametrize("spell", [str, str.lower, lambda r: r.replace("-", " "), lambda r: r.replace("-", "")[2:]])
def test_a_number_is_found_however_it_is_typed(dialogue, write, client, spell):
    row = write(dialogue)
    answer = client.get("/dialoge/vorgang/", {"nummer": spell(row.receipt)})
    assert answer.headers["Location"] == row.get_absolute_url()


@pytest.mark.parametrize("number", ["PB-0000-000", "x", "'; --", "PB-" + "A" * 500])
def test_an_unknown_number_says_so(client, db, number):
    answer = client.get("/dialoge/vorgang/", {"nummer": number})
    assert answer.status_code == 404
    assert "Einen Beitrag mit dieser Nummer gibt es nicht" in answer.content.decode()


@pytest.fixture
def result(make_event):
    event = make_event(title="DigiLog: Warten", days=-3)
    return Result.objects.create(event=event, text="Stühle mit Lehnen", votes=7, published_at=timezone.now())


def test_a_result_of_a_table_stands_in_the_same_list_with_its_source(dialogue, result, moderator, browse, client):
    url = f"{dialogue.get_absolute_url()}ernte/"
    fields = {"result": result.pk, "category": dialogue.categories.first().pk, "kind": "idea"}
    for _twice in range(2):
        browse(moderator).post(url, fields)
    row = Contribution.objects.get()
    page = client.get(row.get_absolute_url()).content.decode()
    assert "Aus einem Bürger-DigiLog" in page
    assert result.event.get_absolute_url() in page
    assert "7 Punkte" in page
    assert row.is_waiting
    assert "Stühle mit Lehnen" in client.get(dialogue.get_absolute_url()).content.decode()


def test_unpublished_results_stay_where_they_are(dialogue, result, moderator, citizen):
    result.published_at = None
    result.save()
    with pytest.raises(DomainError, match="not_published"):
        harvesting.adopt(user=moderator, dialogue=dialogue, result=result, category=dialogue.categories.first())
    with pytest.raises(NotAllowed):
        harvesting.adopt(user=citizen, dialogue=dialogue, result=result, category=dialogue.categories.first())


def proposal_form(**fields):
    start = timezone.localtime() + timedelta(days=20)
    defaults = {
        "organiser": "Sportverein",
        "title": "Offener Lauf",
        "topic": "Alle laufen mit.",
        "starts_at": start.strftime("%Y-%m-%dT%H:%M"),
        "ends_at": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "venue": "Fischteiche",
    }
    return defaults | fields


def test_a_club_proposes_staff_release_and_it_stands_in_the_calendar(citizen, editor, browse, client):
    for _double in range(2):
        browse(citizen).post("/dialoge/vorschlag/", proposal_form())
    proposal = EventProposal.objects.get()
    assert "Offener Lauf" not in client.get("/dialoge/").content.decode()
    assert "Offener Lauf" in browse(editor).get("/dialoge/vorschlaege/").content.decode()
    for _double in range(2):
        browse(editor).post("/dialoge/vorschlaege/", {"vorschlag": str(proposal.uuid), "freigeben": "1", "answer": ""})
    event = Event.objects.get()
    assert (event.organiser, event.kind, event.status) == ("Sportverein", "community", "published")
    assert "Offener Lauf" in client.get("/dialoge/kalender.ics").content.decode()
    assert "Sportverein" in client.get(event.get_absolute_url()).content.decode()
    assert Notification.objects.get(user=citizen).title == "Ihre Veranstaltung „Offener Lauf“ steht im Kalender"
    assert event.get_absolute_url() in browse(citizen).get("/dialoge/vorschlag/").content.decode()


def test_declining_needs_a_reason(citizen, editor, browse):
    browse(citizen).post("/dialoge/vorschlag/", proposal_form())
    fields = {"vorschlag": str(EventProposal.objects.get().uuid), "ablehnen": "1", "answer": ""}
    assert browse(editor).post("/dialoge/vorschlaege/", fields).status_code == 400
    browse(editor).post("/dialoge/vorschlaege/", fields | {"answer": "Das ist Werbung."})
    assert EventProposal.objects.get().state == "declined"
    assert Notification.objects.get(user=citizen).summary == "Das ist Werbung."
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"starts_at": "2020-01-01T10:00"}, 400), ({"ends_at": "2020-01-01T10:00"}, 400), ({"title": ""}, 400)],
)
def test_bad_proposals_are_refused(citizen, browse, fields, status):
    assert browse(citizen).post("/dialoge/vorschlag/", proposal_form(**fields)).status_code == status
    assert not EventProposal.objects.exists()


def test_the_queue_is_for_staff(citizen, lead, browse, client, db):
    proposal = proposals.propose(
        user=citizen,
        organiser="Verein",
        title="Fest",
        topic="Fest",
        venue="Platz",
        starts_at=timezone.now() + timedelta(days=1),
        ends_at=timezone.now() + timedelta(days=2),
    )
    for browser in (client, browse(citizen), browse(lead)):
        assert browser.get("/dialoge/vorschlaege/").status_code == 404
    with pytest.raises(NotAllowed):
        proposals.release(user=lead, proposal=proposal)


@pytest.mark.parametrize("uuid", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_an_unknown_proposal_is_not_there(editor, browse, uuid):
    assert browse(editor).post("/dialoge/vorschlaege/", {"vorschlag": uuid, "freigeben": "1"}).status_code == 404
