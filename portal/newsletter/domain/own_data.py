"""Export, erasure and retention of orders."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.newsletter.models import Issue, Subscription

if TYPE_CHECKING:
    from portal.accounts.models import User

COLUMNS = {
    "newsletter.Subscription.email": Column("newsletter"),
    "newsletter.Issue.author": Column("newsletter"),
}
DAYS_TO_CONFIRM = 14


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_export("newsletter", export, _("Rundbriefe"))
    privacy.register_erasure("newsletter", erase, preview)
    label = _("Nie bestätigte Bestellungen von Rundbriefen")
    privacy.register_retention("newsletter.unconfirmed", label, days=DAYS_TO_CONFIRM, run=delete_unconfirmed)


def export(user: User) -> Iterator[dict[str, Any]]:
    for found in _of(user).select_related("consent").prefetch_related("segments"):
        yield {
            "kind": "subscription",
            "email": found.email,
            "segments": [segment.title for segment in found.segments.all()],
            "asked": found.asked_at.isoformat(timespec="seconds"),
            "confirmed": found.confirmed_at.isoformat(timespec="seconds") if found.confirmed_at else None,
            "consent": found.consent.text,
        }
    for issue in Issue.objects.filter(author=user):
        yield {"kind": "issue", "title": issue.title, "text": issue.body}


def preview(user: User) -> Iterator[privacy.Fate]:
    yield privacy.Fate(_("Bestellte Rundbriefe"), _of(user).count())
    written = Issue.objects.filter(author=user).count()
    yield privacy.Fate(_("Geschriebene Rundbriefe"), written, _("bleiben ohne Ihren Namen"))


def erase(user: User) -> int:
    removed: int = _of(user).delete()[0]
    return removed + Issue.objects.filter(author=user).update(author=None)


def delete_unconfirmed(before: datetime, dry_run: bool) -> int:
    """Orders that nobody confirmed; confirmed ones stay until they are ended."""
    old = Subscription.objects.filter(confirmed_at=None, asked_at__lt=before)
    return old.count() if dry_run else old.delete()[1].get("newsletter.Subscription", 0)


def _of(user: User) -> Any:
    from allauth.account.models import EmailAddress

    verified = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return Subscription.objects.filter(email__in={user.email, *(address.lower() for address in verified)})
