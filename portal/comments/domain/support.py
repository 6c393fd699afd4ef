"""Support a comment, and take that back. There are no down-votes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from portal import cache
from portal.comments import permissions
from portal.comments.domain import rights
from portal.comments.models import Comment, Support
from portal.exceptions import DomainError

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def give(*, user: User | AnonymousUser, comment: Comment) -> Comment:
    """Counts the person once, however often it is called. Errors: sign_in, no_thread, blocked, closed, gone, own."""
    person = rights.demand_voice(user, comment.thread)
    with transaction.atomic():
        comment = rights.locked(comment)
        if not comment.is_visible:
            raise DomainError("gone", _("Dieser Kommentar steht nicht mehr da."), status=409)
        if permissions.is_author(user, comment):
            raise DomainError("own", _("Den eigenen Kommentar können Sie nicht unterstützen."), status=409)
        Support.objects.get_or_create(user=person, comment=comment)
        return _recount(comment)


def take_back(*, user: User | AnonymousUser, comment: Comment) -> Comment:
    """Removes the person's support, if there is one. Errors: sign_in, no_thread."""
    person = rights.demand_sign_in(user)
    rights.demand_thread(user, comment.thread)
    with transaction.atomic():
        comment = rights.locked(comment)
        Support.objects.filter(user=person, comment=comment).delete()
        return _recount(comment)


def _recount(comment: Comment) -> Comment:
    comment.support_count = comment.supports.count()
    comment.save(update_fields=["support_count"])
    transaction.on_commit(cache.invalidate)
    return comment
