"""`/api/v1/comments`: what everyone can read, and nothing else."""

from __future__ import annotations

import pytest

from portal.comments.domain import moderation, writing
from portal.comments.models import Comment
from tests.portal.comments.conftest import about

pytestmark = pytest.mark.django_db


def test_comments_carry_their_page_project_and_sample(thread, citizen, target, make_project, client):
    target.on_project = make_project()
    comment = writing.create(user=citizen, thread=thread, text="Gut <b>so</b>.", sample=True)
    (item,) = client.get("/api/v1/comments").json()["items"]
    assert item == {
        "id": comment.pk,
        "thread": thread.pk,
        "parent": None,
        "url": f"/kommentare/{comment.pk}/",
        "target_url": "/kommentar-probe/",
        "target_title": "Die Bank am Paderquellgebiet",
        "project": target.on_project.slug,
        "author": citizen.public_name,
        "text": "Gut so.",
        "created": item["created"],
        "edited": None,
        "official": False,
        "department": "",
        "supports": 0,
        "sample": True,
    }
    assert item["created"].endswith("Z")


def test_hidden_held_and_invisible_ones_stay_out(thread, citizen, moderator, say, target, client):
    moderation.hide(user=moderator, matter=about(say(citizen)), reason="insult", facts="x")
    writing.create(user=citizen, thread=thread, text="Ruft an: 05251 1234567")
    assert client.get("/api/v1/comments").json() == {"items": [], "next": None}
    say(citizen, "Sichtbar")
    target.hidden = True
    client.force_login(moderator)
    assert client.get("/api/v1/comments").json()["items"] == []


def test_pages_follow_the_cursor(say, citizen, client):
    made = [say(citizen, f"Nr. {n}", minutes=n + 100) for n in range(3)]
    first = client.get("/api/v1/comments?limit=2").json()
    second = client.get(first["next"]).json()
    assert [item["id"] for item in first["items"] + second["items"]] == [comment.pk for comment in made]
    assert second["next"] is None
    assert client.get("/api/v1/comments?cursor=!!!").status_code == 400
    assert client.get("/api/v1/comments?limit=0").status_code == 422


@pytest.mark.parametrize("number", [1, 30])
def test_a_list_costs_one_query_besides_its_targets(thread, citizen, number, client, django_assert_num_queries):
    Comment.objects.bulk_create(Comment(thread=thread, author=citizen, text=f"Nr. {n}") for n in range(number))
    with django_assert_num_queries(1):
        client.get("/api/v1/comments")
