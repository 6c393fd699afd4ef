"""An opinion from outside: who types it in, who reads it, and how a case ends that the Council cannot decide."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ethics.domain import cases, outside, recommendations, review
from ethics.enums import State
from ethics.models import OutsideOpinion, ReviewCase
from portal import audit
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db
WORDS = "Aus Sicht des Instituts bestehen keine Bedenken."


def scan(text: bytes = b"%PDF-1.4 Papier", name: str = "papier.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text)


def given(story, case: ReviewCase, **fields) -> OutsideOpinion:
    fields = {
        "expert": "Institut für Technikfolgen (Beispiel)",
        "received_on": timezone.localdate(),
        "stance": "empfehlung",
        "text": WORDS,
        "scan": scan(),
    } | fields
    return outside.take_in(story.office, case=case, **fields)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def recused(story, number: int) -> ReviewCase:
    """A case ready for the agenda, on which so many members are recused."""
    case = story.to(State.TRIAGE)
    for place, member in enumerate(story.members):
        conflicted = place >= len(story.members) - number
        review.declare(member, case=case, conflicted=conflicted, ground="organ" if conflicted else "")
    review.assign(story.office, case=case, member=story.members[1])
    review.start(story.office, case=case)
    for member in story.members[: len(story.members) - number]:
        review.save_opinion(member, case=case, stance="empfehlung", text="Ich finde das Vorhaben gut.", submit=True)
    return review.unveil(story.office, case=case)


def test_it_is_bound_to_the_version_and_hidden_until_the_unveiling(story):
    case = story.to(State.REVIEW)
    found = given(story, case)
    assert found.version_hash == cases.current_version(case).hash
    assert not found.late
    url = f"/ethikrat/buero/faelle/{case.slug}/aussen/{found.pk}/"
    for person, status in ((story.office, 200), (story.members[2], 404), (story.lead, 404), (story.dpo, 404)):
        assert client_of(person).get(url).status_code == status
    assert WORDS not in client_of(story.members[2]).get(case.get_office_url()).content.decode()
    for member in story.members:
        review.save_opinion(member, case=case, stance="empfehlung", text="Ich finde das Vorhaben gut.", submit=True)
    review.unveil(story.office, case=case)
    assert WORDS in client_of(story.members[2]).get(case.get_office_url()).content.decode()
    response = client_of(story.members[2]).get(url)
    assert b"".join(response.streaming_content) == b"%PDF-1.4 Papier"
    assert response["Content-Disposition"].startswith("attachment")
    assert client_of(story.lead).get(url).status_code == 404
    assert audit.verify().ok


def test_what_comes_after_the_unveiling_says_so(story):
    case = story.to(State.READY)
    assert given(story, case).late
    member = story.members[3]
    page = client_of(member).get(case.get_office_url()).content.decode()
    assert page.count("nach Offenlegung abgegeben") == 1
    review.declare(story.members[5], case=case, conflicted=False)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"scan": scan(b"MZ", "papier.pdf")}, "wrong_type"),
        ({"scan": scan(b"%PDF-1.4", "papier.exe")}, "wrong_type"),
        ({"scan": scan(b"%PDF-" + b"x" * 2_100_000)}, "too_large"),
        ({"text": "kurz"}, "missing"),
        ({"text": "x" * 100_000}, "too_long"),
        ({"expert": " "}, "missing"),
        ({"stance": "genehmigt"}, "invalid"),
        ({"received_on": timezone.localdate() + timezone.timedelta(days=1)}, "in_the_future"),
    ],
)
def test_bad_input_leaves_nothing(story, fields, code):
    case = story.to(State.REVIEW)
    with pytest.raises(DomainError) as caught:
        given(story, case, **fields)
    assert caught.value.code == code
    assert not OutsideOpinion.objects.exists()


def test_only_the_office_takes_it_in_once_and_before_the_vote(story):
    case = story.to(State.REVIEW)
    for person in (story.lead, story.chair, story.dpo, story.outsider, story.admin):
        with pytest.raises(NotAllowed):
            outside.take_in(
                person,
                case=case,
                expert="Wer",
                received_on=timezone.localdate(),
                stance="bedenken",
                text=WORDS,
                scan=scan(),
            )
    given(story, case)
    with pytest.raises(DomainError) as caught:
        given(story, case, scan=scan())
    assert caught.value.code == "already_there"
    with pytest.raises(DomainError) as caught:
        given(story, story.to(State.DECIDED))
    assert caught.value.code == "wrong_state"


def test_six_recused_of_eight_lead_to_the_opinion_from_outside(story):
    """ETHICS.md: base 2, three needed: impossible."""
    case = recused(story, 6)
    words = {
        "sentence": "Der Rat gibt eine Stellungnahme von außen wieder.",
        "text": "Das Institut hat keine Bedenken.",
    }
    with pytest.raises(DomainError) as caught:
        outside.rely_on(story.office, case=case, **words)
    assert caught.value.code == "opinion_missing"
    given(story, case)
    client = client_of(story.chair)
    assert "Zugrunde legen" in client.get(case.get_office_url()).content.decode()
    response = client.post(f"{case.get_office_url()}aussen-zugrunde/", words)
    assert response.status_code == 302
    case = ReviewCase.objects.get(pk=case.pk)
    assert (case.state, case.outcome) == (State.DECIDED, "keine_gemeinsame_position")
    recommendations.open_dissent(story.office, case=case)
    recommendations.prepare(story.office, case=case)
    case = story.to(State.PUBLISHED, ReviewCase.objects.get(pk=case.pk))
    page = Client().get(case.get_absolute_url()).content.decode()
    assert "Dem Rat lag 1 Stellungnahme von außen vor." in page
    assert "Institut für Technikfolgen" not in page
    assert Client().get(f"/api/v1/reviews/{case.slug}").json()["tally"] is None
    assert audit.verify().ok


@pytest.mark.parametrize("number", [0, 1, 5])
def test_a_council_that_can_decide_must(story, number):
    case = recused(story, number)
    given(story, case)
    with pytest.raises(DomainError) as caught:
        outside.rely_on(story.office, case=case, sentence="Der Rat macht es sich leicht.", text="Das soll nicht gehen.")
    assert caught.value.code == "decidable"
    assert "Zugrunde legen" not in client_of(story.chair).get(case.get_office_url()).content.decode()


def test_an_opinion_on_an_older_version_does_not_carry_the_decision(story):
    case = recused(story, 6)
    given(story, case)
    cases.save_draft(story.lead, case=case, content={**cases.current_version(case).content, "technology": "Neu"})
    cases.submit_revision(story.lead, case=case, note="Neuer Anbieter")
    with pytest.raises(DomainError) as caught:
        outside.rely_on(story.chair, case=case, sentence="Der Rat gibt etwas wieder.", text="Das Institut sagt etwas.")
    assert caught.value.code == "opinion_missing"
