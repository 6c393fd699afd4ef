"""What this app itself knows about a person, for the export; and its retention rule."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib.admin.models import LogEntry
from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import archives, personal, privacy
from portal.accounts.domain.personal import Column
from portal.accounts.models import DataExport, User
from portal.audit.models import AuditEntry
from portal.outbox.models import Mail

COLUMNS = {
    "accounts.User.email": Column("account"),
    "accounts.User.display_name": Column("account"),
    "accounts.User.first_name": Column("account"),
    "accounts.User.last_name": Column("account"),
    "accounts.User_groups.user": Column("account"),
    "accounts.User_user_permissions.user": Column("account"),
    "outbox.Mail.recipients": Column("mails"),
    "accounts.DataExport.user": Column("archives"),
    "accounts.ErasedAccount.email_hash": Column(stays=True, reason="keyed hash, so that a restored backup is cleaned"),
    "account.EmailAddress.user": Column("email_addresses"),
    "account.EmailAddress.email": Column("email_addresses"),
    "mfa.Authenticator.user": Column("second_factors"),
    "usersessions.UserSession.user": Column("sessions"),
    "usersessions.UserSession.user_agent": Column("sessions"),
    "socialaccount.SocialAccount.user": Column("external_accounts"),
    "admin.LogEntry.user": Column("admin_log"),
}


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
    for mail in Mail.objects.to_address(user.email):
        yield {
            "subject": mail.subject,
            "text": mail.text,
            "state": mail.state,
            "created": mail.created_at.isoformat(),
        }


def archive_rows(user: User) -> Iterator[dict[str, Any]]:
    for job in DataExport.objects.filter(user=user):
        yield {"created": job.created_at.isoformat(), "state": job.state, "expires": job.expires_at.isoformat()}


def external_rows(user: User) -> Iterator[dict[str, Any]]:
    from allauth.socialaccount.models import SocialAccount

    for account in SocialAccount.objects.filter(user=user):
        yield {"provider": account.provider, "uid": account.uid, "since": account.date_joined.isoformat()}


def preview(user: User) -> Iterator[privacy.Fate]:
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.usersessions.models import UserSession

    yield privacy.Fate(_("Name, Passwort und Angaben zur Person"), 1)
    yield privacy.Fate(_("E-Mail-Adressen"), EmailAddress.objects.filter(user=user).count())
    yield privacy.Fate(_("Angemeldete Geräte"), UserSession.objects.filter(user=user).count())
    yield privacy.Fate(_("Zweite Faktoren und Passkeys"), Authenticator.objects.filter(user=user).count())
    yield privacy.Fate(_("Mails an Sie, auch wartende"), Mail.objects.to_address(user.email).count())
    yield privacy.Fate(_("Auszüge Ihrer Daten"), DataExport.objects.filter(user=user).count())
    yield privacy.Fate(_("Rollen im Portal"), len(user.granted_roles))
    acts = AuditEntry.objects.filter(actor_id=user.pk).count()
    yield privacy.Fate(_("Einträge im Prüfprotokoll"), acts, _("bleiben mit einer Nummer, die zu niemandem mehr führt"))


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


def admin_rows(user: User) -> Iterator[dict[str, Any]]:
    for line in LogEntry.objects.filter(user=user):
        yield {"created": line.action_time.isoformat(), "object": line.object_repr, "change": line.change_message}


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_erasure("account", lambda user: 0, preview)
    privacy.register_export("archives", archive_rows, _("Auszüge Ihrer Daten"))
    privacy.register_export("external_accounts", external_rows, _("Anmeldung mit anderen Diensten"))
    privacy.register_export("admin_log", admin_rows, _("Änderungen in der Verwaltung der Konten"))
    privacy.register_retention("accounts.archives", _("Auszüge eigener Daten"), days=0, run=archives.delete_expired)
    privacy.register_export("account", account_rows, _("Konto"))
    privacy.register_export("email_addresses", address_rows, _("E-Mail-Adressen"))
    privacy.register_export("sessions", session_rows, _("Sitzungen"))
    privacy.register_export("second_factors", factor_rows, _("Zweite Faktoren"))
    privacy.register_export("mails", mail_rows, _("E-Mails an Sie"))
    privacy.register_retention("accounts.unverified", _("Nie bestätigte Konten"), days=14, run=delete_unverified)
    privacy.register_retention("accounts.sessions", _("Abgelaufene Sitzungen"), days=0, run=delete_sessions)
