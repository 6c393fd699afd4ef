"""The count of what is new: the same for everyone, cheap, and kept by the page cache."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from portal.comments.enums import State
from portal.comments.models import Comment
from tests.portal.comments.test_talk_views import render, signed_in

pytestmark = pytest.mark.django_db


def ask(thread, since, client=None):
    return (client or Client()).get(f"/kommentare/{thread.pk}/neu/?seit={since}")


def test_new_comments_are_counted_in_words(thread, say, citizen):
    first = say(citizen)
    assert ask(thread, first.pk).text == '<data value="0">0 neue Kommentare</data>'
    say(citizen, "Zwei")
    assert ask(thread, first.pk).text == '<data value="1">1 neuer Kommentar</data>'
    say(citizen, "Drei", parent=first)
    assert ask(thread, first.pk).text == '<data value="2">2 neue Kommentare</data>'


@pytest.mark.parametrize("state", [State.HIDDEN, State.DELETED, State.HELD])
def test_only_what_everyone_sees_counts(thread, say, citizen, state):
    comment = say(citizen)
    Comment.objects.filter(pk=comment.pk).update(state=state, hidden_reason="other", held_until=timezone.now())
    for client in (Client(), signed_in(citizen)):
        assert 'value="0"' in ask(thread, 0, client).text


def test_the_answer_is_for_everyone_and_can_be_kept(thread, say, citizen):
    say(citizen)
    answer = ask(thread, 0, signed_in(citizen))
    assert answer.text == ask(thread, 0).text
    assert answer["Content-Type"].startswith("text/html")
    assert not answer.cookies
    assert "private" not in answer.get("Cache-Control", "")


@pytest.mark.parametrize("number", [1, 30])
def test_it_costs_two_queries(thread, citizen, number, django_assert_num_queries):
    Comment.objects.bulk_create(Comment(thread=thread, author=citizen, text="x") for _ in range(number))
    with django_assert_num_queries(2):
        assert f'value="{number}"' in ask(thread, 0).text


@pytest.mark.parametrize("since", ["", "x", "-1", "²", "9" * 30])
def test_strange_numbers_are_not_found(thread, since):
    assert ask(thread, since).status_code == 404


def test_what_the_public_does_not_see_is_not_counted(thread, citizen, target):
    target.hidden = True
    assert ask(thread, 0, signed_in(citizen)).status_code == 404
    assert Client().post(f"/kommentare/{thread.pk}/neu/?seit=0").status_code == 405


def test_the_page_says_from_where_to_count(thread, say, citizen):
    newest = [say(citizen, f"Nr. {n}") for n in range(3)][-1]
    markup = render(thread, AnonymousUser())
    assert f'data-newest="{newest.pk}"' in markup
    assert f'data-comments-live="/kommentare/{thread.pk}/neu/"' in markup
