"""Contributions in the moderation's one queue (portal.comments.kinds)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dialogues.domain.online import gates, writing
from dialogues.models import Contribution
from portal import audit
from portal.activity.domain import stream
from portal.comments.enums import State
from portal.comments.kinds import Kind, Piece, Wording

ROLE = "moderator"


class ContributionKind(Kind):
    """Keys are primary keys as text."""

    slug = "beitraege"
    label = _("Beitrag")
    the = _("Der Beitrag")
    your = _("Ihr Beitrag")

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        rows = Contribution.objects.filter(pk__in=[int(key) for key in keys if is_key(key)])
        return {str(row.pk): piece_of(row) for row in rows.select_related("dialogue__project", "author")}

    def lock(self, key: str) -> Piece | None:
        row = Contribution.objects.filter(pk=key).first() if is_key(key) else None
        return piece_of(gates.locked(row)) if row else None

    def visible_to(self, key: str, user: Any) -> bool:
        return is_key(key) and Contribution.objects.visible_to(user).filter(pk=key).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        row = change(key, state=State.HIDDEN, hidden_reason=reason, held_until=None)
        stream.withdraw(url=row.get_absolute_url())
        record(user, "contribution.hidden", row, {"reason": reason})

    def show(self, key: str, *, user: Any) -> None:
        row = change(key, state=State.VISIBLE, hidden_reason="", held_until=None)
        if row.merged_into_id is None and not stream.reinstate(url=row.get_absolute_url()):
            writing.announce(row)
        record(user, "contribution.shown", row, {})

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        row = change(key, state=State.HELD, held_until=until, held_rule="")
        stream.withdraw(url=row.get_absolute_url())
        record(user, "contribution.held", row, {})

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        row = change(key)
        writing.empty(row)
        record(user, "contribution.emptied", row, {"reason": reason})

    def earlier(self, key: str) -> Sequence[Wording]:
        row = Contribution.objects.filter(pk=key).first() if is_key(key) else None
        if row is None:
            return ()
        return [Wording(f"{old.title}\n\n{old.text}", old.replaced_at) for old in row.revisions.order_by("-pk")]


def piece_of(row: Contribution) -> Piece:
    return Piece(
        key=str(row.pk),
        text=f"{row.title}\n\n{row.text}",
        title=row.dialogue.title,
        url=row.get_absolute_url(),
        state=row.state,
        created_at=row.received_at,
        author=row.author,
        author_name=row.byline,
        project=row.dialogue.project,
        sample=row.sample,
    )


def is_key(key: str) -> bool:
    return key.isdecimal() and len(key) < 18


def change(key: str, **fields: Any) -> Contribution:
    """The row, locked, with these fields written."""
    row = gates.locked(Contribution(pk=int(key)))
    for name, value in fields.items():
        setattr(row, name, value)
    if fields:
        row.save(update_fields=[*fields, "updated_at"])
    return row


def record(user: Any, action: str, row: Contribution, payload: dict[str, Any]) -> None:
    audit.record(actor=user, action=action, obj=row, role=ROLE, payload=payload | {"receipt": row.receipt})
