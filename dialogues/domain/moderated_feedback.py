"""Guests' words after an evening in the moderation's queue (portal.comments.kinds): nobody reads them before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.domain import feedback
from dialogues.models import Event, FeedbackAnswer
from dialogues.permissions import can_moderate
from portal import audit, cache
from portal.comments.enums import Measure, State
from portal.comments.kinds import Kind, Piece


class FeedbackKind(Kind):
    """Guests have no account: nobody to warn or to block."""

    slug = "rueckmeldungen"
    label = gettext_lazy("Rückmeldung")
    the = gettext_lazy("Die Rückmeldung")
    your = gettext_lazy("Ihre Rückmeldung")
    measures = frozenset(
        {Measure.HIDE, Measure.DELETE, Measure.HOLD, Measure.RESTORE, Measure.RELEASE, Measure.KEEP}
    )  # fmt: skip

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        known = [uuid for key in keys if (uuid := as_key(key))]
        return {str(row.pk): piece_of(row) for row in rows().filter(pk__in=known)}

    def lock(self, key: str) -> Piece | None:
        row = find(key)
        if row is None:
            return None
        FeedbackAnswer.objects.select_for_update().get(pk=row.pk)
        fresh = find(key)
        return piece_of(fresh) if fresh else None

    def visible_to(self, key: str, user: Any) -> bool:
        """Moderators at any time; everyone what was released, once the results are public."""
        row = find(key)
        if row is None:
            return False
        if can_moderate(user):
            return True
        event = row.board.event
        if event is None or not Event.objects.visible_to(user).filter(pk=event.pk).exists():
            return False
        found = feedback.summary(board=row.board, user=user)
        return found is not None and not found.too_few and row.state == State.VISIBLE

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        row = change(key, state=State.HIDDEN, hidden_reason=reason)
        record(user, "feedback.hidden", row, {"reason": reason})

    def show(self, key: str, *, user: Any) -> None:
        record(user, "feedback.shown", change(key, state=State.VISIBLE, hidden_reason=""), {})

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        record(user, "feedback.held", change(key, state=State.HELD), {})

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        row = change(key, state=State.DELETED, text="", hidden_reason=reason)
        record(user, "feedback.emptied", row, {"reason": reason})


def rows() -> Any:
    return FeedbackAnswer.objects.filter(board__event__isnull=False).select_related(
        "board__event__project", "participant__table"
    )


def find(key: str) -> FeedbackAnswer | None:
    uuid = as_key(key)
    found: FeedbackAnswer | None = rows().filter(pk=uuid).first() if uuid else None
    return found


def piece_of(row: FeedbackAnswer) -> Piece:
    event = row.board.event
    url = f"{event.get_absolute_url()}rueckmeldung/" if event else ""
    return Piece(
        key=str(row.pk),
        text=row.text,
        title=row.board.title,
        url=url,
        state=row.state,
        created_at=timezone.make_aware(datetime.combine(row.day, time(0))),
        author_name=_("Gast des Abends"),
        project=event.project if event else None,
        sample=row.sample,
    )


def as_key(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def change(key: str, **fields: Any) -> FeedbackAnswer:
    row = FeedbackAnswer.objects.select_related("board").get(pk=key)
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))
    transaction.on_commit(cache.invalidate)
    return row


def record(user: Any, action: str, row: FeedbackAnswer, payload: dict[str, Any]) -> None:
    audit.record(actor=user, action=action, obj=row, payload=payload | {"answer": str(row.pk)}, role="moderator")
