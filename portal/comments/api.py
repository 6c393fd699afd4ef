"""Public comments of the API: what everyone can read on a page, nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from ninja import Router, Schema

from portal.comments import targets
from portal.comments.models import Comment, Thread
from portal.exceptions import DomainError
from portal.rest import Cursor, Limit, decode_cursor, next_url, timestamp
from portal.text import plain

router = Router(tags=["Kommentare"])


class CommentOut(Schema):
    """`target_url` is the page the comment stands on, `project` the slug of its project; `author` is a public name."""

    id: int
    thread: int
    parent: int | None
    url: str
    target_url: str
    target_title: str
    project: str | None
    author: str
    text: str
    created: str
    edited: str | None
    official: bool
    department: str
    supports: int
    sample: bool


class CommentList(Schema):
    items: list[CommentOut]
    next: str | None


@router.get(
    "comments",
    response=CommentList,
    summary="Kommentare",
    description="Sichtbare Kommentare öffentlicher Seiten, die ältesten zuerst.",
)
def comments(
    request: HttpRequest,
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> dict[str, Any]:
    """Visible comments of public pages, oldest first."""
    rows = Comment.objects.public().select_related("thread", "author").order_by("pk")
    if cursor:
        last = decode_cursor(cursor)
        if not last.isdecimal() or len(last) > 18:
            raise DomainError("bad_cursor", "Der Wert von „cursor“ ist ungültig.")
        rows = rows.filter(pk__gt=int(last))
    page = list(rows[: limit + 1])
    places = Places(comment.thread for comment in page[:limit])
    return {
        "items": [_out(comment, place) for comment in page[:limit] if (place := places[comment.thread_id])],
        "next": next_url(request, page[limit - 1].pk) if len(page) > limit else None,
    }


class Places(dict[int, dict[str, Any] | None]):
    """Thread id -> page, title and project, or None where the public does not see it; each thread is asked once."""

    def __init__(self, threads: Iterable[Thread]) -> None:
        super().__init__()
        by_target: dict[str, dict[int, Thread]] = {}
        for thread in threads:
            by_target.setdefault(thread.target, {}).setdefault(thread.pk, thread)
        for key, found in by_target.items():
            target = targets.registered().get(key)
            if preload := getattr(target, "preload", None):
                preload(found.values())
            for pk, thread in found.items():
                self[pk] = self._describe(target, thread)

    def _describe(self, target: Any, thread: Thread) -> dict[str, Any] | None:
        if target is None or not target.visible_to(thread, AnonymousUser()):
            return None
        project = target.project(thread)
        return {
            "target_url": target.url(thread),
            "target_title": target.title(thread),
            "project": project.slug if project else None,
        }


def _out(comment: Comment, place: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": comment.pk,
        "thread": comment.thread_id,
        "parent": comment.parent_id,
        "url": comment.get_absolute_url(),
        "author": comment.author_name,
        "text": plain(comment.text),
        "created": timestamp(comment.created_at),
        "edited": timestamp(comment.edited_at),
        "official": comment.official,
        "department": comment.department,
        "supports": comment.support_count,
        "sample": comment.sample,
        **place,
    }
