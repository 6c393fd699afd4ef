"""`/konto/beitraege/`: what one wrote and made, of every kind, and nobody else's."""

from __future__ import annotations

import pytest
from django.test import Client

from portal.accounts import own_work
from portal.comments.domain import writing

pytestmark = pytest.mark.django_db
PATH, QUERIES = "/konto/beitraege/", 5


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_own_comments_are_listed_with_a_way_to_them(make_user, make_project):
    user, project = make_user(), make_project()
    comment = writing.create(user=user, thread=project.thread, text="Mein eigener Beitrag.")
    writing.create(user=make_user(), thread=project.thread, text="Ein fremder Beitrag.")
    page = signed_in(user).get(PATH).text
    assert comment.get_absolute_url() in page
    assert "Mein eigener Beitrag." in page
    assert "Ein fremder Beitrag." not in page


def test_without_contributions_there_is_a_friendly_hint(make_user):
    assert "Noch keine Beiträge" in signed_in(make_user()).get(PATH).text
    assert Client().get(PATH)["Location"].startswith("/konto/login/")


def test_every_kind_is_registered_with_a_label():
    assert {"comments", "stations"} <= own_work.kinds().keys()


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_at_any_length(make_user, make_project, number, django_assert_num_queries):
    user, projects = make_user(), [make_project(), make_project()]
    for n in range(number):
        writing.create(user=user, thread=projects[n % 2].thread, text=f"Beitrag Nummer {n}.", sample=True)
    client = signed_in(user)
    client.get(PATH)
    with django_assert_num_queries(QUERIES):
        page = client.get(PATH, {"art": "comments"}).text
    assert page.count("Beitrag Nummer") == number
