"""Who may do what with accounts."""

from __future__ import annotations

from portal.accounts.models import User
from portal.exceptions import NotAllowed


def can_erase(user: User | None, account: User) -> None:
    """The person, or someone with the right to erase accounts; None stands for a command run by the operator."""
    if user is None or user.pk == account.pk or user.has_perm("accounts.erase_user"):
        return
    raise NotAllowed


def can_grant(user: User | None) -> None:
    if user is None or user.has_perm("accounts.grant_role"):
        return
    raise NotAllowed
