"""One page of a thread in a fixed number of queries, and where each comment stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.comments.domain import reading
from portal.comments.enums import State
from portal.comments.models import Comment, Support

pytestmark = pytest.mark.django_db


@pytest.fixture
def fill(thread, make_user):
    """`fill(30, replies=5)`: tops with replies, written straight to the table; newest last."""

    def make(tops: int, replies: int = 5) -> list[Comment]:
        people = [make_user() for _ in range(3)]
        start = timezone.now() - timedelta(days=2)
        made = Comment.objects.bulk_create(
            Comment(thread=thread, author=people[n % 3], text=f"Nr. {n}", created_at=start + timedelta(minutes=n))
            for n in range(tops)
        )
        Comment.objects.bulk_create(
            Comment(
                thread=thread,
                parent=top,
                author=people[n % 3],
                text=f"Antwort {n}",
                created_at=top.created_at + timedelta(seconds=n),
            )
            for top in made
            for n in range(replies)
        )
        return made

    return make


@pytest.mark.parametrize("tops", [1, 30])
def test_a_page_costs_three_queries_for_an_anonymous_visitor(thread, fill, tops, django_assert_num_queries):
    fill(tops)
    with django_assert_num_queries(3):
        page = reading.page(thread=thread, user=AnonymousUser())
        [shown.comment.author_name for top in page.items for shown in (top, *top.replies)]
    assert (len(page.items), page.tops, page.total) == (min(tops, 20), tops, tops * 6)
    assert {(len(top.replies), top.reply_count, top.more_replies) for top in page.items} == {(3, 5, 2)}


@pytest.mark.parametrize("tops", [1, 30])
def test_a_page_costs_four_queries_for_a_citizen(thread, fill, citizen, tops, django_assert_num_queries):
    fill(tops)
    with django_assert_num_queries(4):  # one more for her supports
        reading.page(thread=thread, user=citizen)


@pytest.mark.parametrize("tops", [1, 30])
def test_a_page_costs_four_queries_for_a_moderator(thread, fill, moderator, tops, django_assert_num_queries):
    fill(tops)
    with django_assert_num_queries(4):
        reading.page(thread=thread, user=moderator)


def test_the_newest_stands_first_and_pinned_ones_above(thread, fill):
    made = fill(30, replies=0)
    Comment.objects.filter(pk=made[3].pk).update(pinned=True)
    page = reading.page(thread=thread, user=AnonymousUser())
    assert [shown.comment for shown in page.items[:3]] == [made[3], made[29], made[28]]


def test_sorting_by_support_and_by_what_waits_for_an_answer(thread, fill, citizen, lead):
    made = fill(3, replies=0)
    Comment.objects.filter(pk=made[1].pk).update(support_count=7)
    Comment.objects.create(thread=thread, parent=made[2], author=lead, text="Ja.", official=True)
    by_support = reading.page(thread=thread, user=citizen, sort="unterstuetzt")
    assert [shown.comment for shown in by_support.items] == [made[1], made[2], made[0]]
    open_first = reading.page(thread=thread, user=citizen, sort="offen")
    assert [shown.comment for shown in open_first.items] == [made[1], made[0], made[2]]
    assert reading.page(thread=thread, user=citizen, sort="unsinn").sort == "neu"


def test_pages_end_with_the_last(thread, fill):
    fill(45, replies=0)
    page = reading.page(thread=thread, user=AnonymousUser(), number=99)
    assert (page.number, page.pages, len(page.items)) == (3, 3, 5)
    assert reading.page(thread=thread, user=AnonymousUser(), number=-1).number == 1


def test_own_supports_are_marked(thread, fill, citizen):
    top = fill(1)[0]
    reply = top.replies.first()
    for comment in (top, reply):
        Support.objects.create(comment=comment, user=citizen)
    shown = reading.page(thread=thread, user=citizen).items[0]
    assert (shown.supported, [r.supported for r in shown.replies]) == (True, [True, False, False])


def test_tombstones_stand_where_talk_hangs_below(thread, fill, citizen, moderator):
    made = fill(5, replies=0)
    held = {"state": State.HELD, "held_until": timezone.now()}
    states = (
        (made[0], {"state": State.HIDDEN, "hidden_reason": "other"}),
        (made[1], {"state": State.DELETED}),
        (made[2], {"state": State.DELETED}),
        (made[3], held | {"author": citizen}),
        (made[4], held),
    )
    for comment, fields in states:
        Comment.objects.filter(pk=comment.pk).update(**fields)
    Comment.objects.create(thread=thread, parent=made[2], author=citizen, text="Antwort")
    assert {s.comment for s in reading.page(thread=thread, user=AnonymousUser()).items} == {made[0], made[2]}
    assert {s.comment for s in reading.page(thread=thread, user=citizen).items} == {made[0], made[2], made[3]}
    assert {s.comment for s in reading.page(thread=thread, user=moderator).items} == {made[0], made[2]}


def test_an_erased_author_stays_readable(thread, fill):
    top = fill(1, replies=0)[0]
    Comment.objects.filter(pk=top.pk).update(author=None)
    assert reading.page(thread=thread, user=AnonymousUser()).items[0].comment.author_name == "Gelöschtes Konto"


def test_each_comment_has_its_place(thread, fill):
    made, nobody = fill(45, replies=55), AnonymousUser()
    place = lambda comment: reading.place(comment=comment, user=nobody)  # noqa: E731
    assert [place(made[n]) for n in (44, 25, 24, 0)] == [("page", 1), ("page", 1), ("page", 2), ("page", 3)]
    replies = list(made[0].replies.order_by("created_at"))
    assert [place(replies[n]) for n in (0, 2, 3, 54)] == [("page", 3), ("page", 3), ("replies", 1), ("replies", 2)]


def test_a_pinned_comment_moves_the_others_down(thread, fill):
    made = fill(21, replies=0)
    Comment.objects.filter(pk=made[0].pk).update(pinned=True)
    made[0].refresh_from_db()
    assert reading.place(comment=made[0], user=AnonymousUser()) == ("page", 1)
    assert reading.place(comment=made[1], user=AnonymousUser()) == ("page", 2)


def test_replies_are_read_in_pages(thread, fill, citizen):
    top = fill(1, replies=55)[0]
    shown, pages = reading.replies(comment=top, user=citizen, number=2)
    assert (pages, len(shown.replies), shown.reply_count) == (2, 5, 55)
    assert shown.replies[-1].comment.text == "Antwort 54"
