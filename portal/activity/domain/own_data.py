"""Export and erasure of what a person follows, was told and did in public (Art. 15, 17 and 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from portal.activity.models import Activity, Follow, Notification

if TYPE_CHECKING:
    from portal.accounts.models import User


def export(user: User) -> Iterator[dict[str, Any]]:
    for follow in Follow.objects.filter(user=user).select_related("project").order_by("pk"):
        yield {
            "kind": "follow",
            "project": follow.project.slug,
            "cadence": follow.cadence,
            "since": follow.created_at.isoformat(timespec="seconds"),
        }
    for note in Notification.objects.filter(user=user).order_by("pk"):
        yield {
            "kind": "note",
            "title": note.title,
            "url": note.url,
            "created": note.created_at.isoformat(timespec="seconds"),
        }
    for activity in Activity.objects.filter(actor=user).order_by("pk"):
        yield {
            "kind": "activity",
            "verb": activity.verb,
            "title": activity.title,
            "url": activity.url,
            "occurred": activity.occurred_at.isoformat(timespec="seconds"),
        }


def erase(user: User) -> int:
    """Follows and notes go; lines of the public log stay, since they name no person, without the actor."""
    follows, _by_model = Follow.objects.filter(user=user).delete()
    notes, _by_model = Notification.objects.filter(user=user).delete()
    return follows + notes + Activity.objects.filter(actor=user).update(actor=None)
