"""What a page of talk works out once: who reads and may do what, what is quoted, why nobody can write."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.html import format_html

from portal.comments import permissions, targets
from portal.comments.articles import NOTHING, Reader
from portal.comments.domain import quoting
from portal.comments.domain.reading import Shown
from portal.comments.enums import Sort
from portal.comments.models import Thread


def reader_of(request: HttpRequest, thread: Thread, items: Iterable[Shown], sort: Sort = Sort.NEWEST) -> Reader:
    """Who reads this page, with the comments that its comments quote (a query only where somebody quotes)."""
    user, token = request.user, NOTHING
    if user.is_authenticated:
        token = format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request))
    everything = [each.comment for top in items for each in (top, *top.replies)]
    return Reader(
        user=user,
        is_open=permissions.is_open(thread),
        moderates=permissions.can_moderate(user),
        steers=permissions.can_steer(user, thread),
        answers=permissions.can_answer_officially(user),
        csrf=token,
        suffix="" if sort == Sort.NEWEST else f"?sortierung={sort.value}",
        quoted=quoting.load(everything, thread=thread.pk),
    )


def why_closed(thread: Thread) -> dict[str, Any]:
    """Why nobody can write here: what the editor said, or what the phase says."""
    if thread.closed_at is not None:
        return {"why": thread.closed_reason, "since": thread.closed_at}
    return {"why": targets.get(thread.target).why_closed(thread), "since": None}


def key_of(typed: str) -> int | None:
    """A primary key from an address, or None."""
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 18 else None
