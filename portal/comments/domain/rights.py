"""The refusals that several acts share, in plain words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal.accounts.permissions import may_write
from portal.comments import permissions, rules
from portal.comments.enums import State
from portal.comments.models import Comment, Matter, Thread
from portal.exceptions import DomainError, NotAllowed

if TYPE_CHECKING:
    from portal.accounts.models import User

TRUSTED_AFTER = 3  # visible texts, from then on links are allowed


def demand_sign_in(user: Any) -> User:
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        raise NotAllowed(_("Bitte melden Sie sich an."), code="sign_in")
    return cast("User", user)


def demand_thread(user: Any, thread: Thread) -> None:
    """404 where the thread is not there for this person."""
    if not permissions.can_view_thread(user, thread):
        raise DomainError("no_thread", _("Diese Seite gibt es nicht."), status=404)


def demand_may_write(user: Any) -> User:
    """Signed in and not blocked; every app that takes texts of people asks here."""
    person = demand_sign_in(user)
    if not may_write(person):
        until = person.blocked_until
        day = formats.date_format(timezone.localtime(until), "DATETIME_FORMAT") if until else ""
        message = _(
            "Ihr Konto ist bis %(day)s Uhr zum Schreiben gesperrt. Lesen können Sie weiter. "
            "Die Begründung haben wir Ihnen geschrieben."
        )
        raise NotAllowed(message % {"day": day}, code="blocked")
    return person


def demand_no_links(user: User, text: str) -> None:
    """New accounts (fewer than three visible texts of any kind) post no links and mail addresses. Error: links."""
    if rules.LINK.search(text) and _is_new(user):
        message = _(
            "Neue Konten können noch keine Links und Mail-Adressen einfügen. Bitte nennen Sie die Quelle in Worten; "
            "nach Ihrem dritten Kommentar geht es."
        )
        raise DomainError("links", message, field="text")


def _is_new(user: User) -> bool:
    if permissions.can_answer_officially(user) or permissions.can_moderate(user):
        return False
    return Matter.objects.filter(author=user, state=State.VISIBLE)[:TRUSTED_AFTER].count() < TRUSTED_AFTER


def demand_voice(user: Any, thread: Thread, *, even_closed: bool = False) -> User:
    """Signed in, not blocked, and the thread is there and open; the city may answer in a closed one."""
    person = demand_sign_in(user)
    demand_thread(user, thread)
    demand_may_write(user)
    if not even_closed and not permissions.is_open(thread):
        raise DomainError("closed", _("Hier kann nicht mehr kommentiert werden."), status=409)
    return person


def demand_moderator(user: Any) -> User:
    person = demand_sign_in(user)
    if not permissions.can_moderate(person):
        raise NotAllowed()
    return person


def locked(comment: Comment) -> Comment:
    """The row as it is now, locked to the end of the transaction (nothing is decided twice)."""
    return Comment.objects.select_for_update(of=("self",)).select_related("thread", "author").get(pk=comment.pk)
