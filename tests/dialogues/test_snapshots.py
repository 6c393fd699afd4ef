"""A kept snapshot is never older than the last card that was taken away."""

from __future__ import annotations

import json

from dialogues.domain.board import state
from dialogues.domain.board.ledger import LogRow
from dialogues.live.hub import snapshots
from dialogues.live.hub.channel import Channel
from dialogues.live.hub.session import Audience

AUDIENCE = Audience(1, 1, "public")


class Reads:
    """Stands in for the database thread: the board's number, and how often it was asked."""

    def __init__(self) -> None:
        self.seq, self.asked = 4, 0

    async def run(self, _function, *_arguments):
        self.asked += 1
        return {"epoch": "e", "seq": self.seq, "cards": []}


def row(seq, event):
    return LogRow(seq, event, "", 1, None, False, {}, None, "")


async def given(channel):
    found = await channel.shelf.get(AUDIENCE, least=0, head=channel.seq, wanted=channel.wanted)
    return json.loads(found.frame.payload)["seq"]


async def test_what_was_hidden_is_in_no_kept_snapshot(monkeypatch):
    reads = Reads()
    monkeypatch.setattr(snapshots, "reads", reads)
    channel = Channel(1, None, "e", state.LogPage([], {}, False), 4)
    assert await given(channel) == 4
    reads.seq = 5
    channel.learn(state.LogPage([row(5, "card.created")], {}, False))
    assert await given(channel) == 4, "a new card comes as an event behind the kept one"
    for event in ("card.hidden", "card.deleted"):
        reads.seq += 1
        channel.learn(state.LogPage([row(reads.seq, event)], {}, False))
        assert await given(channel) == reads.seq
    assert reads.asked == 3


async def test_a_snapshot_that_was_being_read_is_read_again(monkeypatch):
    reads = Reads()
    monkeypatch.setattr(snapshots, "reads", reads)
    channel = Channel(1, None, "e", state.LogPage([], {}, False), 4)

    async def late(function, *arguments):
        found = await Reads.run(reads, function, *arguments)
        if reads.asked == 1:
            reads.seq = 5
            channel.learn(state.LogPage([row(5, "card.hidden")], {}, False))
        return found

    reads.run = late
    assert await given(channel) == 5
