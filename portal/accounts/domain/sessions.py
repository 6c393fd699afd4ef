"""End a session of one's own."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from portal import audit
from portal.accounts.models import User
from portal.exceptions import NotAllowed


def end(*, user: User, session: Any) -> None:
    """Signs the device out. Audited as `account.session_ended`. Raises NotAllowed for someone else's session."""
    if session.user_id != user.pk:
        raise NotAllowed
    with transaction.atomic():
        session.end()
        audit.record(actor=user, action="account.session_ended", obj=user)
