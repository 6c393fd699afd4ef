"""Write, answer, change and delete a comment."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit, cache
from portal.activity.domain import stream
from portal.comments import follow_targets, permissions, rules, targets
from portal.comments.domain import matters, quoting, rights
from portal.comments.enums import State
from portal.comments.models import MAX_LENGTH, Comment, Revision, Thread
from portal.exceptions import DomainError, NotAllowed
from portal.text import normalise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

PER_MINUTE, PER_HOUR = 5, 40
SAME_WITHIN = timedelta(minutes=10)
MOST_REVISIONS = 10


def create(
    *,
    user: User | AnonymousUser,
    thread: Thread,
    text: str,
    parent: Comment | None = None,
    official: bool = False,
    department: str = "",
    sample: bool = False,
    at: datetime | None = None,
) -> Comment:
    """Adds a comment, or an answer one level below `parent` (an answer to an answer goes below the same comment).

    Visible at once, unless a rule holds it; then `held_until` says by when that is decided. `official` speaks for the
    city, needs `comments.answer_officially`, and is possible in a closed thread too. The same text sent twice within
    ten minutes gives the first one back.
    `at` is for sample data alone: when it is said to have been written.
    Errors: sign_in, no_thread, blocked, closed, not_allowed, empty, too_long, links, too_fast, parent_gone.
    """
    author = rights.demand_voice(user, thread, even_closed=official)
    if official and not permissions.can_answer_officially(author):
        message = _("Für die Stadt antworten nur Projektleitung und Kommunikation. Ihr Text steht noch da.")
        raise NotAllowed(message)
    text = _checked(author, text)
    with transaction.atomic():
        _one_at_a_time(author)
        top = _top_of(thread, parent)
        if twin := _twin(author, thread, top, text, sample=sample):
            return twin
        _demand_pace(author, sample=sample)
        rule = None if official else rules.hit(quoting.without_links(text))
        comment = Comment.objects.create(
            thread=thread,
            author=author,
            parent=top,
            text=text,
            state=State.HELD if rule else State.VISIBLE,
            held_until=rules.decided_by(timezone.now()) if rule else None,
            held_rule=rule.key if rule else "",
            official=official,
            department=(department or author.department) if official else "",
            sample=sample,
            created_at=at if sample and at else timezone.now(),
        )
        action = "comment.held" if rule else "comment.created"
        audit.record(actor=author, action=action, obj=comment, payload={"rule": comment.held_rule})
        _publish(comment)
        if comment.is_visible:
            _tell_author_above(comment)
        _queue(comment)
        transaction.on_commit(cache.invalidate)
    return comment


def edit(*, user: User | AnonymousUser, comment: Comment, text: str) -> Comment:
    """Changes the own text within the window and keeps the earlier wording; the rules are asked again.

    Errors: sign_in, no_thread, blocked, closed, not_allowed, too_late, too_often, empty, too_long, links.
    """
    author = rights.demand_voice(user, comment.thread, even_closed=comment.official)
    text = _checked(author, text)
    with transaction.atomic():
        comment = rights.locked(comment)
        if not permissions.is_author(user, comment):
            raise NotAllowed(_("Ändern kann nur, wer den Kommentar geschrieben hat."))
        if not permissions.can_edit(user, comment):
            raise DomainError("too_late", _("Ändern geht nur in den ersten 15 Minuten."), status=409)
        if text == comment.text:
            return comment
        if comment.revisions.count() >= MOST_REVISIONS:
            raise DomainError("too_often", _("Öfter können Sie diesen Kommentar nicht ändern."), status=409)
        Revision.objects.create(comment=comment, text=comment.text)
        rule = None if comment.official else rules.hit(quoting.without_links(text))
        comment.text = text
        comment.edited_at = timezone.now()
        if rule and comment.is_visible:
            comment.state = State.HELD
            comment.held_until = rules.decided_by(timezone.now())
            comment.held_rule = rule.key
            stream.withdraw(url=comment.get_absolute_url())
        comment.save(update_fields=["text", "edited_at", "state", "held_until", "held_rule"])
        audit.record(actor=user, action="comment.edited", obj=comment, payload={"rule": comment.held_rule})
        _queue(comment)
        transaction.on_commit(cache.invalidate)
    return comment


def delete(*, user: User | AnonymousUser, comment: Comment) -> Comment:
    """Deletes the own comment: text and earlier wordings are gone, a place holder stays where answers hang below it.

    Errors: sign_in, not_allowed.
    """
    rights.demand_sign_in(user)
    with transaction.atomic():
        comment = rights.locked(comment)
        if not permissions.can_delete(user, comment):
            raise NotAllowed(_("Löschen kann nur, wer den Kommentar geschrieben hat."))
        empty(comment)
        audit.record(actor=user, action="comment.deleted", obj=comment)
        matters.vanished(kind="comment", key=comment.pk)
        transaction.on_commit(cache.invalidate)
    return comment


def empty(comment: Comment, *, reason: str = "") -> None:
    """Takes text and earlier wordings out of a comment, inside the caller's transaction.

    `reason` is the rule it broke where the moderation deletes it, and stands in its place.
    """
    comment.text = ""
    comment.state = State.DELETED
    comment.held_until = None
    comment.hidden_reason = reason
    comment.pinned = False
    comment.save(update_fields=["text", "state", "held_until", "hidden_reason", "pinned"])
    comment.revisions.all().delete()
    stream.withdraw(url=comment.get_absolute_url())


def _queue(comment: Comment) -> None:
    """The moderation's row of this comment, as it stands now."""
    matters.written(
        kind="comment",
        key=comment.pk,
        author=comment.author,
        state=comment.state,
        rule=comment.held_rule,
        held_until=comment.held_until,
        trusted=comment.official or permissions.can_moderate(comment.author),
        sample=comment.sample,
        at=comment.created_at,
    )


def publish_released(comment: Comment) -> None:
    """What `create` left out while the comment was held: its line on the timeline, the word to the one it answers."""
    if not stream.reinstate(url=comment.get_absolute_url()):
        _publish(comment)
    _tell_author_above(comment)


def _checked(user: User, text: str) -> str:
    if len(text) > MAX_LENGTH * 4:
        raise _too_long(len(text))
    text = normalise(text)
    if not text:
        raise DomainError("empty", _("Bitte schreiben Sie etwas."), field="text")
    if len(text) > MAX_LENGTH:
        raise _too_long(len(text))
    rights.demand_no_links(user, quoting.without_links(text))
    return text


def _too_long(length: int) -> DomainError:
    words = _("Der Text ist zu lang: %(length)s Zeichen, möglich sind %(most)s.") % {
        "length": length,
        "most": MAX_LENGTH,
    }
    return DomainError("too_long", words, field="text")


def _top_of(thread: Thread, parent: Comment | None) -> Comment | None:
    if parent is None:
        return None
    top = (
        Comment.objects.select_for_update(of=("self",)).filter(pk=parent.parent_id or parent.pk, thread=thread).first()
    )
    answered = top if parent.parent_id is None else Comment.objects.filter(pk=parent.pk).first()
    if top is None or answered is None or not answered.is_visible or not top.is_visible:
        message = _("Der Kommentar, auf den Sie antworten, steht nicht mehr da.")
        raise DomainError("parent_gone", message, status=409)
    return top


def _one_at_a_time(author: User) -> None:
    """Two requests of one person wait for each other, so that a double click finds its twin on every database."""
    get_user_model().objects.select_for_update(of=("self",), no_key=True).only("pk").get(pk=author.pk)


def _twin(user: User, thread: Thread, top: Comment | None, text: str, *, sample: bool) -> Comment | None:
    """The same text again: within ten minutes a double click; of sample data at any time, so demo is idempotent."""
    same = Comment.objects.filter(author=user, thread=thread, parent=top, text=text)
    if not sample:
        same = same.filter(created_at__gte=timezone.now() - SAME_WITHIN)
    return same.exclude(state=State.DELETED).first()


def _demand_pace(user: User, *, sample: bool) -> None:
    if sample:
        return
    now = timezone.now()
    mine = Comment.objects.filter(author=user)
    if (
        mine.filter(created_at__gte=now - timedelta(minutes=1))[:PER_MINUTE].count() >= PER_MINUTE
        or mine.filter(created_at__gte=now - timedelta(hours=1))[:PER_HOUR].count() >= PER_HOUR
    ):
        message = _("Das waren viele Kommentare in kurzer Zeit. Bitte warten Sie etwas; Ihr Text bleibt stehen.")
        raise DomainError("too_fast", message, status=429)


def _publish(comment: Comment) -> None:
    if not comment.is_visible:
        return
    target = targets.get(comment.thread.target)
    title = _("Antwort der Stadt zu „%(title)s“") if comment.official else _("Neuer Kommentar zu „%(title)s“")
    stream.publish(
        actor=comment.author,
        verb="comment.answered" if comment.official else "comment.created",
        title=title % {"title": target.title(comment.thread)},
        url=comment.get_absolute_url(),
        project=target.project(comment.thread),
        occurred_at=comment.created_at,
        sample=comment.sample,
        topics=[follow_targets.topic_of(comment)],
    )


def _tell_author_above(comment: Comment) -> None:
    above = comment.parent
    if above is None or above.author is None or above.author_id == comment.author_id:
        return
    title = targets.get(comment.thread.target).title(comment.thread)
    stream.notify(
        user=above.author,
        verb="comment.answered" if comment.official else "comment.created",
        title=_("Antwort auf Ihren Kommentar zu „%(title)s“") % {"title": title},
        url=comment.get_absolute_url(),
        sample=comment.sample,
    )
