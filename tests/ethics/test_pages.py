"""The application in the browser without JavaScript, the work list, query counts, invitations."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from ethics.domain import cases, council, meetings, recommendations, review, waiting
from ethics.enums import State
from ethics.models import ReviewCase
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(story):
    client = Client()
    client.force_login(story.lead, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_application_is_saved_at_each_step_and_handed_in(story, lead):
    response = lead.post(
        f"/ethikrat/buero/neu/?projekt={story.project.slug}",
        {"title": "Öffentliche Übersicht", "project": story.project.slug},
    )
    case = ReviewCase.objects.get()
    assert case.slug == "oeffentliche-uebersicht"
    assert response.url == f"{case.get_office_url()}antrag/"
    lead.post(response.url, {"what": "Sensoren messen die Feuchte des Bodens."})
    check = f"{case.get_office_url()}antrag/einreichen/"
    refused = lead.post(check)
    assert refused.status_code == 422
    assert "Pflichtangaben" in refused.content.decode()
    lead.post(response.url, dict.fromkeys(("what", "aim", "data"), "Hier steht genug, um es zu verstehen."))
    page = lead.post(f"{case.get_office_url()}antrag/schwellwert/", {"V1": "unklar"}, follow=True).content.decode()
    assert "noch offen" in page
    assert "Begründung" in page
    assert "Das Ergebnis ist noch offen" in lead.post(check).content.decode()
    lead.post(f"{case.get_office_url()}antrag/schwellwert/", {"V1": "nein", "reason": "Zu kurz."})
    assert "mindestens 50 Zeichen" in lead.post(check).content.decode()
    lead.post(f"{case.get_office_url()}antrag/schwellwert/", {"V1": "ja", "A": "ja"})
    assert lead.post(check).status_code == 302
    case.refresh_from_db()
    version = case.versions.get()
    assert case.state == State.SUBMITTED
    assert version.screening.outcome == "erforderlich"
    assert len(version.hash) == 64


def test_wrong_answers_change_nothing(story, lead):
    case = story.draft()
    before = case.versions.get().screening.answers
    assert lead.post(f"{case.get_office_url()}antrag/schwellwert/", {"V1": "vielleicht"}).status_code == 422
    assert case.versions.get().screening.answers == before


def test_questions_one_at_a_time_keep_the_other_answers(story, lead):
    case = story.draft()
    url = f"{case.get_office_url()}antrag/schwellwert/"
    assert "Frage 1 von" in lead.get(f"{url}?frage=V1").content.decode()
    assert lead.post(f"{url}?frage=A", {"A": "ja"}).url.endswith("?frage=B")
    assert lead.post(f"{url}?frage=A", {"A": "ja", "zurueck": "1"}).url.endswith("?frage=V5")
    assert lead.post(f"{url}?frage=B", {"B": "vielleicht"}).status_code == 422
    answers = case.versions.get().screening.answers
    assert (answers["A"], answers["V1"], answers["K9"]) == ("ja", "ja", "nein")


def test_too_long_an_answer_is_refused_with_a_sentence(story):
    case = story.draft()
    with pytest.raises(DomainError) as caught:
        cases.save_draft(story.lead, case=case, content={"what": "x" * 100_000})
    assert caught.value.code == "too_long"


def test_editing_after_submission_makes_a_new_version(story):
    case = story.to(State.REVIEW)
    first = case.versions.get()
    cases.save_draft(
        story.lead, case=case, content=dict.fromkeys(("what", "aim", "data"), "Neu und anders beschrieben als zuvor.")
    )
    case = cases.submit_revision(story.lead, case=case, note="Anderer Sensor")
    numbers = dict(case.versions.values_list("number", "hash"))
    assert numbers[1] == first.hash
    assert numbers[2] != first.hash
    with pytest.raises(DomainError) as caught:
        cases.submit_revision(story.lead, case=case, note="Noch einmal")
    assert caught.value.code == "nothing_changed"


def test_application_of_another_lead_is_not_there(story, make_user):
    case = story.draft()
    stranger = make_user("project_lead")
    client = Client()
    client.force_login(stranger, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{case.get_office_url()}antrag/").status_code == 404
    with pytest.raises(DomainError):
        cases.begin(stranger, title="Fremdes Projekt", project=story.project)
    with pytest.raises(DomainError):
        cases.save_draft(stranger, case=case, content={})


@pytest.mark.parametrize(
    ("state", "person", "text"),
    [
        (State.DRAFT, "lead", "Antrag fertigstellen"),
        (State.SUBMITTED, "office", "Antrag annehmen"),
        (State.TRIAGE, "deputy", "Befangenheit erklären"),
        (State.VOTING, "chair", "Abstimmung leiten"),
        (State.AWAITING_ANSWER, "lead", "Auf die Auflagen antworten"),
    ],
)
def test_work_list_names_what_waits(story, state, person, text):
    story.to(state)
    assert any(text in str(item.text) for item in waiting.for_user(getattr(story, person)))


def waits_for(person, text: str) -> int:
    return sum(text in str(item.text) for item in waiting.for_user(person))


def test_work_list_of_whoever_stands_in_for_the_chair(story):
    case = story.to(State.SCHEDULED)
    assert (waits_for(story.chair, "Sitzung leiten"), waits_for(story.deputy, "Sitzung leiten")) == (1, 0)
    review.declare(story.chair, case=case, conflicted=True, ground="organ")
    assert (waits_for(story.chair, "Sitzung leiten"), waits_for(story.deputy, "Sitzung leiten")) == (0, 1)
    presences = {m.pk: "anwesend" for m in story.members} | {story.deputy.pk: "entschuldigt"}
    meetings.record_attendance(story.office, meeting=meetings.current_item(case).meeting, presences=presences)
    assert [waits_for(m, "Sitzung leiten") for m in story.members] == [0, 0, 1, 0, 0, 0, 0, 0]


def test_publication_waits_for_the_chair_once_data_protection_has_seen_it(story):
    case = story.to(State.PREPARING)
    plain = "Der Rat findet die Sensoren gut. Die Daten sollen offen sein."
    recommendations.summarise(story.office, case=case, plain_summary=plain)
    assert waits_for(story.chair, "Veröffentlichen") == 0
    recommendations.confirm_data_protection(story.dpo, case=case)
    assert (waits_for(story.chair, "Veröffentlichen"), waits_for(story.deputy, "Veröffentlichen")) == (1, 0)


@pytest.mark.parametrize("number", [1, 30])
def test_work_list_of_the_chair_keeps_its_number_of_queries(story, number, django_assert_max_num_queries):
    case = story.to(State.VOTING)
    for copy in range(number - 1):
        twin = ReviewCase.objects.get(pk=case.pk)
        twin.pk, twin.slug = None, f"kopie-{copy}"
        twin.save()
        review.ConflictDeclaration.objects.create(
            case=twin, member=story.chair, conflicted=False, declared_at=twin.created_at
        )
    chair = type(story.chair).objects.get(pk=story.chair.pk)
    with django_assert_max_num_queries(11):
        assert waits_for(chair, "Abstimmung leiten") == number


@pytest.mark.parametrize("number", [1, 30])
def test_work_list_and_register_keep_their_number_of_queries(story, number, django_assert_num_queries):
    case = story.to(State.PUBLISHED)
    for copy in range(number - 1):
        case.recommendation.pk, case.recommendation.case_id = None, None
        twin = ReviewCase.objects.get(slug=case.slug if copy == 0 else f"kopie-{copy - 1}")
        twin.pk, twin.slug = None, f"kopie-{copy}"
        twin.save()
        found = ReviewCase.objects.get(slug=case.slug).recommendation
        found.pk, found.case = None, twin
        found.save()
    client = Client()
    client.get("/api/v1/reviews")
    with django_assert_num_queries(5):
        assert len(client.get("/api/v1/reviews").json()["items"]) == number
    from portal.accounts.models import User

    with django_assert_num_queries(5):
        waiting.for_user(User.objects.get(pk=story.office.pk))


def test_invitation_goes_to_every_member_with_a_calendar_file(story, mailoutbox):
    story.meeting_today()
    assert {mail.to[0] for mail in mailoutbox} == {member.email for member in story.members}
    assert all("BEGIN:VCALENDAR" in mail.attachments[0].content for mail in mailoutbox)


def test_short_notice_needs_a_reason(story):
    from datetime import timedelta

    from django.utils import timezone

    from ethics.domain import meetings

    with pytest.raises(DomainError) as caught:
        meetings.call(story.office, title="Sitzung", starts_at=timezone.now() + timedelta(days=2), place="Rathaus")
    assert caught.value.code == "short_notice"
    with pytest.raises(DomainError) as caught:
        meetings.call(story.office, title="Sitzung", starts_at=timezone.now() - timedelta(days=2), place="Rathaus")
    assert caught.value.code == "in_the_past"
    with pytest.raises(DomainError):
        meetings.call(story.chair, title="Sitzung", starts_at=timezone.now() + timedelta(days=20), place="Rathaus")


def test_anonymous_visit_sets_no_cookie(story):
    case = story.to(State.PUBLISHED)
    for url in ("/ethikrat/", case.get_absolute_url()):
        assert not Client().get(url).cookies


def test_a_decided_case_shows_the_quorum_its_vote_was_opened_with(story):
    case = story.to(State.DECIDED)
    for member in story.members[5:]:
        council.unseat(story.office, seat=member.council_seats.get(), until=timezone.localdate())
    client = Client()
    client.force_login(story.office, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(case.get_office_url()).content.decode()
    assert "8 Mitglieder, davon 0 befangen" in page
    assert "5 Mitglieder" not in page
