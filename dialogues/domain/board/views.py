"""What an audience sees of an event. Pure functions: a row of the log in, an item or `skip` out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogues.domain.board.ledger import CardNow, LogRow
from dialogues.domain.board.shapes import public_card
from dialogues.domain.board.state import NAMELESS
from dialogues.enums import CardState, View

SKIP = "skip"


def items_for(
    rows: Sequence[LogRow],
    view: str,
    table: int | None,
    cards: Mapping[int, CardNow],
    *,
    totals_hidden: bool = False,
) -> list[dict[str, Any]]:
    """One item per row, in order: what this audience may not see is `skip`, so that it knows of no gap.

    Outside the moderation the dots of one batch come as one `votes.changed` with the latest totals.
    """
    items = [item_for(row, view, table, cards, totals_hidden=totals_hidden) for row in rows]
    return items if view == View.MODERATOR else join_votes(items)


def item_for(
    row: LogRow, view: str, table: int | None, cards: Mapping[int, CardNow], *, totals_hidden: bool = False
) -> dict[str, Any]:
    if table is not None and row.table is not None and row.table != table:
        return skip(row)
    if view == View.MODERATOR:
        body: dict[str, Any] | None = moderator_body(row, cards)
    elif row.staff_only:
        body = None
    else:
        body = public_body(row, view, cards, totals_hidden)
    if body is None:
        return skip(row)
    shown = {"seq": row.seq, "event": row.event, "at": row.at, **body}
    if view != View.MODERATOR and withdraws(row):
        shown["event"] = "card.hidden"
    if row.cid and row.event == "card.created":
        shown["cid"] = row.cid
    return shown


def moderator_body(row: LogRow, cards: Mapping[int, CardNow]) -> dict[str, Any]:
    """The event as it is logged; a row that a process still holds in memory tells no text that was erased since."""
    now = cards.get(row.card) if row.card is not None else None
    card = row.body.get("card")
    if now is None or now.state != CardState.DELETED or not isinstance(card, dict) or not card.get("text"):
        return row.body
    return row.body | {"card": {key: "" if key in ("text", "note") else value for key, value in card.items()}}


def public_body(row: LogRow, view: str, cards: Mapping[int, CardNow], totals_hidden: bool) -> dict[str, Any] | None:
    """The event without what only the moderation may know, or None for `skip`."""
    body = row.body
    if row.event == "votes.changed":
        return None if totals_hidden else {"votes": body["votes"]}
    if row.event == "cluster.dissolved" and totals_hidden:
        return {"cluster": body["cluster"]}
    if "seats" in body:
        return {key: value for key, value in body.items() if key != "seats"}
    if row.event in ("participant.seated", "participant.marked") and view in NAMELESS:
        return {"participant": {key: value for key, value in body["participant"].items() if key != "pseudonym"}}
    if row.event == "card.deleted":
        return body
    if row.event == "card.hidden":
        card = body["card"]
        return {"card": {"id": card["id"], "table": card["table"], "hidden": True, "reason": card.get("reason", "")}}
    if withdraws(row):
        card = body["card"]
        return {"card": {"id": card["id"], "table": card["table"], "hidden": True, "reason": "pending"}}
    if row.event.startswith("card."):
        now = cards.get(row.card) if row.card is not None else None
        if now is None or now.state != CardState.VISIBLE or body["card"]["state"] != CardState.VISIBLE:
            return None
        shown = {"card": public_card(body["card"], text=now.text, totals_hidden=totals_hidden)}
        return shown | ({"done": body["done"]} if "done" in body else {})
    return body


def withdraws(row: LogRow) -> bool:
    """A shown card was changed on a board with moderation before display: it waits again."""
    return row.event == "card.edited" and row.body["card"]["state"] == CardState.PENDING


def join_votes(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Last value wins: all dots of a batch become the last `votes.changed` in it."""
    places = [index for index, item in enumerate(items) if item["event"] == "votes.changed"]
    if len(places) < 2:
        return items
    totals: dict[str, int] = {}
    for index in places:
        totals |= items[index]["votes"]
    joined = list(items)
    for index in places[:-1]:
        joined[index] = {"seq": items[index]["seq"], "event": SKIP, "at": items[index]["at"]}
    joined[places[-1]] = items[places[-1]] | {"votes": totals}
    return joined


def skip(row: LogRow) -> dict[str, Any]:
    return {"seq": row.seq, "event": SKIP, "at": row.at}
