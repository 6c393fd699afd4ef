"""Words within one talk: found in comments and in answers, shown with their thread."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.comments.domain import reading, searching
from portal.comments.enums import State
from portal.comments.models import Comment
from tests.portal.comments.test_talk_views import render

pytestmark = pytest.mark.django_db
NOBODY = AnonymousUser()


@pytest.fixture
def talk(thread, citizen):
    """Three comments with answers: the word "Brücke" stands in the first, and in an answer of the third."""

    def add(text, parent=None, **fields):
        return Comment.objects.create(thread=thread, author=citizen, text=text, parent=parent, **fields)

    tops = [add("Die Brücke ist zu schmal."), add("Mehr Bäume, bitte."), add("Wo fährt der Bus?")]
    for number in range(5):
        add(f"Antwort {number}", tops[2])
    add("Über die alte BRÜCKE.", tops[2])
    return tops


def found(thread, words, user=NOBODY):
    page = reading.page(thread=thread, user=user, search=words)
    return [shown.comment for shown in page.items], page


@pytest.mark.parametrize("words", ["Brücke", "brücke", "BRÜCKE", "brück"])
def test_a_word_is_found_in_comments_and_in_answers(thread, talk, words):
    comments, page = found(thread, words)
    assert (comments, page.hits, page.tops, page.total) == ([talk[2], talk[0]], 2, 2, 9)


def test_an_answer_that_matches_stands_with_its_thread(thread, talk):
    answers = found(thread, "alte Brücke")[1].items[0].replies
    assert [shown.comment.text for shown in answers] == ["Antwort 0", "Antwort 1", "Über die alte BRÜCKE."]


def test_every_word_has_to_be_there(thread, talk):
    assert found(thread, "brücke schmal")[0] == [talk[0]]
    assert found(thread, "brücke bäume")[0] == []


@pytest.mark.parametrize("words", ["%", "_", "' OR 1=1 --", "\x00", "Fahrrad"])
def test_nothing_special_is_found_by_special_characters(thread, talk, words):
    comments, page = found(thread, words)
    assert (comments, page.hits) == (([], 0) if page.words else (talk[::-1], 0))


@pytest.mark.parametrize("state", [State.HIDDEN, State.DELETED, State.HELD])
def test_what_is_not_to_be_seen_is_not_found(thread, talk, moderator, citizen, state):
    Comment.objects.filter(pk=talk[0].pk).update(state=state, hidden_reason="other", held_until=timezone.now())
    for user in (NOBODY, citizen, moderator):
        assert found(thread, "schmal", user)[0] == []


def test_words_are_bounded():
    assert searching.words_of("a " * 50) == ("a",) * 5
    assert searching.words_of("ü" * 500) == ("ü" * 100,)
    assert searching.words_of(" \u202e \n") == ()


@pytest.mark.parametrize("number", [1, 30])
def test_searching_costs_no_more_queries(thread, citizen, number, django_assert_num_queries):
    Comment.objects.bulk_create(Comment(thread=thread, author=citizen, text="Brücke") for _ in range(number))
    with django_assert_num_queries(3):
        found(thread, "brücke")


def test_the_page_says_what_was_found_and_how_to_get_back(thread, talk):
    markup = render(thread, NOBODY, "suche=br%C3%BCcke&sortierung=unterstuetzt")
    assert "2 Kommentare enthalten „brücke“." in markup
    assert 'value="brücke"' in markup
    assert "Mehr Bäume" not in markup
    assert 'href="/kommentar-probe/?sortierung=unterstuetzt#kommentare-liste">Alle Kommentare zeigen' in markup


def test_nothing_found_says_what_to_do(thread, talk):
    markup = render(thread, NOBODY, "suche=%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in markup
    assert "Versuchen Sie ein kürzeres oder anderes Wort." in markup
    assert "Alle Kommentare zeigen" in markup


def test_paging_keeps_the_search(thread, citizen):
    Comment.objects.bulk_create(Comment(thread=thread, author=citizen, text="Brücke") for _ in range(25))
    page = reading.page(thread=thread, user=NOBODY, search="brücke")
    markup = render(thread, NOBODY, "suche=br%C3%BCcke")
    assert f"?suche=br%C3%BCcke&amp;ab={page.next}#kommentare-liste" in markup
    deep = reading.page(thread=thread, user=NOBODY, search="brücke", start=page.next)
    assert (deep.above, deep.last, deep.tops, deep.previous) == (20, 25, 25, 0)
