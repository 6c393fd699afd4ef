"""Changes of a person's own account."""

from __future__ import annotations

from django.db import transaction

from portal import audit
from portal.accounts.models import User


def update(*, user: User, display_name: str, department: str | None = None) -> User:
    """Saves the display name and, for people with a role, the department. Audited without the names themselves."""
    fields = {"display_name": display_name} | ({} if department is None else {"department": department})
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=user.pk)
        for name, value in fields.items():
            setattr(account, name, value)
        account.save(update_fields=list(fields))
        audit.record(actor=user, action="account.profile_updated", obj=account, payload={"fields": sorted(fields)})
    return account
