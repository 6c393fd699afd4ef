"""docs/reference/ethics.md tells the state table that the code holds."""

from __future__ import annotations

from pathlib import Path

from ethics.domain.machine import TRANSITIONS
from ethics.enums import State

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ethics.md"


def table() -> str:
    rows = ["| step | from | to | who | guard |", "|---|---|---|---|---|"]
    for step in TRANSITIONS.values():
        sources = " ".join(f"`{state}`" for state in step.sources)
        roles = ", ".join(step.roles)
        rows.append(f"| `{step.name}` | {sources} | `{step.target}` | {roles} | {step.guard} |")
    return "\n".join(rows)


def test_reference_holds_the_table_of_transitions():
    assert table() in PAGE.read_text(encoding="utf-8")


def test_every_state_is_reachable():
    assert {State.DRAFT, *(step.target for step in TRANSITIONS.values())} == set(State)
