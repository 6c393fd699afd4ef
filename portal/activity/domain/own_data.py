"""Export and erasure of what a person follows, was told and did in public (Art. 15, 17 and 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from portal.activity import targets
from portal.activity.models import Activity, Follow, Notification, Preference

if TYPE_CHECKING:
    from portal.accounts.models import User


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


def erase(user: User) -> int:
    """Follows, wishes and notes go; lines of the public log stay, since they name no person, without the actor."""
    gone = 0
    for model in (Follow, Preference, Notification):
        gone += model.objects.filter(user=user).delete()[0]
    return gone + Activity.objects.filter(actor=user).update(actor=None)
