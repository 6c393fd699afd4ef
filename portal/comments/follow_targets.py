"""A conversation can be followed: a first comment with its replies, known by the number of the first comment."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.activity import targets as follow_targets
from portal.activity.targets import Subject
from portal.comments import targets
from portal.comments.enums import State
from portal.comments.models import Comment

KEY = "thread"


def register() -> None:
    follow_targets.register(KEY, gettext_lazy("Gespräch"), find)


def topic_of(comment: Comment) -> str:
    return follow_targets.topic(KEY, comment.parent_id or comment.pk)


def find(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    """Those first comments that stand on pages which this person may see; named by the page, not by the words."""
    numbers = [number for number in ids if number.isdecimal() and len(number) < 19]
    comments = list(Comment.objects.filter(pk__in=numbers, parent=None).select_related("thread"))
    for key in {comment.thread.target for comment in comments}:
        target = targets.get(key)
        if hasattr(target, "preload"):
            target.preload([comment.thread for comment in comments if comment.thread.target == key])
    found = {}
    seen: dict[int, bool] = {}
    for comment in comments:
        target = targets.get(comment.thread.target)
        if comment.thread_id not in seen:
            seen[comment.thread_id] = target.visible_to(comment.thread, user)
        if seen[comment.thread_id] and comment.state in (State.VISIBLE, State.DELETED):
            title = _("Gespräch zu „%(title)s“") % {"title": target.title(comment.thread)}
            found[str(comment.pk)] = Subject(title, comment.get_absolute_url())
    return found
