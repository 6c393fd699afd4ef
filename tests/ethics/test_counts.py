"""Pages of the office keep their number of queries."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from ethics.enums import State
from ethics.models import ConflictDeclaration, ReviewCase

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
        (State.READY, "office", 18),
        (State.READY, "chair", 18),
        (State.READY, "lead", 13),
        (State.VOTING, "office", 23),
        (State.VOTING, "chair", 25),
        (State.CLOSED, "office", 24),
    ],
)
def test_case_page(story, django_assert_max_num_queries, state, who, queries):
    case = story.to(state)
    client = client_of(getattr(story, who))
    client.get(case.get_office_url())
    with django_assert_max_num_queries(queries):
        assert client.get(case.get_office_url()).status_code == 200
