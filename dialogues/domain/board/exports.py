"""A finished board as files: cards for spreadsheets, and the event log that can be folded anew."""

from __future__ import annotations

import io
import json
from typing import Any

from defusedcsv import csv

from dialogues.domain.board import history
from dialogues.domain.board.replay import fold
from dialogues.enums import CardKind
from dialogues.models import Board

COLUMNS = ("tisch", "runde", "art", "text", "gruppe", "punkte", "antwort_auf", "von_papier", "sprache", "beispieldaten")


def rows(board: Board) -> list[dict[str, Any]]:
    """Each visible card, as the public log folds to it; `antwort_auf` is the text of the card it answers."""
    found = fold(history.public_items(board))
    return [
        {
            "tisch": card["table"],
            "runde": card["round"],
            "art": CardKind(card["kind"]).label,
            "text": card["text"],
            "gruppe": found.clusters[card["cluster"]]["title"] if card["cluster"] in found.clusters else "",
            "punkte": card["votes"],
            "antwort_auf": found.cards[card["reply_to"]]["text"] if card["reply_to"] in found.cards else "",
            "von_papier": "ja" if card["paper"] else "nein",
            "sprache": card["lang"],
            "beispieldaten": "ja" if board.sample else "nein",
        }
        for card in found.cards.values()
    ]


def csv_text(board: Board) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, COLUMNS, delimiter=";")
    writer.writeheader()
    writer.writerows(rows(board))
    return target.getvalue()


def json_text(board: Board) -> str:
    """`{"board", "title", "sample", "events"}`; folding the events in order gives the board (reference/live.md)."""
    data = {
        "board": str(board.uuid),
        "title": board.title,
        "format": board.format,
        "sample": board.sample,
        "events": history.public_items(board),
    }
    return json.dumps(data, ensure_ascii=False)
