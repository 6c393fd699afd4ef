"""Guests as a phone behaves: keeps unanswered commands, reconnects, resumes, folds events; notes what was acknowledged.

An outside client: it knows the protocol and the folding rules, and nothing of the server's database.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
from collections.abc import Callable, Sequence
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidMessage

from dialogues.domain.board.replay import Replay

LOST = (OSError, ConnectionClosed, InvalidHandshake, InvalidMessage, TimeoutError, EOFError)
FINAL = {4401, 4403, 4404}


class Phone:
    """`addresses` are tried in turn. `board` is what the screen would show."""

    def __init__(self, addresses: Sequence[str], token: str, table: int | None = 1) -> None:
        self.addresses, self.token, self.table = list(addresses), token, table
        self.board = Replay()
        self.epoch: str | None = None
        self.outbox: dict[str, dict[str, Any]] = {}
        self.acked: dict[str, dict[str, Any]] = {}
        self.refused: dict[str, dict[str, Any]] = {}
        self.snapshots = self.connects = 0
        self.twice: list[int] = []
        self.closed_with = 0
        self.socket: ClientConnection | None = None
        self.news = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.number = 0

    def start(self) -> Phone:
        self.task = asyncio.ensure_future(self.live())
        return self

    async def stop(self) -> None:
        if self.task is not None:
            self.task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self.task

    async def live(self) -> None:
        while not self.closed_with:
            address = self.addresses[self.connects % len(self.addresses)]
            self.connects += 1
            with contextlib.suppress(*LOST):
                async with connect(
                    address, subprotocols=["dhpb.board.v1"], max_size=None, open_timeout=10, ping_timeout=5,
                    ping_interval=2, close_timeout=0.2,
                ) as socket:  # fmt: skip
                    self.socket, seen = socket, 0
                    await self.hello(socket)
                    async for text in socket:
                        seen = await self.hear(socket, json.loads(text), seen)
                self.note_close(socket)
            self.socket = None
            await asyncio.sleep(random.uniform(0.02, 0.3))

    def note_close(self, socket: ClientConnection) -> None:
        if socket.close_code in FINAL:
            self.closed_with = int(socket.close_code or 0)
            self.news.set()

    async def hello(self, socket: ClientConnection) -> None:
        hello = {
            "t": "hello",
            "table": self.table,
            "token": self.token,
            "last_seq": self.board.seq,
            "epoch": self.epoch,
        }
        await socket.send(json.dumps(hello))

    async def hear(self, socket: ClientConnection, message: dict[str, Any], seen: int) -> int:
        """Takes one message; `seen` is the highest number this very socket was sent."""
        kind = message["t"]
        if kind == "welcome":
            if self.epoch not in (None, message["epoch"]):
                self.board = Replay()
            self.epoch, self.table = message["epoch"], message["table"]
            for cid, command in list(self.outbox.items()):
                await self.send(cid, command)
        elif kind == "snapshot":
            self.board = Replay(message)
            self.snapshots += 1
            seen = max(seen, message["seq"])
        elif kind == "events":
            if message["from"] <= seen:
                self.twice.append(message["from"])
            if message["from"] > self.board.seq + 1:
                await self.hello(socket)
            for item in message["items"]:
                if item["seq"] == self.board.seq + 1:
                    self.board.apply(item)
            seen = max(seen, message["to"])
        elif kind == "ack":
            self.outbox.pop(message["cid"], None)
            self.acked[message["cid"]] = message
        elif kind == "nack" and message.get("retry_after"):
            asyncio.get_running_loop().call_later(message["retry_after"], self.again, message["cid"])
        elif kind == "nack":
            self.outbox.pop(message["cid"], None)
            self.refused[message["cid"]] = message
        elif kind == "reload":
            await self.hello(socket)
        self.news.set()
        return seen

    def again(self, cid: str) -> None:
        if cid in self.outbox:
            self.task_for(self.send(cid, self.outbox[cid]))

    def task_for(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def send(self, cid: str, command: dict[str, Any]) -> None:
        if self.socket is not None:
            with contextlib.suppress(*LOST):
                await self.socket.send(json.dumps({"t": "cmd", "cid": cid} | command))

    async def do(self, op: str, **args: Any) -> str:
        """Sends a command without waiting; returns its name."""
        self.number += 1
        cid = f"{id(self):x}-{self.number}"
        self.outbox[cid] = {"op": op, "args": args}
        await self.send(cid, self.outbox[cid])
        return cid

    async def ask(self, op: str, **args: Any) -> dict[str, Any]:
        """Sends a command and waits for its answer."""
        cid = await self.do(op, **args)
        await self.until(lambda: cid in self.acked or cid in self.refused)
        return self.acked.get(cid) or self.refused[cid]

    async def until(self, condition: Callable[[], object], seconds: float = 120) -> None:
        async with asyncio.timeout(seconds):
            while not condition():
                self.news.clear()
                await self.news.wait()


async def converge(phones: Sequence[Phone]) -> None:
    """Waits until everybody's commands are answered and all stand at the highest number that anybody was told."""
    for phone in phones:
        await phone.until(lambda phone=phone: not phone.outbox)  # type: ignore[misc]
    head = max([phone.board.seq for phone in phones] + [m["seq"] for phone in phones for m in phone.acked.values()])
    for phone in phones:
        await phone.until(lambda phone=phone: phone.board.seq >= head)  # type: ignore[misc]


def faults(phones: Sequence[Phone], wanted: dict[str, str]) -> list[str]:
    """What went wrong: acknowledged cards that are missing or double, boards that differ, numbers sent twice.

    `wanted`: name of each `card.create` that was sent to its text; each text is unique.
    """
    found: list[str] = []
    acked = {cid: message for phone in phones for cid, message in phone.acked.items() if cid in wanted}
    first = phones[0].board.cards
    texts = [card["text"] for card in first.values()]
    found += [f"doppelt: {text}" for text in set(texts) if texts.count(text) > 1]
    for cid, message in acked.items():
        card = first.get(message["result"]["card"]["id"])
        if card is None or card["text"] != wanted[cid]:
            found.append(f"verloren: {cid}")
    found += [f"nie bestätigt: {cid}" for cid in wanted if cid not in acked]
    for phone in phones:
        if phone.board.cards != first:
            found.append("zwei Telefone zeigen Verschiedenes")
        if phone.twice:
            found.append(f"zweimal gesendet ab {phone.twice}")
    return found
