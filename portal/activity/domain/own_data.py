"""Export and erasure of what a person follows, was told and did in public (Art. 15, 17 and 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.accounts.domain.privacy import Fate
from portal.activity import targets
from portal.activity.models import Activity, Follow, Notification, Preference

if TYPE_CHECKING:
    from portal.accounts.models import User

COLUMNS = {
    "activity.Activity.actor": Column("activity"),
    "activity.Follow.user": Column("activity"),
    "activity.Preference.user": Column("activity"),
    "activity.Notification.user": Column("activity"),
}


def export(user: User) -> Iterator[dict[str, Any]]:
    rows = list(Follow.objects.filter(user=user).select_related("topic").order_by("pk"))
    subjects = targets.find(user, [row.topic.key for row in rows])
    for row in rows:
        subject = subjects.get(row.topic.key)
        yield {
            "kind": "follow",
            "topic": row.topic.key,
            "title": subject.title if subject else "",
            "cadence": row.cadence,
            "created": row.created_at.isoformat(timespec="seconds"),
        }
    for wish in Preference.objects.filter(user=user):
        seen = wish.seen_at.isoformat(timespec="seconds") if wish.seen_at else None
        yield {"kind": "preference", "cadence": wish.notes_cadence, "seen": seen}
    for note in Notification.objects.filter(user=user).order_by("pk"):
        yield {
            "kind": "note",
            "title": note.title,
            "summary": note.summary,
            "url": note.url,
            "created": note.created_at.isoformat(timespec="seconds"),
            "read": note.read_at.isoformat(timespec="seconds") if note.read_at else None,
        }
    for activity in Activity.objects.filter(actor=user).order_by("pk"):
        yield {
            "kind": "activity",
            "verb": activity.verb,
            "title": activity.title,
            "url": activity.url,
            "created": activity.occurred_at.isoformat(timespec="seconds"),
        }


def preview(user: User) -> Iterator[Fate]:
    yield Fate(_("Abonnements"), Follow.objects.filter(user=user).count())
    yield Fate(_("Nachrichten an Sie"), Notification.objects.filter(user=user).count())
    lines = Activity.objects.filter(actor=user).count()
    yield Fate(_("Zeilen in öffentlichen Neuigkeiten"), lines, _("bleiben; sie nennen keinen Namen"))


def register() -> None:
    privacy.register_export("activity", export, _("Abonnements und Nachrichten"))
    privacy.register_erasure("activity", erase, preview)
    privacy.register_retention("activity.notes", _("Gelesene Nachrichten"), days=365, run=delete_old_notes)
    personal.register(COLUMNS)


def delete_old_notes(before: datetime, dry_run: bool) -> int:
    old = Notification.objects.filter(read_at__lt=before)
    return old.count() if dry_run else old.delete()[0]


def erase(user: User) -> int:
    """Follows, wishes and notes go; lines of the public log stay, since they name no person, without the actor."""
    gone = 0
    for model in (Follow, Preference, Notification):
        gone += model.objects.filter(user=user).delete()[0]
    return gone + Activity.objects.filter(actor=user).update(actor=None)
