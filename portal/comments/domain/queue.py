"""What waits for the moderation, with why and until when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q
from django.utils import timezone

from portal.comments import rules, targets
from portal.comments.enums import Reason, State
from portal.comments.models import Comment, CommentQuerySet, Objection

# Words to start from; who decides adds what is the case here. The author reads them.
TEMPLATES = {
    Reason.INSULT.value: "Der Kommentar greift eine Person an, statt zur Sache zu sprechen. Die Stelle lautet: „…“",
    Reason.HATE.value: "Der Kommentar setzt eine Gruppe von Menschen herab. Die Stelle lautet: „…“",
    Reason.PERSONAL_DATA.value: "Der Kommentar nennt persönliche Daten einer anderen Person (Name, Anschrift, Nummer).",
    Reason.ADVERTISING.value: "Der Kommentar wirbt für ein Angebot, das mit dem Projekt nichts zu tun hat.",
    Reason.OFF_TOPIC.value: "Der Kommentar hat mit dem Thema dieser Seite nichts zu tun. Er passt besser hierhin: …",
}


@dataclass(frozen=True)
class Waiting:
    """A line of the queue: `why` are short labels, `due` is the promised date of a held comment."""

    comment: Comment
    title: str
    rule: Any
    notices: int
    objection: bool
    due: datetime | None
    overdue: bool


@dataclass(frozen=True)
class History:
    """How the person has talked so far."""

    visible: int
    hidden: int
    since: datetime


def waiting(*, user: Any) -> CommentQuerySet:
    """Held, reported and objected comments, those with a date first; not the moderator's own ones."""
    return (
        Comment.objects.visible_to(user)
        .in_queue()
        .exclude(author=user)
        .select_related("thread", "author")
        .annotate(open_notices=Count("notices", filter=Q(notices__decision=None)))
        .order_by(*_ORDER)
    )


_ORDER = (F("held_until").asc(nulls_last=True), "created_at", "pk")


def described(comments: Iterable[Comment]) -> list[Waiting]:
    """Each comment with its page's title and the reasons why it waits: two queries and what the targets need."""
    rows = list(comments)
    by_target: dict[str, list[Any]] = {}
    for comment in rows:
        by_target.setdefault(comment.thread.target, []).append(comment.thread)
    for key, threads in by_target.items():
        if preload := getattr(targets.registered().get(key), "preload", None):
            preload(threads)
    objected = set(
        Objection.objects.filter(decision__comment__in=[c.pk for c in rows], decided_at=None).values_list(
            "decision__comment", flat=True
        )
    )
    now = timezone.now()
    return [
        Waiting(
            comment=comment,
            title=targets.get(comment.thread.target).title(comment.thread),
            rule=rules.RULES.get(comment.held_rule) if comment.state == State.HELD else None,
            notices=comment.open_notices,  # type: ignore[attr-defined]  # annotated by waiting()
            objection=comment.pk in objected,
            due=comment.held_until,
            overdue=comment.held_until is not None and comment.held_until < now,
        )
        for comment in rows
    ]


def open_objection(comment: Comment) -> Objection | None:
    found = Objection.objects.filter(decision__comment=comment, decided_at=None)
    return found.select_related("decision__comment", "decision__actor").first()


def history(author: Any) -> History:
    states = Comment.objects.filter(author=author).aggregate(
        visible=Count("pk", filter=Q(state=State.VISIBLE)), hidden=Count("pk", filter=Q(state=State.HIDDEN))
    )
    return History(states["visible"], states["hidden"], author.date_joined)
