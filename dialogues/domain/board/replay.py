"""A board folded from its events: what a phone does, what the slider of the results page shows. No database, no Django.

The same rules as static/dialogues/js/board.js; both are compared with the snapshot by tests.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Item = Mapping[str, Any]


class Replay:
    """`cards` and `clusters` by id in the order of their creation; `apply` folds one item of `events` in."""

    def __init__(self, snapshot: Mapping[str, Any] | None = None) -> None:
        start = snapshot or {}
        self.seq: int = start.get("seq", 0)
        self.cards: dict[str, dict[str, Any]] = {card["id"]: dict(card) for card in start.get("cards", ())}
        self.clusters: dict[str, dict[str, Any]] = {item["id"]: dict(item) for item in start.get("clusters", ())}
        self.round: dict[str, Any] | None = start.get("round")
        self.phase: str = start.get("phase", "lobby")
        self.hidden: dict[str, int] = dict(start.get("hidden", {}))
        self._withdrawn: dict[str, str] = {}

    def apply(self, item: Item) -> None:
        self.seq = item["seq"]
        event = str(item["event"])
        for target, total in item.get("votes", {}).items():
            self._count(target, total)
        if event.startswith("card."):
            self._card(event, dict(item["card"]))
        elif event == "cluster.created":
            self._gather(dict(item["cluster"]))
        elif event == "cluster.dissolved":
            self._release(item["cluster"])
        self.round = item.get("round", self.round)
        self.phase = item.get("phase", self.phase)
        for card in item.get("done", ()):
            self._patch(card, answer="done")

    def _card(self, event: str, card: dict[str, Any]) -> None:
        name = card["id"]
        if event == "card.deleted" or card.get("hidden"):
            self._leave_cluster(name)
            self.cards.pop(name, None)
            if event == "card.deleted":
                self._restored(name)
            reason = card.get("reason", "")
            if event == "card.hidden" and reason != "pending":
                self.hidden[reason] = self.hidden.get(reason, 0) + 1
                self._withdrawn[name] = reason
            return
        if event == "card.restored":
            self._restored(name)
        self._leave_cluster(name)
        self.cards[name] = card
        if card.get("cluster") in self.clusters:
            self.clusters[card["cluster"]]["cards"].append(name)

    def _restored(self, name: str) -> None:
        reason = self._withdrawn.pop(name, None)
        if reason is not None and self.hidden.get(reason):
            self.hidden[reason] -= 1
            if not self.hidden[reason]:
                del self.hidden[reason]

    def _leave_cluster(self, name: str) -> None:
        for cluster in self.clusters.values():
            if name in cluster["cards"]:
                cluster["cards"] = [card for card in cluster["cards"] if card != name]

    def _gather(self, cluster: dict[str, Any]) -> None:
        cluster["cards"] = list(cluster["cards"])
        for name in cluster["cards"]:
            self._leave_cluster(name)
            self._patch(name, cluster=cluster["id"])
        self.clusters[cluster["id"]] = cluster

    def _release(self, cluster: Mapping[str, Any]) -> None:
        self.clusters.pop(cluster["id"], None)
        for name in cluster["cards"]:
            self._patch(name, cluster=None)

    def _count(self, target: str, votes: int) -> None:
        self._patch(target, votes=votes)
        if target in self.clusters:
            self.clusters[target]["votes"] = votes

    def _patch(self, name: str, **changes: Any) -> None:
        if name in self.cards:
            self.cards[name] |= changes


def fold(items: Iterable[Item]) -> Replay:
    """The board after these events, from the beginning."""
    board = Replay()
    for item in items:
        board.apply(item)
    return board
