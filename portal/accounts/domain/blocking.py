"""Block an account from writing for a time. Who may do so, and why, is asked by the moderation (portal.comments)."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from portal import audit
from portal.accounts.models import User
from portal.exceptions import DomainError


def block(*, user: User, account: User, until: datetime) -> None:
    """`account` may read and object, but write nowhere until then; inside the caller's transaction, longest wins."""
    known = account.blocked_until
    account.blocked_until = max(known, until) if known else until
    account.save(update_fields=["blocked_until"])
    audit.record(actor=user, action="account.blocked", obj=account, role="moderator", payload={"until": until})


def unblock(*, user: User, account: User) -> None:
    """Ends a block before its time, inside the caller's transaction. Errors: not_blocked."""
    if account.blocked_until is None:
        raise DomainError("not_blocked", _("Dieses Konto ist nicht gesperrt."), status=409)
    account.blocked_until = None
    account.save(update_fields=["blocked_until"])
    audit.record(actor=user, action="account.unblocked", obj=account, role="moderator")
