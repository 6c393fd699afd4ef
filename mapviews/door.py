"""Before the doors for measurements: a sender that floods waits behind itself, others pass. Nothing here reads a body.

A few messages are worked on at a time in each process; the others wait without a thread, each sender in a lane of its
own, and the lanes are served in turn. A sender whose lane is full gets 503 with Retry-After at once: what was not
acknowledged is not stored. Senders whose proof has not been seen to be right share the lane of their address, so nobody
can crowd a sender out by using its name.
"""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable
from hashlib import sha256
from typing import Any

from asgiref.sync import sync_to_async

from mapviews.domain import throttling
from mapviews.domain.fairness import Lanes

DOORS = ("/ingest/", "/v1/push-sensor-data/", "/boxes/", "/api/v1/stations/")
PROOFS = (b"authorization", b"x-sensor", b"sensor", b"node", b"x-mac-id")
AT_ONCE = 4
WAITING = 500  # about what one process stores within the five seconds after which ChirpStack gives up
REMEMBERED = 10_000
LONGEST_PAUSE = 60
App = Callable[..., Awaitable[None]]


class FairDoor:
    """ASGI wrapper around the application, for writes to the doors alone."""

    def __init__(self, app: App, *, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self.app, self.at_once, self.free = app, at_once, at_once
        self.lanes: Lanes[asyncio.Future[None]] = Lanes(waiting)
        self.proven: OrderedDict[str, None] = OrderedDict()
        self.seconds = 0.02  # what one message takes, on average
        self.refused: Counter[str] = Counter()
        self.told = 0.0

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["method"] != "POST" or not scope["path"].startswith(DOORS):
            await self.app(scope, receive, send)
            return
        proof = _proof(scope)
        lane = proof if proof in self.proven else f"address {(scope.get('client') or [''])[0]}"
        if not await self._enter(lane):
            await self._refuse(scope["path"], lane, send)
            return
        status = 0

        async def noting(message: dict[str, Any]) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        began = time.monotonic()
        try:
            await self.app(scope, receive, noting)
        finally:
            self._leave()
        self.seconds += (time.monotonic() - began - self.seconds) / 20
        if 200 <= status < 300:
            self._remember(proof)
        if self.refused:
            await self._tell()

    async def _enter(self, lane: str) -> bool:
        """True when it is this message's turn, False where its lane is full."""
        if self.free and not self.lanes:
            self.free -= 1
            return True
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if not self.lanes.put(lane, turn):
            return False
        try:
            await turn
        except asyncio.CancelledError:  # the sender has hung up
            if not self.lanes.discard(lane, turn):
                self._leave()
            raise
        return True

    def _leave(self) -> None:
        turn = self.lanes.take()
        if turn is None:
            self.free += 1
        elif turn.cancelled():
            self._leave()
        else:
            turn.set_result(None)

    def _remember(self, proof: str) -> None:
        self.proven[proof] = None
        self.proven.move_to_end(proof)
        if len(self.proven) > REMEMBERED:
            self.proven.popitem(last=False)

    async def _refuse(self, path: str, lane: str, send: Any) -> None:
        wait = self.lanes.waiting(lane) * len(self.lanes) * self.seconds / self.at_once
        pause = min(max(math.ceil(wait), 1), LONGEST_PAUSE)
        message = "Von diesem Absender warten schon zu viele Nachrichten. Bitte senden Sie diese später noch einmal."
        body = json.dumps({"code": "busy", "message": message}, ensure_ascii=False).encode()
        headers = {
            "content-type": "application/json; charset=utf-8", "content-length": str(len(body)),
            "retry-after": str(pause), "cache-control": "no-store", "access-control-allow-origin": "*",
        }  # fmt: skip
        await send({
            "type": "http.response.start", "status": 503,
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
        })  # fmt: skip
        await send({"type": "http.response.body", "body": body})
        if path.startswith("/ingest/") and lane in self.proven:
            self.refused[path.split("/")[2]] += 1
            await self._tell()

    async def _tell(self) -> None:
        """Counts for the sensor desk, at most once a second."""
        now = time.monotonic()
        if now - self.told >= 1:
            counts, self.refused, self.told = self.refused, Counter(), now
            await sync_to_async(throttling.note)(counts)


def _proof(scope: dict[str, Any]) -> str:
    """A digest of what the sender proves itself with, or of the address it calls."""
    sent = [name + b"\0" + value for name, value in scope["headers"] if name in PROOFS]
    return sha256(b"\0".join(sorted(sent)) or scope["path"].encode()).hexdigest()
