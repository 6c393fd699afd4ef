"""Quorum and majority, pure arithmetic after VwVfG §§ 90 and 91. No models, no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Rule:
    """Present must be more than `share_above` of the base and at least `minimum`."""

    minimum: int = 3
    share_above: Decimal = Decimal("0.5")
    chair_breaks_tie: bool = True
    second_invitation_suffices: bool = True
    remote_counts: bool = True

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Rule:
        """From `QuorumRule.snapshot()`."""
        return cls(
            minimum=int(data["minimum"]),
            share_above=Decimal(data["share_above"]),
            chair_breaks_tie=bool(data["chair_breaks_tie"]),
            second_invitation_suffices=bool(data["second_invitation_suffices"]),
            remote_counts=bool(data["remote_counts"]),
        )


@dataclass(frozen=True)
class Quorum:
    """The calculation as data. `base` = members less the recused; `possible` is False where `needed` exceeds `base`."""

    members: int
    recused: int
    base: int
    needed: int
    present: int
    possible: bool
    reached: bool
    second_invitation: bool

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def quorum(*, members: int, recused: int, present: int, rule: Rule, second_invitation: bool = False) -> Quorum:
    """Whether the Council can decide.

    `present` counts entitled members only (present or, if the rule says so, connected; never the recused).
    `second_invitation`: the matter was put off for want of a quorum, and the new invitation said that no minimum
    applies
    (§ 90 Abs. 2 VwVfG); one entitled member then suffices. Raises ValueError for impossible counts.
    """
    base = members - recused
    if min(members, recused, present) < 0 or base < 0 or present > base:
        raise ValueError("Anwesende und Befangene passen nicht zur Zahl der Mitglieder.")
    waived = second_invitation and rule.second_invitation_suffices
    needed = 1 if waived else max(rule.minimum, int(base * rule.share_above) + 1)
    possible = needed <= base
    return Quorum(members, recused, base, needed, present, possible, possible and present >= needed, second_invitation)


@dataclass(frozen=True)
class Majority:
    """The count of one motion. `tie_broken` names the chair's choice where it decided."""

    yes: int
    no: int
    abstained: int
    carried: bool
    tie: bool
    tie_broken: str

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def majority(*, yes: int, no: int, abstained: int, chair_choice: str | None, rule: Rule) -> Majority:
    """Simple majority of yes over no (§ 91 VwVfG). On a tie the presiding person's vote decides, if entitled.

    `chair_choice` is the presiding person's own vote (`ja`, `nein`, `enthaltung`), None if recused or not voting.
    """
    tie = yes == no
    decisive = chair_choice if tie and rule.chair_breaks_tie and chair_choice in ("ja", "nein") else ""
    carried = decisive == "ja" if tie else yes > no
    return Majority(yes, no, abstained, carried, tie, decisive or "")
