"""Read a thread: one page of comments with their first answers, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from portal.comments.enums import Sort, State
from portal.comments.models import Comment, Support, Thread

PAGE, REPLIES, REPLY_PAGE = 20, 3, 50


@dataclass
class Shown:
    """A comment as it stands on a page. `reply_count` counts all its answers, `replies` holds the first ones."""

    comment: Comment
    supported: bool = False
    reply_count: int = 0
    replies: list[Shown] = field(default_factory=list)

    @property
    def more_replies(self) -> int:
        return self.reply_count - len(self.replies)


@dataclass
class CommentPage:
    """`total` counts visible comments with answers, `tops` those that are no answer."""

    thread: Thread
    items: list[Shown]
    total: int
    tops: int
    number: int
    sort: str

    @property
    def pages(self) -> int:
        return max(1, -(-self.tops // PAGE))


def page(*, thread: Thread, user: Any, number: int = 1, sort: str = Sort.NEWEST) -> CommentPage:
    """Page `number` (from 1; beyond the end: the last) of the thread's comments with up to three answers each.

    Three queries, and one more for a signed-in person, at any size.
    """
    sort = sort if sort in Sort.values else str(Sort.NEWEST)
    readable = Comment.objects.filter(thread=thread).readable(user)
    counts = readable.aggregate(
        total=Count("pk", filter=Q(state=State.VISIBLE)), tops=Count("pk", filter=Q(parent=None))
    )
    result = CommentPage(thread, [], counts["total"], counts["tops"], 1, sort)
    result.number = min(max(1, number), result.pages)
    first = (result.number - 1) * PAGE
    tops = list(_ordered(readable.filter(parent=None), sort).select_related("author")[first : first + PAGE])
    result.items = _with_replies(tops, user)
    _mark_supported(result.items, user)
    return result


def replies(*, comment: Comment, user: Any, number: int = 1) -> tuple[Shown, int]:
    """A comment with page `number` of its answers, and how many pages there are."""
    below = Comment.objects.filter(parent=comment).readable(user).order_by("created_at", "pk")
    shown = Shown(comment, reply_count=below.count())
    pages = max(1, -(-shown.reply_count // REPLY_PAGE))
    first = (min(max(1, number), pages) - 1) * REPLY_PAGE
    shown.replies = [Shown(reply) for reply in below.select_related("author")[first : first + REPLY_PAGE]]
    _mark_supported([shown], user)
    return shown, pages


def place(*, comment: Comment, user: Any) -> tuple[str, int]:
    """Where a comment stands: ("page", n) in the thread, or ("replies", n) on the page of its parent's answers."""
    if comment.parent_id is None:
        return "page", _page_of(comment, user)
    before = Comment.objects.filter(parent=comment.parent_id).readable(user)
    position = before.filter(_not_after(comment)).exclude(pk=comment.pk).count()
    if position < REPLIES and comment.parent is not None:
        return "page", _page_of(comment.parent, user)
    return "replies", position // REPLY_PAGE + 1


def _ordered(tops: QuerySet[Comment], sort: str) -> QuerySet[Comment]:
    if sort == Sort.SUPPORTED:
        return tops.order_by("-pinned", "-support_count", "-created_at", "-pk")
    if sort == Sort.UNANSWERED:
        answers = Comment.objects.filter(parent=OuterRef("pk"), official=True, state=State.VISIBLE)
        return tops.alias(answered=Exists(answers)).order_by("answered", "official", "-created_at", "-pk")
    return tops.order_by("-pinned", "-created_at", "-pk")


def _with_replies(tops: list[Comment], user: Any) -> list[Shown]:
    """One query: the first answers of each comment and, beside each, how many there are."""
    shown = {top.pk: Shown(top) for top in tops}
    below = (
        Comment.objects.filter(parent__in=list(shown))
        .readable(user)
        .annotate(
            position=Window(RowNumber(), partition_by=F("parent"), order_by=[F("created_at"), F("pk")]),
            siblings=Window(Count("pk"), partition_by=F("parent")),
        )
        .filter(position__lte=REPLIES)
        .select_related("author")
        .order_by("created_at", "pk")
    )
    for reply in below:
        above = shown[cast("int", reply.parent_id)]
        above.replies.append(Shown(reply))
        above.reply_count = reply.siblings  # type: ignore[attr-defined]  # annotated above
    return list(shown.values())


def _mark_supported(items: list[Shown], user: Any) -> None:
    if not getattr(user, "is_authenticated", False):
        return
    everything = {each.comment.pk: each for top in items for each in (top, *top.replies)}
    mine = Support.objects.filter(user=user, comment__in=list(everything)).values_list("comment", flat=True)
    for key in mine:
        everything[key].supported = True


def _page_of(top: Comment, user: Any) -> int:
    """In the order newest first, pinned ones above."""
    tops = Comment.objects.filter(thread=top.thread_id, parent=None).readable(user)
    newer = Q(created_at__gt=top.created_at) | Q(created_at=top.created_at, pk__gt=top.pk)
    above = tops.filter(Q(pinned=top.pinned) & newer | (Q(pinned=True) if not top.pinned else Q(pk__in=[])))
    return above.count() // PAGE + 1


def _not_after(comment: Comment) -> Q:
    return Q(created_at__lt=comment.created_at) | Q(created_at=comment.created_at, pk__lte=comment.pk)
