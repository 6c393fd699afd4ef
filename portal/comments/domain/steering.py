"""Lead a talk: pin comments, close it with a reason, open it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit, cache
from portal.comments import permissions
from portal.comments.domain import rights
from portal.comments.models import Comment, Thread
from portal.exceptions import DomainError, NotAllowed
from portal.text import normalise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

MOST_PINNED = 3
REASON_LENGTH = 300


def pin(*, user: User | AnonymousUser, comment: Comment) -> Comment:
    """Puts a visible comment that is no answer above all others; pinning twice changes nothing.

    Errors: sign_in, no_thread, not_allowed, reply, gone, too_many.
    """
    _demand_steering(user, comment.thread)
    if comment.parent_id is not None:
        raise DomainError("reply", _("Angeheftet werden nur Kommentare, keine Antworten darauf."), status=409)
    with transaction.atomic():
        _locked(comment.thread)
        comment = rights.locked(comment)
        if not comment.is_visible:
            raise DomainError("gone", _("Dieser Kommentar steht nicht mehr da."), status=409)
        if comment.pinned:
            return comment
        if Comment.objects.filter(thread=comment.thread_id, pinned=True).count() >= MOST_PINNED:
            message = _("Drei Kommentare sind schon angeheftet. Bitte lösen Sie erst einen davon.")
            raise DomainError("too_many", message, status=409)
        return _set_pinned(user, comment, True)


def unpin(*, user: User | AnonymousUser, comment: Comment) -> Comment:
    """Puts a pinned comment back among the others. Errors: sign_in, no_thread, not_allowed."""
    _demand_steering(user, comment.thread)
    with transaction.atomic():
        comment = rights.locked(comment)
        return _set_pinned(user, comment, False) if comment.pinned else comment


def close(*, user: User | AnonymousUser, thread: Thread, reason: str) -> Thread:
    """Ends the writing in a thread and tells everyone why; what was said stays.

    Errors: sign_in, no_thread, not_allowed, no_reason, already_closed.
    """
    _demand_steering(user, thread)
    reason = " ".join(normalise(reason).split())[:REASON_LENGTH]
    if not reason:
        raise DomainError("no_reason", _("Bitte schreiben Sie, warum. Das lesen alle."), field="reason")
    with transaction.atomic():
        thread = _locked(thread)
        if thread.closed_at is not None:
            raise DomainError("already_closed", _("Das Gespräch ist schon geschlossen."), status=409)
        thread.closed_at, thread.closed_reason = timezone.now(), reason
        _save(user, thread, "thread.closed")
    return thread


def reopen(*, user: User | AnonymousUser, thread: Thread) -> Thread:
    """Lets people write again, where the phase allows it. Errors: sign_in, no_thread, not_allowed."""
    _demand_steering(user, thread)
    with transaction.atomic():
        thread = _locked(thread)
        if thread.closed_at is not None:
            thread.closed_at, thread.closed_reason = None, ""
            _save(user, thread, "thread.reopened")
    return thread


def _demand_steering(user: User | AnonymousUser, thread: Thread) -> None:
    rights.demand_sign_in(user)
    rights.demand_thread(user, thread)
    if not permissions.can_steer(user, thread):
        raise NotAllowed(_("Gespräche leiten die Projektleitung und die Kommunikation."))


def _locked(thread: Thread) -> Thread:
    return Thread.objects.select_for_update().get(pk=thread.pk)


def _set_pinned(user: User | AnonymousUser, comment: Comment, pinned: bool) -> Comment:
    comment.pinned = pinned
    comment.save(update_fields=["pinned"])
    audit.record(actor=user, action="comment.pinned" if pinned else "comment.unpinned", obj=comment)
    transaction.on_commit(cache.invalidate)
    return comment


def _save(user: User | AnonymousUser, thread: Thread, action: str) -> None:
    thread.save(update_fields=["closed_at", "closed_reason", "updated_at"])
    audit.record(actor=user, action=action, obj=thread, payload={"reason": thread.closed_reason})
    transaction.on_commit(cache.invalidate)
