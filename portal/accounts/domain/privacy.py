"""Own-data export, erasure and retention: registries that every app with personal data fills in `AppConfig.ready()`.

from portal.accounts.domain import privacy
privacy.register_export("comments", lambda user: [{"text": …}])      # every table that names the person
privacy.register_erasure("comments", erase_comments)                  # (user) -> int, keeps threads readable
privacy.register_retention("uploads", "Hochgeladene CSV-Dateien", days=90, run=delete_uploads)
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal import audit
from portal.accounts.models import ErasedAccount, User
from portal.outbox.domain import queue

Export = Callable[[User], Iterable[Mapping[str, Any]]]
Erasure = Callable[[User], int]


@dataclass(frozen=True)
class Retention:
    """`run(before, dry_run)` deletes or empties what is older than `before` and returns how many rows that were."""

    key: str
    label: Any
    days: int
    run: Callable[[datetime, bool], int]

    @property
    def period(self) -> timedelta:
        return timedelta(days=settings.RETENTION_DAYS.get(self.key, self.days))


_exports: dict[str, Export] = {}
_labels: dict[str, Any] = {}
_erasures: dict[str, Erasure] = {}
_retentions: dict[str, Retention] = {}


def register_export(key: str, rows: Export, label: Any = "") -> None:
    """`rows(user)` yields plain dictionaries of JSON values that name the person, and nobody else's data."""
    _exports[key] = rows
    _labels[key] = label or key


def overview(*, user: User) -> list[tuple[Any, int]]:
    """Label and number of entries of each part, for the page `/konto/daten/`."""
    return [(_labels[key], sum(1 for _row in rows(user))) for key, rows in sorted(_exports.items())]


def register_erasure(key: str, erase: Erasure) -> None:
    """`erase(user)` runs inside one transaction before the account row is emptied and returns the rows it touched."""
    _erasures[key] = erase


def register_retention(key: str, label: Any, *, days: int, run: Callable[[datetime, bool], int]) -> None:
    _retentions[key] = Retention(key, label, days, run)


def registered() -> dict[str, list[str]]:
    return {"export": sorted(_exports), "erasure": sorted(_erasures), "retention": sorted(_retentions)}


def export(*, user: User) -> dict[str, Any]:
    """Everything the portal knows about the person, by part; only plain values, ready for JSON."""
    return {
        "exported_at": timezone.now().isoformat(timespec="seconds"),
        "parts": {key: [dict(row) for row in rows(user)] for key, rows in sorted(_exports.items())},
    }


def fingerprint(email: str) -> str:
    """A keyed hash of an address, so a restored older backup can be cleaned again without keeping the address."""
    return hashlib.blake2b(
        email.strip().lower().encode(), key=settings.SECRET_KEY.encode()[:64], digest_size=32
    ).hexdigest()


def erase(*, user: User | None, account: User) -> dict[str, int]:
    """Erases an account: contributions stay readable as "gelöschtes Konto", no identifier stays; returns counts.

    `user` acts: the person, someone with `accounts.erase_user`, or None for a command. The row of the account stays
    (others point to it) without name, address and password; mails to the address go, sessions and second factors too.
    """
    from portal.accounts.permissions import can_erase

    can_erase(user, account)
    email = account.email
    with transaction.atomic():
        counts = {key: handler(account) for key, handler in sorted(_erasures.items())}
        counts["mails"] = queue.remove_address(address=email)
        ErasedAccount.objects.update_or_create(account_uuid=account.uuid, defaults={"email_hash": fingerprint(email)})
        _empty(account)
        audit.record(
            actor=None, action="account.erased", obj=account, payload={"account": str(account.uuid), "parts": counts}
        )
    return counts


def _empty(account: User) -> None:
    from allauth.account.models import EmailAddress
    from allauth.mfa.models import Authenticator
    from allauth.socialaccount.models import SocialAccount
    from allauth.usersessions.models import UserSession

    for session in UserSession.objects.filter(user=account):
        session.end()
    for model in (EmailAddress, Authenticator, SocialAccount, UserSession):
        model.objects.filter(user=account).delete()
    account.groups.clear()
    account.user_permissions.clear()
    account.email = f"geloescht-{secrets.token_hex(8)}@geloescht.invalid"
    account.display_name, account.first_name, account.last_name, account.department = "", "", "", ""
    account.is_active = account.is_staff = account.is_superuser = False
    account.last_login, account.erased_at = None, timezone.now()
    account.set_unusable_password()
    account.save()


def erase_again() -> int:
    """After a restore: erases accounts that had been erased after the backup was made; returns how many."""
    from portal.accounts.models import ErasedAccount

    known = dict(ErasedAccount.objects.values_list("account_uuid", "email_hash"))
    again = User.objects.filter(uuid__in=known, erased_at=None)
    for account in again:
        erase(user=None, account=account)
    return len(again)


def retain(*, dry_run: bool = False) -> list[tuple[Retention, int]]:
    """Runs each retention rule; with `dry_run` it only counts."""
    now = timezone.now()
    return [(rule, rule.run(now - rule.period, dry_run)) for _key, rule in sorted(_retentions.items())]
