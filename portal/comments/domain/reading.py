"""Read a thread: one page of comments with their first answers, in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, cast

from django.db.models import Case, Count, Exists, F, IntegerField, Max, OuterRef, Q, QuerySet, When, Window
from django.db.models.functions import RowNumber

from portal.comments.domain import paging, searching
from portal.comments.enums import Sort, State
from portal.comments.models import Comment, Support, Thread

PAGE, REPLIES, REPLY_PAGE = 20, 3, 50

ORDERS = {
    Sort.NEWEST: paging.Order(("-pinned", "-created_at", "-pk")),
    Sort.SUPPORTED: paging.Order(("-pinned", "-support_count", "-created_at", "-pk")),
    Sort.UNANSWERED: paging.Order(("answered", "official", "-created_at", "-pk")),
}
OLDEST_FIRST = paging.Order(("created_at", "pk"))


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
    """`total` counts visible comments with answers, `tops` those of the list that are no answer, `hits` what a search
    found; `above` stand before this page. `previous` and `next` are the keys at which those pages begin, `newest` is
    the highest key that everyone can see."""

    thread: Thread
    items: list[Shown]
    total: int
    tops: int
    hits: int
    above: int
    previous: int | None
    next: int | None
    sort: Sort
    newest: int = 0
    words: tuple[str, ...] = ()

    @property
    def last(self) -> int:
        """The place of the page's last comment within the list, from 1."""
        return self.above + len(self.items)


@dataclass(frozen=True)
class ReplyPage:
    """A comment with one page of its answers; the fields as in CommentPage."""

    shown: Shown
    above: int
    previous: int | None
    next: int | None

    @property
    def last(self) -> int:
        return self.above + len(self.shown.replies)


@dataclass(frozen=True)
class Place:
    """Where a comment stands: in the thread or among the answers of its parent, on the page that begins at `start`."""

    kind: Literal["page", "replies"]
    start: int | None = None


def page(
    *, thread: Thread, user: Any, start: int | None = None, sort: str = Sort.NEWEST, search: str = ""
) -> CommentPage:
    """The comments of the thread from the one with the key `start` on (unknown: from the first), three answers each.

    With `search` only talk that holds its words; answers that match come first among the three. Three queries, one more
    for a signed-in person and two more where `start` is given, at any size.
    """
    chosen = Sort(sort) if sort in Sort.values else Sort.NEWEST
    order, words = ORDERS[chosen], searching.words_of(search)
    everything = _sortable(Comment.objects.filter(thread=thread), chosen)
    readable = everything.readable(user)
    in_list = Q(parent=None) & (searching.with_thread(words) if words else Q())
    above = order.locate(everything.filter(parent=None), start)
    counted = {
        "total": Count("pk", filter=Q(state=State.VISIBLE)),
        "newest": Max("pk", filter=Q(state=State.VISIBLE)),
        "tops": Count("pk", filter=in_list),
    }
    if above is not None:
        counted["above"] = Count("pk", filter=in_list & above)
    if words:
        counted["hits"] = Count("pk", filter=searching.matching(words))
    counts = {"above": 0, "hits": 0} | readable.aggregate(**counted)
    part = paging.cut(readable.filter(in_list), order, above, size=PAGE, number_above=counts["above"])
    items = _with_replies(part.rows, user, words)
    _mark_supported(items, user)
    return CommentPage(
        thread=thread,
        items=items,
        total=counts["total"],
        tops=counts["tops"],
        hits=counts["hits"],
        above=part.above,
        previous=part.previous,
        next=part.next,
        sort=chosen,
        newest=counts["newest"] or 0,
        words=words,
    )


def replies(*, comment: Comment, user: Any, start: int | None = None) -> ReplyPage:
    """A comment with fifty of its answers, oldest first, from the one with the key `start` on."""
    everything = Comment.objects.filter(parent=comment)
    readable = everything.readable(user)
    above = OLDEST_FIRST.locate(everything, start)
    counted = {"all": Count("pk")} | ({} if above is None else {"above": Count("pk", filter=above)})
    counts = {"above": 0} | readable.aggregate(**counted)
    part = paging.cut(readable, OLDEST_FIRST, above, size=REPLY_PAGE, number_above=counts["above"])
    shown = Shown(comment, reply_count=counts["all"], replies=[Shown(reply) for reply in part.rows])
    _mark_supported([shown], user)
    return ReplyPage(shown, part.above, part.previous, part.next)


def place(*, comment: Comment, user: Any, sort: str = Sort.NEWEST) -> Place:
    """Where a comment stands, for a permalink. A page that needs it begins at the comment itself."""
    chosen = Sort(sort) if sort in Sort.values else Sort.NEWEST
    if comment.parent_id is not None:
        beside = Comment.objects.filter(parent=comment.parent_id).readable(user)
        position = _number_above(beside, OLDEST_FIRST, comment.pk)
        if position >= REPLIES:
            return Place("replies", comment.pk if position >= REPLY_PAGE else None)
    top = comment.parent_id or comment.pk
    tops = _sortable(Comment.objects.filter(thread=comment.thread_id, parent=None), chosen).readable(user)
    return Place("page", top if _number_above(tops, ORDERS[chosen], top) >= PAGE else None)


def number_newer(*, thread: Thread, than: int) -> int:
    """How many comments everyone can see have a higher key; at most 100 are counted."""
    return Comment.objects.filter(thread=thread, pk__gt=than).public().order_by()[:100].count()


def _number_above(rows: QuerySet[Comment], order: paging.Order, key: int) -> int:
    above = order.locate(rows, key)
    return rows.filter(above).count() if above is not None else 0


def _sortable(rows: Any, sort: Sort) -> Any:
    """With what the order asks beyond the row itself: whether the city has answered (0 or 1)."""
    if sort != Sort.UNANSWERED:
        return rows
    answers = Comment.objects.filter(parent=OuterRef("pk"), official=True, state=State.VISIBLE)
    return rows.annotate(answered=Case(When(Exists(answers), then=1), default=0, output_field=IntegerField()))


def _with_replies(tops: list[Comment], user: Any, words: tuple[str, ...]) -> list[Shown]:
    """One query: the first answers of each comment (those that a search finds before) and how many there are."""
    shown = {top.pk: Shown(top) for top in tops}
    first = [F("created_at").asc(), F("pk").asc()]
    if words:
        first.insert(0, Case(When(searching.matching(words), then=0), default=1, output_field=IntegerField()).asc())
    below = (
        Comment.objects.filter(parent__in=list(shown))
        .readable(user)
        .annotate(
            position=Window(RowNumber(), partition_by=F("parent"), order_by=first),
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
