"""Pages of the office keep their number of queries."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ethics.domain import dpia, talk, votes
from ethics.enums import State
from ethics.models import ConflictDeclaration, DpiaVersion, ReviewCase

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def more(case: ReviewCase, number: int) -> None:
    for copy in range(number):
        twin = ReviewCase.objects.get(pk=case.pk)
        twin.pk, twin.slug = None, f"kopie-{copy}"
        twin.save()


@pytest.mark.parametrize("number", [1, 30])
def test_work_list(story, django_assert_num_queries, number):
    more(story.to(State.TRIAGE), number - 1)
    client = client_of(story.office)
    client.get("/ethikrat/buero/")
    with django_assert_num_queries(10):
        assert client.get("/ethikrat/buero/").status_code == 200


@pytest.mark.parametrize("number", [1, 30])
def test_work_list_of_the_chair(story, django_assert_max_num_queries, number):
    case = story.to(State.VOTING)
    more(case, number - 1)
    ConflictDeclaration.objects.bulk_create(
        ConflictDeclaration(case=twin, member=story.chair, conflicted=False, declared_at=timezone.now())
        for twin in ReviewCase.objects.exclude(pk=case.pk)
    )
    client = client_of(story.chair)
    client.get("/ethikrat/buero/")
    with django_assert_max_num_queries(15):
        page = client.get("/ethikrat/buero/").content.decode()
    assert page.count("Abstimmung leiten") == number


@pytest.mark.parametrize("number", [1, 30])
def test_council_page(story, django_assert_num_queries, number):
    case = story.to(State.PUBLISHED)
    for copy in range(number - 1):
        twin = ReviewCase.objects.get(pk=case.pk)
        found = twin.recommendation
        twin.pk, twin.slug = None, f"kopie-{copy}"
        twin.save()
        found.pk, found.case = None, twin
        found.save()
    client = Client()
    client.get("/ethikrat/?x=1")
    with django_assert_num_queries(10):
        assert client.get("/ethikrat/?x=2").status_code == 200


@pytest.mark.parametrize(
    ("state", "who", "queries"),
    [
        (State.READY, "office", 15),
        (State.READY, "chair", 14),
        (State.READY, "lead", 11),
        (State.SCHEDULED, "chair", 17),
        (State.VOTING, "office", 18),
        (State.VOTING, "chair", 18),
        (State.VOTING, "deputy", 18),
        (State.VOTING, "lead", 12),
        (State.CLOSED, "office", 18),
        (State.CLOSED, "chair", 19),
    ],
)
def test_case_page(story, django_assert_num_queries, state, who, queries):
    case = story.to(state)
    client = client_of(getattr(story, who))
    client.get(case.get_office_url())
    with django_assert_num_queries(queries):
        assert client.get(case.get_office_url()).status_code == 200


def test_case_page_while_voting_with_everything_beside_it(story, django_assert_num_queries):
    """An attachment and a DPIA are one query each where there are any; more of anything adds none."""
    case = story.draft()
    for number in range(3):
        talk.attach(
            story.lead, case=case, title=f"Blatt {number}", file=SimpleUploadedFile("b.pdf", b"%%PDF-%d" % number)
        )
    case = story.to(State.REVIEW, case)
    for number in range(3):
        talk.ask(story.members[number], case=case, text=f"Geht es auch ohne Funk, Teil {number}?")
    case = story.to(State.SCHEDULED, case)
    for member in story.members[2:5]:
        talk.remark(member, case=case, section="technik", text="Lichtschranken gibt es schon am Bahnhof.")
    assessed = dpia.begin(story.lead, title="Abschätzung der Folgen", case=case)
    dpia.begin_editing(story.lead, dpia=assessed, reason="Zwei Kriterien treffen zu.")
    DpiaVersion.objects.filter(dpia=assessed).update(frozen_at=timezone.now(), hash="0" * 64)
    case = story.to(State.VOTING, case)
    for member in story.members[1:]:
        votes.cast(story.chair, vote=case.votes.get(), member=member, choice="ja")
    client = client_of(story.chair)
    client.get(case.get_office_url())
    with django_assert_num_queries(20):
        page = client.get(case.get_office_url()).content.decode()
    counts = {text: page.count(text) for text in ("Lichtschranken gibt", ": Ja</li>", "ohne Funk, Teil")}
    assert counts == {"Lichtschranken gibt": 3, ": Ja</li>": 7, "ohne Funk, Teil": 3}
    assert "Blatt 2" in page
    assert "Abschätzung der Folgen" in page
