"""Cards of boards that are over, as the moderation sees them (portal.comments.kinds). Live boards have a console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.domain.board import actors, commands
from dialogues.enums import CardState, HideReason, Phase
from dialogues.models import Board, Card, Event
from dialogues.permissions import can_moderate
from portal.comments.domain import matters
from portal.comments.enums import Measure, Reason, State
from portal.comments.kinds import Kind, Piece

KEY = "card"
AROUND = 8
REASONS = {
    Reason.INSULT: HideReason.INSULT,
    Reason.HATE: HideReason.INSULT,
    Reason.PERSONAL_DATA: HideReason.PERSONAL,
    Reason.ADVERTISING: HideReason.ADVERT,
    Reason.OFF_TOPIC: HideReason.OFF_TOPIC,
    Reason.UNLAWFUL: HideReason.UNLAWFUL,
}
STATES = {CardState.VISIBLE: State.VISIBLE, CardState.DELETED: State.DELETED}  # what never was shown counts as hidden


class CardKind(Kind):
    """Guests have no account: nobody to warn or to block, and nothing is held."""

    slug = "karten"
    label = gettext_lazy("Karte")
    the = gettext_lazy("Die Karte")
    your = gettext_lazy("Ihre Karte")
    measures = frozenset({Measure.HIDE, Measure.DELETE, Measure.RESTORE, Measure.KEEP})

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        known = [uuid for key in keys if (uuid := _uuid(key))]
        return {str(card.uuid): piece_of(card) for card in _past().filter(uuid__in=known)}

    def lock(self, key: str) -> Piece | None:
        card = _find(key)
        if card is None:
            return None
        Board.objects.select_for_update().get(pk=card.board_id)
        fresh = _find(key)
        return piece_of(fresh) if fresh else None

    def visible_to(self, key: str, user: Any) -> bool:
        """Moderators see every card of a board that is over, everyone those that became a published result."""
        card = _find(key)
        if card is None:
            return False
        if can_moderate(user):
            return True
        result = getattr(card, "result", None)
        shown = result is not None and result.published_at is not None and card.state == CardState.VISIBLE
        event = card.board.event
        return shown and event is not None and Event.objects.visible_to(user).filter(pk=event.pk).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        words = REASONS.get(Reason(reason), HideReason.OTHER)
        _execute(key, user, "card.hide", {"card": key, "reason": str(words)})

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        words = REASONS.get(Reason(reason), HideReason.OTHER)
        _execute(key, user, "card.erase", {"card": key, "reason": str(words)})

    def show(self, key: str, *, user: Any) -> None:
        _execute(key, user, "card.restore", {"card": key})

    def around(self, key: str) -> Sequence[Piece]:
        """Cards of the same table and round."""
        card = _find(key)
        if card is None:
            return ()
        beside = _past().filter(table=card.table_id, round=card.round_id, state=CardState.VISIBLE)
        nearby = list(beside.filter(pk__lt=card.pk).order_by("-pk")[: AROUND // 2])[::-1]
        after = list(beside.filter(pk__gt=card.pk).order_by("pk")[: AROUND // 2])
        return [piece_of(one) for one in (*nearby, card, *after)]


def enter(board: Board) -> None:
    """Puts the visible cards of a board that has just closed onto the list "Neu", inside the caller's transaction."""
    if board.is_practice:
        return
    cards = Card.objects.filter(board=board, state=CardState.VISIBLE).values_list("uuid", flat=True)
    matters.entered(kind=KEY, keys=[str(uuid) for uuid in cards], sample=board.sample)


def piece_of(card: Card) -> Piece:
    """`card.board.event` and `card.table` must be at hand."""
    event = card.board.event
    return Piece(
        key=str(card.uuid),
        text=card.text,
        title=event.title if event else card.board.title,
        url=f"{event.get_absolute_url()}#ergebnisse" if event else "",
        state=STATES.get(CardState(card.state), State.HIDDEN),
        created_at=card.created_at,
        author_name=_("Gast an Tisch %(number)s") % {"number": card.table.number},
        project=event.project if event else None,
        sample=card.sample,
    )


def _past() -> Any:
    over = Q(board__phase=Phase.CLOSED, board__is_practice=False, board__event__isnull=False)
    return Card.objects.filter(over).select_related("board__event__project", "table", "result")


def _find(key: str) -> Card | None:
    uuid = _uuid(key)
    found: Card | None = _past().filter(uuid=uuid).first() if uuid else None
    return found


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _execute(key: str, user: Any, op: str, args: dict[str, Any]) -> None:
    card = _find(key)
    if card is None:
        raise matters.gone()
    commands.execute(actor=actors.moderator(user), board_id=card.board_id, op=op, args=args)
