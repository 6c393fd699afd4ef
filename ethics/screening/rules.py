"""The checklist as data: questions in order, the list rows, the threshold. Wording and rows are versioned JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parent.parent / "data"
SHIPPED = "screening-1.json"
BINDING_ROW = re.compile(r"LDI[0-9A-Za-z_-]{1,20}")


class Group(StrEnum):
    """Which part of the checklist a question belongs to."""

    PRELIMINARY = "vorfrage"
    HARD = "art35_3"
    CRITERION = "wp248"
    LIST_ROW = "liste"


@dataclass(frozen=True)
class Question:
    """One row of the checklist. `conditions` are cumulative: `ja` asserts all of them. `labels`: other words for the
    answers."""

    id: str
    group: Group
    text: str
    help: str = ""
    source: str = ""
    conditions: tuple[str, ...] = ()
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Rules:
    """A version of the checklist. `threshold` = how many criteria K lead to `erforderlich` (WP 248: two)."""

    version: int
    threshold: int
    questions: tuple[Question, ...]

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Rules:
        """Reads the shape of `ethics/data/screening-1.json`; a missing key is a KeyError."""
        questions = [
            *(_plain(row, Group.PRELIMINARY) for row in data["schwellwert_vorfragen"]),
            *(_plain(row, Group.HARD) for row in data["art35_3"]),
            *(_plain(row, Group.CRITERION) for row in data["wp248"]),
            *(_row(row) for row in data["ldi_nrw_oeffentlich"]["eintraege"]),
            *(_row(row) for row in data["dsk_muss_liste"]),
        ]
        return cls(version=int(data["version"]), threshold=int(data["schwelle"]), questions=tuple(questions))

    def of(self, *groups: Group) -> tuple[Question, ...]:
        return tuple(question for question in self.questions if question.group in groups)

    def ids(self) -> frozenset[str]:
        return frozenset(question.id for question in self.questions)


def is_binding_row(question_id: str) -> bool:
    """A row of the LDI NRW's own list. The list ships empty, yet whoever holds it may assert one of its rows."""
    return BINDING_ROW.fullmatch(question_id) is not None


def _plain(row: Mapping[str, Any], group: Group) -> Question:
    return Question(
        row["id"],
        group,
        row["frage"],
        row.get("hilfe", ""),
        row.get("quelle", ""),
        labels=tuple(row.get("antworten", {}).items()),
    )


def _row(row: Mapping[str, Any]) -> Question:
    conditions = tuple(row["bedingungen"])
    example = row.get("smart_city_beispiel", "")
    return Question(
        row["id"],
        Group.LIST_ROW,
        row["kurz"],
        f"Beispiel: {example}" if example else "",
        f"{row['quelle']} – {row['verbindlich_fuer']}" if row.get("verbindlich_fuer") else row["quelle"],
        conditions,
    )


@cache
def default_rules() -> Rules:
    """The checklist that ships with the portal."""
    return Rules.from_data(json.loads((DATA / SHIPPED).read_text(encoding="utf-8")))
