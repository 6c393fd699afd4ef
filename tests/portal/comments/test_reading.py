"""One page of a thread in a fixed number of queries, and where each comment stands."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal.comments.domain import reading
from portal.comments.domain.reading import Place
from portal.comments.enums import Sort, State
from portal.comments.models import Comment, Support, Thread

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


@pytest.mark.parametrize("sort", Sort.values)
def test_pages_follow_each_other_without_gap(thread, fill, lead, sort):
    made = fill(45, replies=0)
    Comment.objects.filter(pk__in=[c.pk for c in made[::3]]).update(support_count=2)
    Comment.objects.filter(pk=made[4].pk).update(pinned=True)
    Comment.objects.create(thread=thread, parent=made[40], author=lead, text="Ja.", official=True)
    read = lambda start: reading.page(thread=thread, user=AnonymousUser(), start=start, sort=sort)  # noqa: E731
    first = read(None)
    second = read(first.next)
    third = read(second.next)
    everything = [shown.comment.pk for page in (first, second, third) for shown in page.items]
    assert (len(everything), set(everything)) == (45, {comment.pk for comment in made})
    assert [(page.above, page.last, page.tops) for page in (first, second, third)] == [
        (0, 20, 45),
        (20, 40, 45),
        (40, 45, 45),
    ]
    assert (first.previous, second.previous, third.previous, third.next) == (None, 0, second.items[0].comment.pk, None)


def test_a_page_stays_the_same_while_others_write(thread, fill, say, citizen):
    fill(45, replies=0)
    start = reading.page(thread=thread, user=AnonymousUser()).next
    before = [shown.comment for shown in reading.page(thread=thread, user=AnonymousUser(), start=start).items]
    say(citizen, "Dazwischen")
    after = reading.page(thread=thread, user=AnonymousUser(), start=start)
    assert [shown.comment for shown in after.items] == before
    assert after.above == 21
    Comment.objects.filter(pk=start).update(state=State.DELETED)
    assert [s.comment for s in reading.page(thread=thread, user=AnonymousUser(), start=start).items][:19] == before[1:]


def test_an_unknown_start_gives_the_first_page(thread, fill, say, citizen):
    made = fill(30, replies=1)
    other = say(citizen, thread=Thread.objects.create(target="bench"))
    for start in (0, 10**17, other.pk, made[0].replies.first().pk):
        page = reading.page(thread=thread, user=AnonymousUser(), start=start)
        assert (page.above, page.previous, page.items[0].comment) == (0, None, made[29])


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
    assert [place(made[n]) for n in (44, 25)] == [Place("page"), Place("page")]
    assert [place(made[n]) for n in (24, 0)] == [Place("page", made[24].pk), Place("page", made[0].pk)]
    replies = list(made[0].replies.order_by("created_at"))
    assert [place(replies[n]) for n in (0, 2, 3, 54)] == [
        Place("page", made[0].pk),
        Place("page", made[0].pk),
        Place("replies"),
        Place("replies", replies[54].pk),
    ]


@pytest.mark.parametrize("sort", Sort.values)
def test_the_page_of_a_place_holds_the_comment(thread, fill, sort):
    made, nobody = fill(150, replies=55), AnonymousUser()
    Comment.objects.filter(pk__in=[c.pk for c in made[::7]]).update(support_count=2)
    for top in (made[149], made[10], made[0]):
        place = reading.place(comment=top, user=nobody, sort=sort)
        assert top in [s.comment for s in reading.page(thread=thread, user=nobody, start=place.start, sort=sort).items]
    deep = made[10].replies.order_by("created_at")[54]
    place = reading.place(comment=deep, user=nobody, sort=sort)
    shown = reading.replies(comment=made[10], user=nobody, start=place.start).shown
    assert deep in [reply.comment for reply in shown.replies]


def test_a_pinned_comment_moves_the_others_down(thread, fill):
    made = fill(21, replies=0)
    Comment.objects.filter(pk=made[0].pk).update(pinned=True)
    made[0].refresh_from_db()
    assert reading.place(comment=made[0], user=AnonymousUser()) == Place("page")
    assert reading.place(comment=made[1], user=AnonymousUser()) == Place("page", made[1].pk)


def test_replies_are_read_in_pages(thread, fill, citizen):
    top = fill(1, replies=55)[0]
    first = reading.replies(comment=top, user=citizen)
    second = reading.replies(comment=top, user=citizen, start=first.next)
    assert (len(first.shown.replies), first.previous, second.previous, second.next) == (50, None, 0, None)
    assert (len(second.shown.replies), second.shown.reply_count, second.above, second.last) == (5, 55, 50, 55)
    assert second.shown.replies[-1].comment.text == "Antwort 54"


@pytest.mark.parametrize("tops", [60, 90])
def test_a_page_deep_below_costs_five_queries(thread, fill, tops, django_assert_num_queries):
    """Two more: the row where it begins, and where the page before begins."""
    made = fill(tops, replies=1)
    with django_assert_num_queries(5):
        reading.page(thread=thread, user=AnonymousUser(), start=made[10].pk)
