"""Take a card's text out of everything that keeps it; the log keeps its numbers (docs/decisions/0530)."""

from __future__ import annotations

from dialogues.domain.board.cards import reason_of, record
from dialogues.domain.board.context import Command
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.scrubbing import scrub
from dialogues.enums import CardState
from dialogues.models import Card, Result
from portal.activity.domain import stream
from portal.activity.models import Activity


def erase(command: Command) -> Outcome:
    """`card.erase{card, reason}`: where not even the moderation may keep a text. Cannot be undone; also after the end.

    A tombstone with the reason stays, the dots go, results made of the card go, and the audit log names the card.
    """
    command.require_moderator()
    card = command.card()
    reason, _note = reason_of(command)
    table, was = card.table, card.state
    scrub(card)
    withdraw_results(card)
    card.state, card.hidden_reason, card.hidden_note = CardState.DELETED, reason, ""
    card.text, card.votes, card.pinned, card.cluster = "", 0, False, None
    card.save(update_fields=["state", "hidden_reason", "hidden_note", "text", "votes", "pinned", "cluster"])
    card.dots.all().delete()
    record(command, "board.card_erased", card, {"reason": reason, "was": was})
    shape = {"id": str(card.uuid), "table": table.number, "reason": reason}
    return Outcome("card.deleted", {"card": shape}, {"card": shape}, table.pk, card)


def withdraw_results(card: Card) -> None:
    """Results made of the card go, with public lines that quote them. A contribution is decided on by itself."""
    for result in Result.objects.filter(card=card).select_related("event"):
        url = f"{result.event.get_absolute_url()}#ergebnisse"
        if Activity.objects.filter(url=url, summary__contains=result.text[:100]).exists():
            stream.withdraw(url=url)
        result.delete()
