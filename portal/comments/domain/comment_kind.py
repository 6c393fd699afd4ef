"""Comments as the moderation sees them (portal.comments.kinds)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal import audit
from portal.activity.domain import stream
from portal.comments import permissions, targets
from portal.comments.domain import rights, writing
from portal.comments.enums import State
from portal.comments.kinds import Kind, Piece, Wording
from portal.comments.models import Comment, Thread

if TYPE_CHECKING:
    from portal.accounts.models import User

ROLE = "moderator"
AROUND = 6  # answers shown beside the one that is decided


class CommentKind(Kind):
    slug = "kommentare"
    label = _("Kommentar")
    the = _("Der Kommentar")
    your = _("Ihr Kommentar")

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
        rows = list(Comment.objects.filter(pk__in=numbers).select_related("thread", "author"))
        preload([comment.thread for comment in rows])
        return {str(comment.pk): piece_of(comment) for comment in rows}

    def lock(self, key: str) -> Piece | None:
        comment = _locked(key)
        return piece_of(comment) if comment else None

    def visible_to(self, key: str, user: Any) -> bool:
        comment = Comment.objects.select_related("thread").filter(pk=key).first() if key.isdecimal() else None
        return comment is not None and permissions.can_view(user, comment)

    def hide(self, key: str, *, user: User, reason: str) -> None:
        comment = _demand(key)
        comment.state, comment.hidden_reason, comment.held_until = State.HIDDEN, reason, None
        comment.pinned = False
        comment.save(update_fields=["state", "hidden_reason", "held_until", "pinned"])
        stream.withdraw(url=comment.get_absolute_url())
        audit.record(actor=user, action="comment.hidden", obj=comment, role=ROLE, payload={"reason": reason})

    def show(self, key: str, *, user: User) -> None:
        comment = _demand(key)
        was = comment.state
        comment.state, comment.hidden_reason, comment.held_until = State.VISIBLE, "", None
        comment.save(update_fields=["state", "hidden_reason", "held_until"])
        action = "comment.released" if was == State.HELD else "comment.restored"
        audit.record(actor=user, action=action, obj=comment, role=ROLE)
        writing.publish_released(comment)

    def hold(self, key: str, *, user: User, until: datetime) -> None:
        comment = _demand(key)
        comment.state, comment.held_until, comment.held_rule, comment.pinned = State.HELD, until, "", False
        comment.save(update_fields=["state", "held_until", "held_rule", "pinned"])
        stream.withdraw(url=comment.get_absolute_url())
        audit.record(actor=user, action="comment.held", obj=comment, role=ROLE)

    def delete(self, key: str, *, user: User, reason: str) -> None:
        comment = _demand(key)
        writing.empty(comment, reason=reason)
        audit.record(actor=user, action="comment.emptied", obj=comment, role=ROLE, payload={"reason": reason})

    def around(self, key: str) -> Sequence[Piece]:
        """The comment above, the first answers beside it, and what it answers."""
        comment = Comment.objects.select_related("thread", "author", "parent__author").filter(pk=key).first()
        if comment is None:
            return ()
        top = comment.parent or comment
        beside = Comment.objects.filter(parent=top).exclude(state=State.DELETED).select_related("author")
        answers = list(beside.order_by("created_at", "pk")[:AROUND])
        if comment.parent_id and comment not in answers:
            answers.append(comment)
        for row in (top, *answers):
            row.thread = comment.thread
        return [piece_of(row) for row in (top, *answers)]

    def earlier(self, key: str) -> Sequence[Wording]:
        comment = Comment.objects.filter(pk=key).first()
        return [Wording(row.text, row.replaced_at) for row in comment.revisions.all()] if comment else ()


def piece_of(comment: Comment) -> Piece:
    """`comment.thread` and `comment.author` must be at hand."""
    target = targets.get(comment.thread.target)
    url = comment.get_absolute_url() if comment.is_visible else target.url(comment.thread)
    return Piece(
        key=str(comment.pk),
        text=comment.text,
        title=target.title(comment.thread),
        url=url,
        state=comment.state,
        created_at=comment.created_at,
        author=comment.author,
        author_name=comment.author_name,
        project=target.project(comment.thread),
        sample=comment.sample,
    )


def preload(threads: Sequence[Thread]) -> None:
    by_target: dict[str, list[Thread]] = {}
    for thread in threads:
        by_target.setdefault(thread.target, []).append(thread)
    for key, found in by_target.items():
        if fetch := getattr(targets.registered().get(key), "preload", None):
            fetch(found)


def _locked(key: str) -> Comment | None:
    found = Comment.objects.filter(pk=key).first() if key.isdecimal() and len(key) < 18 else None
    return rights.locked(found) if found else None


def _demand(key: str) -> Comment:
    """The row again, inside the transaction that `lock` began."""
    return rights.locked(Comment(pk=int(key)))
