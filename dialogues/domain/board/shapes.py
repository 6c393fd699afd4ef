"""The shapes of objects in events and snapshots (docs/reference/live.md), and what each view may see of them."""

from __future__ import annotations

from typing import Any

from dialogues.enums import CardState
from dialogues.models import Card, Cluster, Participant, Round
from portal.rest import timestamp

PRIVATE_OF_CARD = ("participant", "note")


def card_shape(card: Card, *, table: int, round_number: int | None, participant: str | None) -> dict[str, Any]:
    """A card as the moderation sees it. `table` and `round` are numbers, `cluster` an id or None."""
    return {
        "id": str(card.uuid),
        "text": card.text,
        "kind": card.kind,
        "cluster": str(card.cluster.uuid) if card.cluster_id and card.cluster else None,
        "votes": card.votes,
        "pinned": card.pinned,
        "table": table,
        "round": round_number,
        "x": card.x,
        "y": card.y,
        "state": card.state,
        "reply_to": str(card.reply_to.uuid) if card.reply_to_id and card.reply_to else None,
        "answer": card.answer,
        "paper": card.paper,
        "lang": card.lang,
        "participant": participant,
    } | ({"reason": card.hidden_reason, "note": card.hidden_note} if card.state == CardState.HIDDEN else {})


def related_card_shape(card: Card) -> dict[str, Any]:
    """As `card_shape`, for a card whose table, round, cluster and participant were selected with it."""
    return card_shape(
        card,
        table=card.table.number,
        round_number=card.round.number if card.round else None,
        participant=str(card.participant.uuid) if card.participant else None,
    )


def own_card_shape(shape: dict[str, Any]) -> dict[str, Any]:
    """The card as its author sees it: hidden with the reason, without the note of the moderation."""
    return {key: value for key, value in shape.items() if key not in PRIVATE_OF_CARD}


def public_card(shape: dict[str, Any], *, text: str | None = None, totals_hidden: bool = False) -> dict[str, Any]:
    """The card without its author. `text` is its present text, so that a replay repeats no old slip."""
    shown = own_card_shape(shape)
    if text is not None:
        shown["text"] = text
    if totals_hidden:
        shown["votes"] = 0
    return shown


def cluster_shape(cluster: Cluster, cards: list[str], table: int | None) -> dict[str, Any]:
    return {"id": str(cluster.uuid), "title": cluster.title, "cards": cards, "votes": cluster.votes, "table": table}


def round_shape(item: Round | None) -> dict[str, Any] | None:
    if item is None:
        return None
    return {
        "number": item.number,
        "question": item.question,
        "question_en": item.question_en,
        "state": item.state,
        "starts_at": timestamp(item.starts_at),
        "ends_at": timestamp(item.ends_at),
        "paused_at": timestamp(item.paused_at),
    }


def participant_shape(participant: Participant, table: int) -> dict[str, Any]:
    return {
        "id": str(participant.uuid),
        "pseudonym": participant.pseudonym,
        "table": table,
        "badge": participant.badge,
    }
