"""Random interleavings of commands, repeats, drops and reconnects against a model of the board."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dialogues.domain import worldcafe
from dialogues.domain.board import actors, commands, seats, state, views
from dialogues.domain.board.replay import Replay, fold
from dialogues.enums import View
from dialogues.live.hub.channel import Channel
from dialogues.live.hub.session import Audience
from portal.exceptions import DomainError

GUESTS = 3
STEP = st.one_of(
    st.tuples(st.just("create"), st.integers(0, GUESTS - 1), st.integers(0, 9)),
    st.tuples(st.just("edit"), st.integers(0, GUESTS - 1), st.integers(0, 9)),
    st.tuples(st.just("delete"), st.integers(0, GUESTS - 1), st.integers(0, 9)),
    st.tuples(st.just("vote"), st.integers(0, GUESTS - 1), st.integers(0, 9)),
    st.tuples(st.just("cluster"), st.integers(0, GUESTS - 1), st.integers(0, 9)),
    st.tuples(st.just("dissolve"), st.integers(0, GUESTS - 1), st.integers(0, 9)),
    st.tuples(st.just("hide"), st.just(0), st.integers(0, 9)),
    st.tuples(st.just("restore"), st.just(0), st.integers(0, 9)),
    st.tuples(st.just("repeat"), st.just(0), st.integers(0, 9)),
    st.tuples(st.just("sync"), st.integers(0, GUESTS - 1), st.just(0)),
    st.tuples(st.just("drop"), st.integers(0, GUESTS - 1), st.just(0)),
    st.tuples(st.just("forget"), st.integers(0, GUESTS - 1), st.just(0)),
)


class Evening:
    """The real board, a plain model of it, and clients that hear of it now and then."""

    def __init__(self) -> None:
        self.practice = worldcafe.rehearse(tables=1)
        self.board = self.practice.board
        code = self.practice.tables[0].code
        self.guests = [actors.guest(seats.join(code=code).participant) for _number in range(GUESTS)]
        self.staff = actors.board_access(self.board, View.MODERATOR)
        self.model: dict[str, dict[str, Any]] = {}  # id -> text, author, hidden, votes
        self.names: list[str] = []
        self.groups: list[str] = []
        self.done: list[tuple[Any, str, dict[str, Any], str, commands.Ack]] = []
        self.dots = [3] * GUESTS
        self.audience = Audience(self.board.pk, 1, View.PUBLIC)
        self.channel = Channel(
            self.board.pk, self.board.uuid, str(self.board.epoch), state.load_log(self.board.pk, 0), 0
        )
        self.channel.seq = len(self.channel.ring)
        self.screens = [Replay() for _guest in range(GUESTS)]
        self.online = [True] * GUESTS

    def do(self, actor: Any, op: str, **args: Any) -> commands.Ack | None:
        cid = f"c{len(self.done)}"
        try:
            ack = commands.execute(actor=actor, board_id=self.board.pk, op=op, args=args, cid=cid)
        except DomainError:
            return None
        self.done.append((actor, op, args, cid, ack))
        return ack

    def pick(self, number: int) -> str | None:
        return self.names[number % len(self.names)] if self.names else None

    def take(self, kind: str, who: int, number: int) -> None:
        getattr(self, kind)(who, number)

    def create(self, who: int, number: int) -> None:
        ack = self.do(self.guests[who], "card.create", text=f"Karte {len(self.names)} {number}")
        assert ack is not None
        card = ack.result["card"]
        self.names.append(card["id"])
        self.model[card["id"]] = {"text": card["text"], "author": who, "hidden": False, "votes": 0}

    def edit(self, who: int, number: int) -> None:
        name = self.pick(number)
        if name is None:
            return
        ack = self.do(self.guests[who], "card.edit", card=name, text=f"Neu {number}")
        known = self.model.get(name)
        assert bool(ack) == bool(known and known["author"] == who and not known["hidden"])
        if ack and known:
            known["text"] = f"Neu {number}"

    def delete(self, who: int, number: int) -> None:
        name = self.pick(number)
        if name is None:
            return
        ack = self.do(self.guests[who], "card.delete", card=name)
        known = self.model.get(name)
        assert bool(ack) == bool(known and known["author"] == who)
        if ack:
            del self.model[name]

    def hide(self, _who: int, number: int) -> None:
        self.switch(number, "card.hide", hidden=True)

    def restore(self, _who: int, number: int) -> None:
        self.switch(number, "card.restore", hidden=False)

    def switch(self, number: int, op: str, *, hidden: bool) -> None:
        name = self.pick(number)
        if name is None:
            return
        ack = self.do(self.staff, op, card=name, reason="insult")
        known = self.model.get(name)
        assert bool(ack) == bool(known and known["hidden"] is not hidden)
        if ack and known:
            known["hidden"] = hidden

    def vote(self, who: int, number: int) -> None:
        name = self.pick(number)
        if name is None:
            return
        known = self.model.get(name)
        ack = self.do(self.guests[who], "vote.add", target=name)
        if ack and known:
            assert not known["hidden"]
            known["votes"] += 1
            assert ack.result["votes"][name] == known["votes"]

    def cluster(self, who: int, number: int) -> None:
        shown = [name for name, known in self.model.items() if not known["hidden"]]
        ack = self.do(self.guests[who], "cluster.create", cards=shown[number % 3 :][:2], title="Paar")
        assert bool(ack) == bool(shown[number % 3 :])
        if ack:
            self.groups.append(ack.result["cluster"]["id"])

    def dissolve(self, who: int, number: int) -> None:
        if self.groups:
            ack = self.do(self.guests[who], "cluster.dissolve", cluster=self.groups.pop(number % len(self.groups)))
            assert ack

    def repeat(self, _who: int, number: int) -> None:
        """The same command again, as after a lost answer: the first answer, and nothing else happens."""
        if not self.done:
            return
        actor, op, args, cid, first = self.done[number % len(self.done)]
        again = commands.execute(actor=actor, board_id=self.board.pk, op=op, args=args, cid=cid)
        assert again == first

    def drop(self, who: int, _number: int) -> None:
        self.online[who] = False

    def forget(self, who: int, _number: int) -> None:
        """The page is loaded anew: a snapshot."""
        self.screens[who], self.online[who] = Replay(state.load_snapshot(self.board.pk, View.PUBLIC, 1)), True

    def sync(self, who: int, _number: int) -> None:
        """Hears what it missed, as the hub would send it."""
        self.channel.learn(state.load_log(self.board.pk, self.channel.seq))
        self.online[who] = True
        rows = self.channel.after(self.screens[who].seq)
        assert rows is not None
        items = views.items_for(rows, View.PUBLIC, 1, self.channel.cards)
        assert [item["seq"] for item in items] == list(range(self.screens[who].seq + 1, self.channel.seq + 1))
        for item in items:
            self.screens[who].apply(item)

    def check(self) -> None:
        snapshot = Replay(state.load_snapshot(self.board.pk, View.PUBLIC, 1))
        expected = {name: known for name, known in self.model.items() if not known["hidden"]}
        assert {name: card["text"] for name, card in snapshot.cards.items()} == {
            name: known["text"] for name, known in expected.items()
        }
        for who in range(GUESTS):
            self.sync(who, 0)
            assert self.screens[who].cards == snapshot.cards
            assert {n: set(c["cards"]) for n, c in self.screens[who].clusters.items()} == {
                n: set(c["cards"]) for n, c in snapshot.clusters.items()
            }
        page = state.load_log(self.board.pk, 0)
        items = views.items_for(page.rows, View.PUBLIC, 1, page.cards)
        assert fold(items).cards == snapshot.cards


class RandomEvenings(TestCase):
    @settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, max_size=20))
    def test_every_screen_shows_the_model(self, steps: list[tuple[str, int, int]]) -> None:
        evening = Evening()
        for kind, who, number in steps:
            evening.take(kind, who, number)
        evening.check()

    @settings(max_examples=4, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(STEP, max_size=15))
    def test_replay_at_n_folds_the_first_n_events(self, steps: list[tuple[str, int, int]]) -> None:
        from dialogues.domain.board.history import board_at

        evening = Evening()
        for kind, who, number in steps:
            evening.take(kind, who, number)
        page = state.load_log(evening.board.pk, 0)
        items = views.items_for(page.rows, View.OBSERVER, None, page.cards)
        for number in range(len(items) + 1):
            assert board_at(evening.board, number).cards == fold(items[:number]).cards
