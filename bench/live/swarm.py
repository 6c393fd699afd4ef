"""Many bare sockets in one process: connects, posts at a rate, and notes when each card reached each socket.

Told what to do by lines of JSON on stdin: `connect`, `post`, `storm`, `all_back`; answers one line each. It
reads frames by hand, since a full client would cost more than the server it measures.
"""

from __future__ import annotations

import asyncio
import json
import re
import statistics
import sys
import time
from typing import Any

CID = re.compile(rb'"cid":"(b\d+)"')


def frame(text: str) -> bytes:
    data = text.encode()
    size = len(data)
    if size < 126:
        return bytes((0x81, 0x80 | size)) + b"\0\0\0\0" + data
    return b"\x81\xfe" + size.to_bytes(2, "big") + b"\0\0\0\0" + data


class Socket(asyncio.Protocol):
    """One phone; `ready` is set by the first snapshot or events (raw: by the handshake)."""

    def __init__(self, swarm: Swarm, seat: dict[str, Any]) -> None:
        self.swarm, self.seat = swarm, seat
        self.buffer = bytearray()
        self.upgraded = False
        self.ready = False
        self.transport: asyncio.Transport

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.transport.write(
            f"GET {self.seat['socket']} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"{self.seat.get('protocol', '')}\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        now = time.perf_counter()
        self.buffer += data
        if not self.upgraded:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            self.upgraded = True
            del self.buffer[: end + 4]
            hello = self.seat.get("hello")
            if hello:
                self.transport.write(frame(json.dumps(hello)))
            else:
                self.is_ready()
        buffer, at = self.buffer, 0
        while len(buffer) - at >= 2:
            size, head = buffer[at + 1] & 127, 2
            if size == 126:
                size, head = int.from_bytes(buffer[at + 2 : at + 4], "big"), 4
            elif size == 127:
                size, head = int.from_bytes(buffer[at + 2 : at + 10], "big"), 10
            if len(buffer) - at < head + size:
                break
            kind = buffer[at] & 15
            payload = bytes(buffer[at + head : at + head + size])
            at += head + size
            if kind == 1:
                self.text(payload, now)
            elif kind == 9:
                self.transport.write(b"\x8a" + bytes((0x80 | size,)) + b"\0\0\0\0" + payload)
        if at:
            del buffer[:at]

    def text(self, payload: bytes, now: float) -> None:
        start = payload[:12]
        if start.startswith(b'{"t":"ack"'):
            self.swarm.acked += 1
        elif start.startswith(b'{"t":"nack"'):
            self.swarm.refused += 1
        elif start.startswith(b'{"t":"snap') and not self.ready:
            self.is_ready()
        else:
            self.swarm.heard(payload, now)

    def is_ready(self) -> None:
        self.ready = True
        self.swarm.ready += 1
        self.swarm.progress.set()

    def post(self, text: str) -> None:
        self.transport.write(frame(text))

    def connection_lost(self, _error: Exception | None) -> None:
        if self.swarm.storming:
            self.swarm.again(self.seat)


class Swarm:
    def __init__(self) -> None:
        self.sockets: list[Socket] = []
        self.ready = self.acked = self.refused = self.number = 0
        self.progress = asyncio.Event()
        self.sent: dict[bytes, float] = {}
        self.delays: list[float] = []
        self.known: dict[bytes, list[bytes]] = {}
        self.storming = False
        self.tasks: set[asyncio.Task[None]] = set()

    def heard(self, payload: bytes, now: float) -> None:
        """The same bytes go to all sockets, so they are searched once."""
        cids = self.known.get(payload)
        if cids is None:
            if len(self.known) > 500:
                self.known.clear()
            cids = self.known[payload] = CID.findall(payload)
        for cid in cids:
            sent = self.sent.get(cid)
            if sent is not None:
                self.delays.append(now - sent)

    async def connect(self, port: int, seats: list[dict[str, Any]]) -> dict[str, Any]:
        self.port = port
        loop, began, goal = asyncio.get_running_loop(), time.perf_counter(), self.ready + len(seats)
        gate = asyncio.Semaphore(100)

        async def one(seat: dict[str, Any]) -> None:
            async with gate:
                made = await loop.create_connection(lambda: Socket(self, seat), "127.0.0.1", port)
                self.sockets.append(made[1])

        await asyncio.gather(*(one(seat) for seat in seats))
        await self.wait_ready(goal)
        return {"seconds": time.perf_counter() - began, "sockets": len(self.sockets)}

    async def wait_ready(self, goal: int) -> None:
        while self.ready < goal:
            self.progress.clear()
            await self.progress.wait()

    async def post(self, rate: float, seconds: float, template: str) -> dict[str, Any]:
        """Posts from one socket after the other; `%s` in the template is the name of the command."""
        self.sent.clear()
        self.delays.clear()
        self.acked = self.refused = 0
        loop = asyncio.get_running_loop()
        start, count = loop.time(), int(rate * seconds)
        for step in range(count):
            await asyncio.sleep(max(0.0, start + step / rate - loop.time()))
            self.number += 1
            cid = f"b{self.number}"
            self.sent[cid.encode()] = time.perf_counter()
            self.sockets[step * 7 % len(self.sockets)].post(template.replace("%s", cid))
        goal, patience = count * len(self.sockets), 100
        while len(self.delays) < goal and patience:
            patience -= 1
            await asyncio.sleep(0.05)
        return {"posts": count, "acked": self.acked, "refused": self.refused, "deliveries": len(self.delays)} | spread(
            self.delays
        )

    async def storm(self) -> dict[str, Any]:
        """From now on whoever loses the server comes back at once, without any back-off."""
        self.storming, self.ready = True, 0
        return {}

    def again(self, seat: dict[str, Any]) -> None:
        task = asyncio.get_running_loop().create_task(self.come_back(seat))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def come_back(self, seat: dict[str, Any]) -> None:
        loop = asyncio.get_running_loop()
        while True:
            try:
                await loop.create_connection(lambda: Socket(self, seat), "127.0.0.1", self.port)
                return
            except OSError:
                await asyncio.sleep(0.05)

    async def all_back(self, goal: int) -> dict[str, Any]:
        await self.wait_ready(goal)
        return {"at": time.time()}


def spread(delays: list[float]) -> dict[str, float]:
    if len(delays) < 100:
        return {"p50": 0.0, "p95": 0.0, "p99": 0.0}
    cuts = statistics.quantiles(delays, n=100)
    return {f"p{point}": round(cuts[point - 1] * 1000, 1) for point in (50, 95, 99)}


async def main() -> None:
    swarm = Swarm()
    reader = asyncio.StreamReader(limit=2**26)
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        order = json.loads(line)
        answer = await getattr(swarm, order.pop("do"))(**order)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main())
