"""Own-data export, erasure and retention: registries that every app with personal data fills in `AppConfig.ready()`.

from portal.accounts.domain import privacy
privacy.register_export("comments", lambda user: [{"text": …}])      # every table that names the person
privacy.register_erasure("comments", erase_comments, preview)         # (user) -> int, keeps threads readable
privacy.register_media("images", files)                               # what the person uploaded
privacy.register_retention("uploads", "Hochgeladene CSV-Dateien", days=90, run=delete_uploads)
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal import audit, cache
from portal.accounts.models import ErasedAccount, User

Export = Callable[[User], Iterable[Mapping[str, Any]]]
Erasure = Callable[[User], int]


@dataclass(frozen=True)
class Fate:
    """A line of the preview of an erasure: so many of these; deleted, or in which form they stay."""

    label: Any
    number: int
    stays: Any = ""  # empty: deleted


Preview = Callable[[User], Iterable[Fate]]
Media = Callable[[User], Iterable[tuple[str, Any]]]


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
_previews: dict[str, Preview] = {}
_media: dict[str, Media] = {}
_retentions: dict[str, Retention] = {}


def register_export(key: str, rows: Export, label: Any = "") -> None:
    """`rows(user)` yields plain dictionaries of JSON values that name the person, and nobody else's data."""
    _exports[key] = rows
    _labels[key] = label or key


def overview(*, user: User) -> list[tuple[Any, int]]:
    """Label and number of entries of each part, for the page `/konto/daten/`."""
    return [(_labels[key], sum(1 for _row in rows(user))) for key, rows in sorted(_exports.items())]


def register_erasure(key: str, erase: Erasure, preview: Preview | None = None) -> None:
    """`erase(user)` runs inside one transaction before the account row is emptied and returns the rows it touched.

    `preview(user)` says beforehand how many things of which kind go or stay in which form.
    """
    _erasures[key] = erase
    if preview is not None:
        _previews[key] = preview


def register_media(key: str, files: Media) -> None:
    """`files(user)` yields (name in the archive, stored file with `open()`) of what the person uploaded."""
    _media[key] = files


def preview(*, user: User) -> list[Fate]:
    """What an erasure would delete and what it would leave, things that stay last; nothing that is not there."""
    fates = [fate for key in sorted(_previews) for fate in _previews[key](user)]
    return sorted((fate for fate in fates if fate.number), key=lambda fate: bool(fate.stays))


def parts() -> list[tuple[str, Any, Export]]:
    """Key, label and rows of each part of the export."""
    return [(key, _labels[key], rows) for key, rows in sorted(_exports.items())]


def media(*, user: User) -> list[tuple[str, Any]]:
    """Everything the person uploaded, as (name, file)."""
    return [(f"{key}/{name}", file) for key, files in sorted(_media.items()) for name, file in files(user)]


def register_retention(key: str, label: Any, *, days: int, run: Callable[[datetime, bool], int]) -> None:
    _retentions[key] = Retention(key, label, days, run)


def registered() -> dict[str, list[str]]:
    return {
        "export": sorted(_exports),
        "erasure": sorted(_erasures),
        "preview": sorted(_previews),
        "media": sorted(_media),
        "retention": sorted(_retentions),
    }


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
    from portal.accounts.domain import emptying
    from portal.accounts.permissions import can_erase

    can_erase(user, account)
    email = account.email
    with transaction.atomic():
        counts = {key: handler(account) for key, handler in sorted(_erasures.items())}
        counts["mails"] = emptying.remove_mails(account)
        ErasedAccount.objects.update_or_create(account_uuid=account.uuid, defaults={"email_hash": fingerprint(email)})
        emptying.empty(account)
        audit.record(
            actor=None, action="account.erased", obj=account, payload={"account": str(account.uuid), "parts": counts}
        )
        transaction.on_commit(cache.invalidate)
    return counts


def erase_again() -> int:
    """After a restore: erases accounts that had been erased after the backup was made; returns how many."""
    known = ErasedAccount.objects.values_list("account_uuid", flat=True)
    again = list(User.objects.filter(uuid__in=list(known), erased_at=None))
    for account in again:
        erase(user=None, account=account)
    return len(again)


def retain(*, dry_run: bool = False) -> list[tuple[Retention, int]]:
    """Runs each retention rule; with `dry_run` it only counts."""
    now = timezone.now()
    return [(rule, rule.run(now - rule.period, dry_run)) for _key, rule in sorted(_retentions.items())]
