"""A board in this process: the recent log, the sockets by audience, and the buckets of its guests."""

from __future__ import annotations

from collections import deque
from uuid import UUID

from dialogues.domain.board import state, views
from dialogues.domain.board.ledger import CardNow, Fresh, LogRow
from dialogues.live import protocol
from dialogues.live.hub.session import Audience, Session
from dialogues.live.hub.snapshots import SnapshotShelf
from dialogues.live.limits import Bucket, Rate
from portal.live import Frame

RING = 2 * protocol.REPLAY
TAKEN_AWAY = {"card.hidden", "card.deleted"}


class Channel:
    def __init__(self, board_id: int, uuid: UUID, epoch: str, page: state.LogPage, seq: int) -> None:
        self.board_id, self.uuid, self.epoch = board_id, uuid, epoch
        self.seq = seq
        self.ring: deque[LogRow] = deque(page.rows, maxlen=RING)
        self.cards: dict[int, CardNow] = dict(page.cards)
        self.fresh: dict[int, Fresh] = {}
        self.totals_hidden = page.totals_hidden
        self.sessions: dict[Audience, set[Session]] = {}
        self.shelf = SnapshotShelf(board_id)
        self.buckets: dict[str, Bucket] = {}
        self.visitors = 0
        self.is_simulated = False
        self.flushing = False
        self.wanted = seq
        self.flushed_at = 0.0
        self.quiet_since: dict[Audience, float] = {}
        self.presence: dict[Audience, str] = {}

    @property
    def everyone(self) -> list[Session]:
        return [session for sessions in self.sessions.values() for session in sessions]

    @property
    def is_empty(self) -> bool:
        return not self.sessions and not self.visitors

    def add(self, session: Session) -> None:
        session.listening = True
        self.sessions.setdefault(session.audience, set()).add(session)
        self.presence.pop(session.audience, None)  # who comes has not heard what others were told

    def remove(self, session: Session) -> None:
        session.listening = False
        sessions = self.sessions.get(session.audience)
        if sessions is not None:
            sessions.discard(session)
            if not sessions:
                del self.sessions[session.audience]
                self.shelf.forget(session.audience)

    def learn(self, page: state.LogPage) -> list[LogRow]:
        """Takes in what is new of a page; two readers may have read the same."""
        rows = [row for row in page.rows if row.seq > self.seq]
        self.ring.extend(rows)
        self.cards.update(page.cards)
        for row in rows:
            if row.event in TAKEN_AWAY:
                self.shelf.take_back(row.seq)
        if rows:
            self.totals_hidden = page.totals_hidden
            self.seq = rows[-1].seq
        self.fresh = {seq: row for seq, row in self.fresh.items() if seq > self.seq}
        return rows

    def fresh_page(self) -> state.LogPage | None:
        """What is new, where this process wrote all of it itself; None where the log must be read."""
        missing = range(self.seq + 1, self.wanted + 1)
        if not missing or any(seq not in self.fresh for seq in missing):
            return None
        found = [self.fresh[seq] for seq in missing]
        return state.LogPage([row for row, _now in found], {row.card: now for row, now in found}, self.totals_hidden)

    def after(self, seq: int) -> list[LogRow] | None:
        """The events after number `seq`, or None where they are no longer at hand."""
        missing = self.seq - seq
        if missing <= 0:
            return []
        if missing > len(self.ring):
            return None
        return list(self.ring)[-missing:] if missing > 1 else [self.ring[-1]]

    def frames(self, audience: Audience, after: int) -> list[Frame] | None:
        """What this audience sees of the events after number `after`; None where they are no longer at hand."""
        rows = self.after(after)
        if rows is None:
            return None
        items = views.items_for(rows, audience.view, audience.table, self.cards, totals_hidden=self.totals_hidden)
        texts = protocol.events_frames(after + 1, [protocol.dump(item) for item in items])
        return [Frame(text) for text in texts]

    def bucket(self, key: str, rate: Rate) -> Bucket:
        if key not in self.buckets:
            self.buckets[key] = rate.bucket()
        return self.buckets[key]
