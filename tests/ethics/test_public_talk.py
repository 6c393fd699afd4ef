"""Below a published recommendation people talk; before the publication there is no such conversation."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ethics.enums import State
from ethics.models import ReviewTalk
from portal.comments.domain import writing
from portal.comments.models import Comment

pytestmark = pytest.mark.django_db


def test_a_citizen_comments_a_published_recommendation(story, make_user, client):
    case = story.to(State.PUBLISHED)
    said = writing.create(user=make_user(), thread=case.talk.thread, text="Gut, dass die Zeiten nicht bleiben.")
    page = client.get(case.get_absolute_url()).content.decode()
    assert "Gut, dass die Zeiten nicht bleiben." in page
    assert client.get(said.get_absolute_url()).headers["Location"].startswith(case.get_absolute_url())


def test_before_the_publication_there_is_nothing_to_talk_at(story):
    story.to(State.VOTING)
    assert not ReviewTalk.objects.exists()


@pytest.mark.parametrize("comments", [1, 30])
def test_comments_cost_no_query_each(story, make_user, client, comments):
    case, author = story.to(State.PUBLISHED), make_user()
    Comment.objects.bulk_create(
        Comment(thread=case.talk.thread, author=author, text=f"Nummer {number}") for number in range(comments)
    )
    client.get(case.get_absolute_url())
    with CaptureQueriesContext(
        connection,
    ) as queries:
        client.get(case.get_absolute_url())
    assert len(queries) == 11
