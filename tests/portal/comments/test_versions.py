"""The history of a comment: what changed, and who may see it."""

from __future__ import annotations

import pytest
from django.test import Client
from django.utils import timezone

from portal.comments.domain import versions, writing
from portal.comments.domain.versions import Part
from portal.comments.enums import State
from portal.comments.models import Comment, Revision
from portal.exceptions import DomainError
from tests.portal.comments.test_talk_views import render, signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("before", "after", "parts"),
    [
        ("Die Bank ist alt.", "Die Bank ist neu.", [("same", "Die Bank ist "), ("gone", "alt."), ("new", "neu.")]),
        ("Ja.", "Ja. Gern.", [("same", "Ja."), ("new", " Gern.")]),
        ("Eins zwei drei", "zwei", [("gone", "Eins "), ("same", "zwei"), ("gone", " drei")]),
        ("", "Neu", [("new", "Neu")]),
        ("Gleich", "Gleich", [("same", "Gleich")]),
    ],
)
def test_changes_by_words(before, after, parts):
    assert versions.changes(before, after) == [Part(kind, text) for kind, text in parts]


def test_changes_put_together_give_both_wordings():
    before = " ".join(f"wort{n % 90}" for n in range(700))
    after = " ".join(f"wort{n % 77}" for n in range(800))
    parts = versions.changes(before, after)
    assert "".join(p.text for p in parts if p.kind != "new") == before
    assert "".join(p.text for p in parts if p.kind != "gone") == after
    assert len(parts) <= 4


@pytest.fixture
def edited(say, citizen):
    comment = say(citizen, "Die Bank <b>ist</b> alt.", minutes=5)
    return writing.edit(user=citizen, comment=comment, text="Die Bank ist neu.")


def test_everyone_reads_what_changed(thread, edited, client):
    path = f"/kommentare/{edited.pk}/fassungen/"
    page = client.get(path)
    assert page.status_code == 200
    assert "Neu: </span>neu.</ins>" in page.text
    assert "Gestrichen: </span>alt.</del>" in page.text
    assert "Die Bank ist alt." in page.text
    from django.contrib.auth.models import AnonymousUser

    assert f'href="{path}"' in render(thread, AnonymousUser())


def test_a_comment_that_was_never_changed_has_no_history(say, citizen, client):
    assert client.get(f"/kommentare/{say(citizen).pk}/fassungen/").status_code == 404


def test_versions_of_what_is_hidden_are_for_the_moderation(edited, client, citizen, moderator):
    Comment.objects.filter(pk=edited.pk).update(state=State.HIDDEN, hidden_reason="other")
    path = f"/kommentare/{edited.pk}/fassungen/"
    assert [door.get(path).status_code for door in (client, signed_in(citizen))] == [404, 404]
    assert signed_in(moderator).get(path).status_code == 200


def test_versions_of_what_is_held_are_for_author_and_moderation(edited, client, citizen, moderator, make_user):
    Comment.objects.filter(pk=edited.pk).update(state=State.HELD, held_until=timezone.now())
    path = f"/kommentare/{edited.pk}/fassungen/"
    doors = (client, signed_in(make_user()), signed_in(citizen), signed_in(moderator))
    assert [door.get(path).status_code for door in doors] == [404, 404, 200, 200]


def test_a_thread_that_is_not_there_has_no_history(edited, target, moderator):
    target.hidden = True
    assert signed_in(moderator).get(f"/kommentare/{edited.pk}/fassungen/").status_code == 404


def test_a_version_that_a_rule_holds_back_stays_with_author_and_moderation(say, citizen, moderator):
    """Posted with a number, held, changed, released: the number is not shown in the history."""
    comment = say(citizen, "Ruft an: 05251 1234567", minutes=5)
    writing.edit(user=citizen, comment=comment, text="Ruft mich an.")
    Comment.objects.filter(pk=comment.pk).update(state=State.VISIBLE, held_until=None)
    path = f"/kommentare/{comment.pk}/fassungen/"
    page = Client().get(path)
    assert "05251" not in page.text
    assert "Diese Fassung wird nicht gezeigt" in page.text
    assert "05251" in signed_in(moderator).get(path).text
    assert "05251" in signed_in(citizen).get(path).text


def test_the_tenth_change_is_the_last(say, citizen):
    comment = say(citizen, minutes=1)
    for number in range(10):
        comment = writing.edit(user=citizen, comment=comment, text=f"Fassung {number}")
    with pytest.raises(DomainError, match="too_often"):
        writing.edit(user=citizen, comment=comment, text="Noch eine")
    assert Revision.objects.count() == 10


@pytest.mark.parametrize("number", [1, 10])
def test_the_history_costs_the_same_at_any_length(edited, number, client, django_assert_num_queries):
    """The comment, its versions, and the banner of the page's frame."""
    Revision.objects.bulk_create(Revision(comment=edited, text=f"Fassung {n}") for n in range(number))
    with django_assert_num_queries(3):
        client.get(f"/kommentare/{edited.pk}/fassungen/")
