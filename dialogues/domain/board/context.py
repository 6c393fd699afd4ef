"""What every operation gets, and the checks that several of them share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dialogues.domain.board import lookup
from dialogues.domain.board.actors import Actor, not_allowed
from dialogues.enums import CardState, Phase
from dialogues.models import Board, Card, Participant, Round, Table
from portal.exceptions import DomainError, NotAllowed

GRACE = timedelta(seconds=30)
"""So long after the timer's end a card still counts: people finish their sentence, and a slow network delivers it."""


@dataclass
class Command:
    actor: Actor
    board: Board
    args: Mapping[str, Any]
    at: datetime
    participant: Participant | None = None

    @property
    def guest(self) -> Participant:
        """The guest who acts; raises NotAllowed for moderators and projectors."""
        if self.participant is None:
            raise NotAllowed(_("Das können nur Gäste am Tisch."))
        return self.participant

    def require_moderator(self) -> None:
        if not self.actor.is_moderator:
            raise not_allowed()

    def require_guest_or_moderator(self) -> None:
        if self.participant is None and not self.actor.is_moderator:
            raise not_allowed()

    def identifier(self, name: str) -> UUID:
        """The id given under `name`; raises DomainError `invalid`."""
        return as_uuid(self.args.get(name), name)

    def number(self, name: str, lowest: int, highest: int, default: int | None = None) -> int:
        value: object = self.args.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not lowest <= value <= highest:
            message = _("„%(name)s“ muss eine ganze Zahl von %(lowest)d bis %(highest)d sein.")
            raise DomainError("invalid", message % {"name": name, "lowest": lowest, "highest": highest}, field=name)
        return value

    def choice(self, name: str, allowed: Any, default: str | None = None) -> str:
        value = self.args.get(name, default)
        if not isinstance(value, str) or value not in allowed.values:
            message = _("„%(name)s“ kennt nur: %(allowed)s.")
            raise DomainError("invalid", message % {"name": name, "allowed": ", ".join(allowed.values)}, field=name)
        return value

    def flag(self, name: str) -> bool:
        """Whether the argument is true; a form sends 1."""
        return self.args.get(name) in (True, "1")

    def card(self, name: str = "card") -> Card:
        """The card named in the arguments, if this actor may see it; raises DomainError `unknown_card`."""
        card = (
            Card.objects.select_related("table", "round", "cluster", "participant", "reply_to")
            .filter(board_id=self.board.pk, uuid=self.identifier(name))
            .exclude(state=CardState.DELETED)
            .first()
        )
        if card is None or not self.may_see(card):
            raise unknown_card()
        return card

    def may_see(self, card: Card) -> bool:
        if self.participant is None:
            return True
        return self.owns(card) or (card.table_id == self.participant.table_id and card.state == CardState.VISIBLE)

    def owns(self, card: Card) -> bool:
        return self.participant is not None and card.participant_id == self.participant.pk

    def require_open_board(self) -> None:
        if self.board.phase == Phase.CLOSED:
            raise board_closed()

    def require_open_round(self) -> Round:
        """The round in which one may write now; raises `board_closed` or `round_closed`."""
        self.require_open_board()
        current = running_round(self.board)
        if current is None or self.board.phase != Phase.DISCUSS or is_over(current, self.at):
            raise DomainError(
                "round_closed",
                _("Die Runde ist gerade geschlossen. Ihr Text ist noch da; senden Sie ihn in der nächsten Runde."),
                status=409,
            )
        return current

    def table_for_new(self) -> Table:
        """The guest's own table, or the one a moderator names in `table` (for a guest without a phone)."""
        if self.participant is not None:
            return self.participant.table
        self.require_moderator()
        table = Table.objects.filter(board_id=self.board.pk, number=self.number("table", 1, 1000)).first()
        if table is None:
            raise DomainError("unknown_table", _("Diesen Tisch gibt es nicht."), field="table", status=404)
        return table


def running_round(board: Board) -> Round | None:
    return lookup.running_round(board.pk)


def is_over(current: Round, at: datetime) -> bool:
    return current.ends_at is not None and current.paused_at is None and at > current.ends_at + GRACE


def as_uuid(value: object, name: str) -> UUID:
    if isinstance(value, str) and len(value) <= 40:
        try:
            return UUID(value)
        except ValueError:
            pass
    raise DomainError("invalid", _("„%(name)s“ ist keine gültige Kennung.") % {"name": name}, field=name)


def unknown_card() -> DomainError:
    return DomainError("unknown_card", _("Diese Karte gibt es nicht mehr."), status=404)


def board_closed() -> DomainError:
    return DomainError(
        "board_closed", _("Dieses World Café ist beendet. Vielen Dank, dass Sie dabei waren."), status=409
    )
