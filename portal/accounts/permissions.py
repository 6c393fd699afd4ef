"""Who may do what with accounts."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.exceptions import NotAllowed


def may_write(user: Any) -> bool:
    """Signed in, active, and not blocked by the moderation for a time; the one question every writing app asks."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return False
    until = user.blocked_until
    return until is None or until <= timezone.now()


def can_erase(user: User | None, account: User) -> None:
    """The person, or someone with the right to erase accounts; None stands for a command run by the operator."""
    if user is None or user.pk == account.pk or user.has_perm("accounts.erase_user"):
        return
    raise NotAllowed


def can_grant(user: User | None) -> None:
    if user is None or user.has_perm("accounts.grant_role"):
        return
    raise NotAllowed
