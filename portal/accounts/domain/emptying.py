"""What this app itself deletes when an account is erased: the ways in, the addresses, the mails, the name."""

from __future__ import annotations

import secrets

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from portal.accounts.domain import archives
from portal.accounts.models import DataExport, User
from portal.outbox.domain import queue


def remove_mails(account: User) -> int:
    """Deletes all mails to any address of the account, sent or waiting."""
    from allauth.account.models import EmailAddress

    addresses = {account.email, *EmailAddress.objects.filter(user=account).values_list("email", flat=True)}
    return sum(queue.remove_address(address=address) for address in addresses)


def empty(account: User) -> None:
    """Ends the sessions, deletes factors, addresses, archives and log lines, and empties the row of the account."""
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount
    from allauth.usersessions.models import UserSession

    _end_sessions(account)
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        model.objects.filter(user=account).delete()
    for job in DataExport.objects.filter(user=account):
        archives.remove(job)
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(Q(user=account) | Q(content_type=about, object_id=str(account.pk))).delete()
    account.groups.clear()
    account.user_permissions.clear()
    account.email = f"geloescht-{secrets.token_hex(8)}@geloescht.invalid"
    account.display_name, account.first_name, account.last_name, account.department = "", "", "", ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login, account.blocked_until, account.erased_at = None, None, timezone.now()
    account.set_unusable_password()
    account.save()


def _end_sessions(account: User) -> None:
    """Also those that no list of devices knows, such as sessions that were half-way through signing in."""
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=account):
        session.end()
    keys = [session.pk for session in Session.objects.iterator() if _is_of(session.get_decoded(), account)]
    Session.objects.filter(pk__in=keys).delete()


def _is_of(data: dict[str, object], account: User) -> bool:
    return str(data.get("_auth_user_id")) == str(account.pk) or account.email in str(data)
