"""Empty a card's text in the log and in what was taken from it; numbers, order and answers of the log stay."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dialogues.models import BoardEvent, Card, Cluster
from dialogues.models.cards import TITLE_LIMIT


def scrub(card: Card) -> None:
    """Empties the card's text in every event and stored answer, and the titles of groups that were taken from it."""
    name, texts = str(card.uuid), {card.text}
    for row in BoardEvent.objects.filter(board_id=card.board_id, card=card):
        texts.add(str((row.body.get("card") or {}).get("text", "")))
        emptied = [without_text(part, name) for part in (row.body, row.ack)]
        if emptied != [row.body, row.ack]:
            row.body, row.ack = emptied
            row.save(update_fields=["body", "ack"])
    titles = {text[:TITLE_LIMIT] for text in texts if text}
    clusters = Cluster.objects.filter(board_id=card.board_id, title__in=titles)
    groups = {str(cluster.uuid) for cluster in clusters}
    if not groups:
        return
    title = _("Gruppe")
    clusters.update(title=title)
    for row in BoardEvent.objects.filter(board_id=card.board_id, event="cluster.created"):
        if row.body.get("cluster", {}).get("id") in groups:
            row.body = row.body | {"cluster": row.body["cluster"] | {"title": title}}
            row.ack = row.ack | {"cluster": row.ack["cluster"] | {"title": title}} if "cluster" in row.ack else row.ack
            row.save(update_fields=["body", "ack"])


def without_text(part: dict[str, Any], name: str) -> dict[str, Any]:
    """The body or answer of an event with the text and note of this card emptied."""
    card = part.get("card")
    if not isinstance(card, dict) or card.get("id") != name:
        return part
    return part | {"card": {key: "" if key in ("text", "note") else value for key, value in card.items()}}
