"""The address of a comment within a text stands for that comment."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.comments.domain import quoting, writing
from portal.comments.enums import State
from portal.comments.models import Comment, Thread
from tests.portal.comments.test_talk_views import render

pytestmark = pytest.mark.django_db
HOST = "http://testserver"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("/kommentare/7/", [7]),
        (f"Siehe {HOST}/kommentare/7/ dazu", [7]),
        (f"{HOST}/en/kommentare/7/?sortierung=offen#kommentar-7", [7]),
        (f"({HOST}:8000/kommentare/7/)", [7]),
        (f"{HOST}/projekte/baum/?ab=3#kommentar-7", [7]),
        (f"{HOST}/kommentare/5/antworten/#kommentar-7", [7]),
        ("/kommentare/1/ /kommentare/2/ /kommentare/3/ /kommentare/4/", [1, 2, 3]),
        ("https://evil.example/kommentare/7/", []),
        (f"https://evil.example/?{HOST}/x", []),
        ("https://evil.example/x#kommentar-7", []),
        ("https://testserver.evil.example/kommentare/7/", []),
        ("x/kommentare/7/", []),
        ("/kommentare/7/antworten/", []),
        ("/kommentare/٧/", []),
        ("kommentar 7", []),
    ],
)
def test_addresses_of_comments_are_found(text, keys):
    assert quoting.keys_of(text) == keys


def test_what_is_quoted_stands_as_a_card(thread, say, citizen, make_user):
    quoted = say(citizen, "Die Bank <b>wackelt</b>.\nSeit Mai.")
    say(make_user(), f"Stimmt:\n{HOST}{quoted.get_absolute_url()}\nUnd der Tisch auch.")
    markup = render(thread, AnonymousUser())
    assert "<p>Stimmt:</p><figure" in markup
    assert "<blockquote>Die Bank wackelt. Seit Mai.</blockquote>" in markup
    assert f'<figcaption><a href="{quoted.get_absolute_url()}">{citizen.display_name}, <time' in markup
    assert "<p>Und der Tisch auch.</p>" in markup


@pytest.mark.parametrize("state", [State.HIDDEN, State.DELETED])
def test_what_is_gone_is_not_quoted(thread, say, citizen, make_user, state):
    quoted = say(citizen, "Geheimnisvolle Worte")
    say(make_user(), f"Siehe {quoted.get_absolute_url()}")
    Comment.objects.filter(pk=quoted.pk).update(state=state, hidden_reason="other")
    markup = render(thread, AnonymousUser())
    assert "Der zitierte Kommentar ist nicht mehr zu sehen." in markup
    assert "Geheimnisvolle" not in markup


def test_held_ones_and_those_of_other_talks_stay_addresses(thread, say, citizen, make_user):
    elsewhere = say(citizen, "Anderswo gesagt", thread=Thread.objects.create(target="bench"))
    held = say(citizen, "Noch geprüft")
    Comment.objects.filter(pk=held.pk).update(state=State.HELD, held_until=timezone.now())
    say(make_user(), f"A {elsewhere.get_absolute_url()} B {held.get_absolute_url()} C /kommentare/999999/")
    markup = render(thread, AnonymousUser())
    assert "Anderswo gesagt" not in markup
    assert "Noch geprüft" not in markup
    assert f"A {elsewhere.get_absolute_url()} B {held.get_absolute_url()} C /kommentare/999999/" in markup


def test_new_accounts_may_quote_though_they_post_no_links(thread, say, citizen, make_user):
    quoted = say(citizen)
    links = " ".join(f"{HOST}{quoted.get_absolute_url()}" for _ in range(5))
    assert writing.create(user=make_user(), thread=thread, text=f"Wie oft noch: {links}").state == State.VISIBLE


@pytest.mark.parametrize("number", [1, 30])
def test_quotes_cost_one_query(thread, say, citizen, number, django_assert_num_queries):
    quoted = say(citizen)
    Comment.objects.bulk_create(
        Comment(thread=thread, author=citizen, text=f"/kommentare/{quoted.pk}/") for _ in range(number)
    )
    with django_assert_num_queries(4):
        markup = render(thread, AnonymousUser())
    assert markup.count("comment-quote--card") == min(number, 20 if number == 30 else 1)


def test_a_quote_of_a_quote_does_not_nest(thread, say, citizen, make_user):
    first = say(citizen, "Am Anfang")
    second = say(make_user(), f"Dazu: {HOST}/kommentare/{first.pk}/ gut.")
    say(make_user(), f"{HOST}/kommentare/{second.pk}/")
    assert "<blockquote>Dazu: gut.</blockquote>" in render(thread, AnonymousUser())
