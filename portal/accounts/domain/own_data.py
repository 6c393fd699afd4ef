"""What this app itself knows about a person, for the export; and its retention rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import privacy
from portal.accounts.models import User


def account_rows(user: User) -> Iterator[dict[str, Any]]:
    yield {
        "id": str(user.uuid),
        "email": user.email,
        "display_name": user.display_name,
        "department": user.department,
        "roles": sorted(user.granted_roles),
        "joined": user.date_joined.isoformat(),
        "last_login": user.last_login.isoformat() if user.last_login else None,
    }


def address_rows(user: User) -> Iterator[dict[str, Any]]:
    from allauth.account.models import EmailAddress

    yield from EmailAddress.objects.filter(user=user).values("email", "verified", "primary")


def session_rows(user: User) -> Iterator[dict[str, Any]]:
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=user):
        yield {"since": session.created_at.isoformat(), "ip": session.ip, "program": session.user_agent}


def factor_rows(user: User) -> Iterator[dict[str, Any]]:
    from allauth.mfa.models import Authenticator

    for factor in Authenticator.objects.filter(user=user):
        yield {"type": factor.type, "since": factor.created_at.isoformat()}


def mail_rows(user: User) -> Iterator[dict[str, Any]]:
    from portal.outbox.models import Mail

    for mail in Mail.objects.to_address(user.email):
        yield {"subject": mail.subject, "state": mail.state, "created": mail.created_at.isoformat()}


def delete_unverified(before: datetime, dry_run: bool) -> int:
    """Accounts whose address was never confirmed go after the period; they cannot have written anything."""
    from allauth.account.models import EmailAddress

    verified = EmailAddress.objects.filter(verified=True).values("user_id")
    old = User.objects.filter(date_joined__lt=before, last_login=None, erased_at=None).exclude(pk__in=verified)
    return old.count() if dry_run else old.delete()[1].get("accounts.User", 0)


def delete_sessions(before: datetime, dry_run: bool) -> int:
    from django.contrib.sessions.models import Session

    old = Session.objects.filter(expire_date__lt=before)
    return old.count() if dry_run else old.delete()[0]


def register() -> None:
    privacy.register_export("account", account_rows, _("Konto"))
    privacy.register_export("email_addresses", address_rows, _("E-Mail-Adressen"))
    privacy.register_export("sessions", session_rows, _("Sitzungen"))
    privacy.register_export("second_factors", factor_rows, _("Zweite Faktoren"))
    privacy.register_export("mails", mail_rows, _("E-Mails an Sie"))
    privacy.register_retention("accounts.unverified", _("Nie bestätigte Konten"), days=14, run=delete_unverified)
    privacy.register_retention("accounts.sessions", _("Abgelaufene Sitzungen"), days=0, run=delete_sessions)
