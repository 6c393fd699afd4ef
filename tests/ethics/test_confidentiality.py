"""What must stay inside, looked for at every door this app opens."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from ethics.domain import cases, followup, meetings, recommendations, review, votes
from ethics.enums import State
from ethics.models import Opinion, ReviewCase
from portal.activity.models import Activity
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db

PAPER = "GEHEIMPAPIER"
OPINION = "GEHEIMMEINUNG"
DRAFT = "GEHEIMVORLAGE"


def client_of(user=None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def reviewed(story):
    """A case in Begutachtung with planted words; member 7 is recused, member 6 has not declared."""
    case = story.draft(title="Geheimfall Pader", parties="Stadtwerke")
    cases.save_draft(
        story.lead, case=case, content=dict.fromkeys(("what", "aim", "data"), f"{PAPER}, ausführlich erklärt.")
    )
    case = story.to(State.TRIAGE, case)
    for member in story.members[:6]:
        review.declare(member, case=case, conflicted=False)
    review.declare(story.members[7], case=case, conflicted=True, ground="organ")
    review.assign(story.office, case=case, member=story.members[2])
    review.end_deadline(story.office, case=case, which="declarations_due", reason="Alle haben Bescheid bekommen.")
    review.start(story.office, case=case)
    for number, member in enumerate(story.members[:3]):
        review.save_opinion(
            member, case=case, stance="bedenken", text=f"{OPINION}{number}, und zwar deutlich.", submit=True
        )
    review.save_opinion(story.members[3], case=case, stance="", text=f"{OPINION}3", submit=False)
    return ReviewCase.objects.get(pk=case.pk)


def body(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, url
    return response.content.decode()


def test_opinions_are_hidden_from_each_other_and_from_all_others(story, reviewed):
    url = reviewed.get_office_url()
    for number, member in enumerate(story.members[:3]):
        page = body(client_of(member), url)
        assert f"{OPINION}{number}" in page
        assert page.count(OPINION) == page.count(f"{OPINION}{number}")
    for person in (story.members[4], story.office, story.lead, story.dpo):
        assert OPINION not in body(client_of(person), url)
    assert not Opinion.objects.visible_to(story.office).exists()
    assert not Opinion.objects.visible_to(story.admin).exists()


def test_unveiling_shows_all_at_once_to_members_free_of_conflict_alone(story, reviewed):
    review.end_deadline(story.office, case=reviewed, which="opinions_due", reason="Sitzung steht bevor.")
    review.unveil(story.office, case=reviewed)
    url = reviewed.get_office_url()
    page = body(client_of(story.members[4]), url)
    assert all(f"{OPINION}{number}" in page for number in range(3))
    assert f"{OPINION}3" not in page
    for person in (story.members[6], story.members[7], story.lead, story.dpo, story.office):
        assert OPINION not in body(client_of(person), url)
    late = review.save_opinion(
        story.members[4], case=reviewed, stance="empfehlung", text="Ich sehe es freundlicher an.", submit=True
    )
    assert late.late
    assert late.unveiled_at
    with pytest.raises(DomainError):
        review.save_opinion(
            story.members[0], case=reviewed, stance="empfehlung", text="Jetzt sehe ich es anders.", submit=True
        )


def test_recused_and_undeclared_members_see_title_and_parties_only(story, reviewed):
    for member in (story.members[6], story.members[7]):
        page = body(client_of(member), reviewed.get_office_url())
        assert "Geheimfall Pader" in page
        assert "Stadtwerke" in page
        assert PAPER not in page
        assert OPINION not in page
        with pytest.raises(NotAllowed):
            review.save_opinion(member, case=reviewed, stance="bedenken", text="Trotzdem sage ich etwas.", submit=True)


OUTSIDE = ["outsider", "admin", "communications", "anonymous"]


@pytest.mark.parametrize("who", OUTSIDE)
def test_outsiders_find_no_trace_of_a_case_under_review(story, reviewed, who):
    user = None if who == "anonymous" else getattr(story, who)
    client = client_of(user)
    private = 302 if user is None else 404
    slug = reviewed.slug
    for url in (
        reviewed.get_office_url(),
        f"{reviewed.get_office_url()}antrag/",
        f"{reviewed.get_office_url()}antrag/schwellwert/",
        f"{reviewed.get_office_url()}antrag/einreichen/",
    ):
        assert client.get(url).status_code == private
    assert client.post(f"{reviewed.get_office_url()}annehmen/").status_code == private
    assert client.get(reverse("ethics:review-show", kwargs={"slug": slug})).status_code == 404
    assert client.get(reverse("ethics:review-download", kwargs={"slug": slug})).status_code == 404
    assert client.get(f"/api/v1/reviews/{slug}").status_code == 404
    for url in ("/ethikrat/", "/api/v1/reviews", story.project.get_absolute_url()):
        page = body(client, url)
        assert "Geheimfall" not in page
        assert slug not in page
    assert not Activity.objects.filter(title__contains="Geheimfall").exists()


def test_post_by_insiders_without_the_role_is_403_and_changes_nothing(story, reviewed):
    response = client_of(story.members[4]).post(f"{reviewed.get_office_url()}offenlegen/")
    assert response.status_code == 403
    assert ReviewCase.objects.get(pk=reviewed.pk).state == State.REVIEW
    assert client_of(story.office).post(f"{reviewed.get_office_url()}gibt-es-nicht/").status_code == 404


def test_redactions_are_taken_out_at_every_public_door(story):
    case = story.to(State.READY)
    recommendations.draft(
        story.chair,
        case=case,
        form="empfehlung_mit_auflagen",
        sentence=f"Der Rat empfiehlt es [[{DRAFT}1]] so.",
        text=f"Begründet mit [[{DRAFT}2]] und mehr.",
        conditions=[(f"Offen zeigen [[{DRAFT}3", None)],
    )
    meeting = story.meeting_today()
    meetings.schedule(story.office, case=case, meeting=meeting)
    story.attend(meeting)
    story.vote(case, "jjjjjjjn")
    recommendations.open_dissent(story.office, case=case)
    with pytest.raises(DomainError):
        recommendations.prepare(story.office, case=case)
    with pytest.raises(DomainError):
        recommendations.file_dissent(story.members[1], case=case, text="Ich war doch dafür, eigentlich.")
    recommendations.file_dissent(story.members[7], case=case, text="Mir fehlt das Vertrauen in den Anbieter.")
    recommendations.prepare(story.office, case=case)
    recommendations.summarise(
        story.office, case=case, plain_summary="Der Rat findet die Sensoren gut und will mehr wissen."
    )
    recommendations.confirm_data_protection(story.dpo, case=case)
    with pytest.raises(DomainError) as caught:
        recommendations.publish(story.chair, case=case)
    assert caught.value.code == "redaction_reason_missing"
    recommendations.summarise(
        story.office,
        case=case,
        plain_summary="Der Rat findet die Sensoren gut und will mehr wissen.",
        redaction_reason="Geschäftsgeheimnis",
    )
    with pytest.raises(DomainError) as caught:
        recommendations.publish(story.chair, case=case)
    assert caught.value.code == "data_protection_missing"
    recommendations.confirm_data_protection(story.dpo, case=case)
    case = recommendations.publish(story.chair, case=case)
    client = client_of()
    for url in (
        case.get_absolute_url(),
        "/ethikrat/",
        "/api/v1/reviews",
        f"/api/v1/reviews/{case.slug}",
        story.project.get_absolute_url(),
    ):
        page = body(client, url)
        assert "GEHEIMVORLAGE" not in page
        assert story.members[7].public_name not in page
    assert "Mir fehlt das Vertrauen" in body(client, case.get_absolute_url())
    assert not Activity.objects.filter(summary__contains=DRAFT).exists()


def test_public_page_shows_tally_without_names_and_the_answers(story):
    case = story.to(State.CLOSED)
    page = body(client_of(), case.get_absolute_url())
    assert "Ja: 8, Nein: 0, Enthaltung: 0" in page
    assert "erfüllt" in page
    assert "Das machen wir so." in page
    assert case.public_hash in page
    for member in story.members:
        assert member.public_name not in page


def test_dossier_is_a_pdf_that_survives_markup(story):
    case = story.to(State.VOTING)
    found = case.recommendation
    found.text = "<b>fett</b> & <script>x</script> \U0001f600 \x0b"
    found.save()
    for member in story.members:
        votes.cast(story.chair, vote=case.votes.get(), member=member, choice="ja")
    votes.close_vote(story.chair, vote=case.votes.get())
    case = story.to(State.PUBLISHED, case)
    response = client_of().get(f"{case.get_absolute_url()}dossier.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


def test_office_pages_are_closed_to_the_public(story, make_user):
    for url in ("/ethikrat/buero/", "/ethikrat/buero/neu/", "/ethikrat/buero/sitzungen/neu/"):
        assert client_of().get(url).status_code == 302
        assert client_of(story.outsider).get(url).status_code == 404
    meeting = story.meeting_today()
    for person, status in (
        (story.office, 200),
        (story.members[3], 200),
        (story.lead, 404),
        (story.dpo, 404),
        (story.admin, 404),
    ):
        assert client_of(person).get(f"/ethikrat/buero/sitzungen/{meeting.pk}/").status_code == status
    assert client_of(story.members[3]).post(f"/ethikrat/buero/sitzungen/{meeting.pk}/").status_code == 404
    assert (
        b"BEGIN:VCALENDAR" in client_of(story.office).get(f"/ethikrat/buero/sitzungen/{meeting.pk}/sitzung.ics").content
    )


def test_answer_needs_every_condition_and_a_reason(story):
    case = story.to(State.AWAITING_ANSWER)
    for responses in (
        {},
        {1: ("angenommen", "")},
        {1: ("vielleicht", "Das machen wir so.")},
        {2: ("angenommen", "Das machen wir.")},
    ):
        with pytest.raises(DomainError):
            followup.answer(story.lead, case=case, responses=responses)
    assert ReviewCase.objects.get(pk=case.pk).state == State.AWAITING_ANSWER


def test_roles_rest_without_a_second_factor(story, reviewed, settings):
    from allauth.mfa.models import Authenticator

    settings.STAFF_MFA_REQUIRED = True
    Authenticator.objects.all().delete()
    for person in (story.members[0], story.office, story.dpo):
        again = type(person).objects.get(pk=person.pk)
        assert not ReviewCase.objects.visible_to(again).filter(pk=reviewed.pk).exists()
        assert not Opinion.objects.visible_to(again).exclude(member=again).exists()


def test_search_finds_published_words_alone(story, reviewed):
    from ethics.sources import find_reviews

    case = story.to(State.PUBLISHED)
    assert [hit.title for hit in find_reviews(["nutzen"], story.outsider, 5).hits] == [case.title]
    case.recommendation.text += " [[verborgenes Wort]]"
    case.recommendation.save()
    assert find_reviews(["verborgenes"], story.outsider, 5).total == 0
    assert find_reviews(["geheimfall"], story.office, 5).total == 0
