"""Which columns of the comments name a person, and what an erasure does to her words, for the preview."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.accounts import own_work
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.accounts.domain.privacy import Fate
from portal.comments import targets
from portal.comments.enums import State
from portal.comments.models import Comment, Matter, Notice, Objection, Support

if TYPE_CHECKING:
    from portal.accounts.models import User

COLUMNS = {
    "comments.Comment.author": Column("comments"),
    "comments.Support.user": Column("comments"),
    "comments.ModerationDecision.actor": Column("comments"),
    "comments.Notice.reporter": Column("comments"),
    "comments.Notice.email": Column("comments"),
    "comments.Matter.author": Column("matters"),
    "comments.Matter.taken_by": Column("matters"),
    "comments.Objection.decided_by": Column("objections_decided"),
}


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_export("objections_decided", export_decided, _("Widersprüche, über die Sie entschieden haben"))
    privacy.register_export("matters", export_matters, _("Vorgänge der Moderation"))
    own_work.register("comments", _("Kommentare"), newest)


def newest(user: User, limit: int) -> Iterator[own_work.Work]:
    comments = list(
        Comment.objects.filter(author=user)
        .exclude(state=State.DELETED)
        .select_related("thread")
        .order_by("-pk")[:limit]
    )
    for key in {comment.thread.target for comment in comments}:
        target = targets.get(key)
        if hasattr(target, "preload"):
            target.preload([comment.thread for comment in comments if comment.thread.target == key])
    for comment in comments:
        state = "" if comment.is_visible else comment.get_state_display()
        title = targets.get(comment.thread.target).title(comment.thread)
        yield own_work.Work(title, comment.get_absolute_url(), comment.created_at, comment.text, state, comment.sample)


def export_matters(user: User) -> Iterator[dict[str, Any]]:
    """What the moderation has to do with the person: things she wrote, and things she looked at last."""
    for matter in Matter.objects.filter(Q(author=user) | Q(taken_by=user)).order_by("pk"):
        mine = "written" if matter.author_id == user.pk else "looked_at"
        yield {"kind": mine, "about": f"{matter.kind} {matter.object_key}", "state": matter.state}


def export_decided(user: User) -> Iterator[dict[str, Any]]:
    """What a moderator answered; the text of the objection is someone else's."""
    for objection in Objection.objects.filter(decided_by=user).order_by("pk"):
        yield {"answer": objection.answer, "upheld": objection.upheld}


def preview(user: User) -> Iterator[Fate]:
    own = Comment.objects.filter(author=user)
    stay = own.filter(state=State.VISIBLE).count()
    yield Fate(_("Kommentare, die zu sehen sind"), stay, _("bleiben unter „gelöschtes Konto“"))
    yield Fate(_("Kommentare, die nicht zu sehen sind"), own.exclude(state=State.VISIBLE).count())
    yield Fate(_("Unterstützungen"), Support.objects.filter(user=user).count())
    yield Fate(_("Meldungen, die Sie gemacht haben"), Notice.objects.filter(reporter=user).count())
