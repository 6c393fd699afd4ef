"""Who may do what with comments: plain predicates, asked by views, API, templates and domain alike."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.accounts.permissions import may_write
from portal.comments import targets
from portal.comments.enums import RESTRICTING, State
from portal.comments.models import Comment, Matter, ModerationDecision, Thread, edit_window_ends


def can_view_thread(user: Any, thread: Thread) -> bool:
    target = targets.registered().get(thread.target)
    return target is not None and target.visible_to(thread, user)


def can_view(user: Any, comment: Comment) -> bool:
    """On its page: the same question that `CommentQuerySet.readable` asks of the database."""
    return can_view_thread(user, comment.thread) and Comment.objects.readable(user).filter(pk=comment.pk).exists()


def is_open(thread: Thread) -> bool:
    return thread.closed_at is None and targets.get(thread.target).is_open(thread)


def can_write(user: Any, thread: Thread) -> bool:
    return may_write(user) and can_view_thread(user, thread)


def can_moderate(user: Any) -> bool:
    return bool(user.is_authenticated) and user.is_working_here and user.has_perm("comments.moderate_comment")


def can_answer_officially(user: Any) -> bool:
    return bool(user.is_authenticated) and user.is_working_here and user.has_perm("comments.answer_officially")


def can_steer(user: Any, thread: Thread) -> bool:
    """Pin comments, close and reopen the talk: communications everywhere, a project lead in what is theirs."""
    if not user.is_authenticated or not user.is_working_here:
        return False
    return bool(user.has_perm("comments.steer_thread")) or targets.get(thread.target).is_led_by(thread, user)


def can_read_versions(user: Any, comment: Comment) -> bool:
    """Earlier wordings are as public as the comment; of what is hidden or deleted only the moderation sees them."""
    if comment.edited_at is None or not can_view_thread(user, comment.thread):
        return False
    if comment.state == State.VISIBLE or can_moderate(user):
        return True
    return comment.state == State.HELD and is_author(user, comment)


def is_author(user: Any, comment: Comment) -> bool:
    return bool(user.is_authenticated) and comment.author_id == user.pk


def can_edit(user: Any, comment: Comment) -> bool:
    """The author, within the window, while it stands or waits."""
    return (
        is_author(user, comment)
        and comment.state in (State.VISIBLE, State.HELD)
        and timezone.now() < edit_window_ends(comment)
        and may_write(user)
    )


def can_delete(user: Any, comment: Comment) -> bool:
    return is_author(user, comment) and comment.state != State.DELETED


def is_person_of(user: Any, matter: Matter) -> bool:
    """Wrote the thing, whatever its kind."""
    return bool(user.is_authenticated) and matter.author_id == user.pk


def can_object(user: Any, decision: ModerationDecision) -> bool:
    """The person it was about, once, against whatever restricted them."""
    return (
        is_person_of(user, decision.matter) and decision.measure in RESTRICTING and not hasattr(decision, "objection")
    )


def can_decide_objection(user: Any, decision: ModerationDecision) -> bool:
    """A moderator other than the one who decided, and not the person it was about."""
    return can_moderate(user) and decision.actor_id != user.pk and not is_person_of(user, decision.matter)
