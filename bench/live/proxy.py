"""A network between phones and server that can be slow, lossy, narrow, or cut, as a TCP proxy on this machine."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass, field

CHUNK = 1024


@dataclass
class Shape:
    """`delay` seconds each way, `loss` share of chunks that come one retransmission (three delays) later,
    `rate` bytes a second each way and connection (0: no limit). While `open` is cleared nothing gets through, and
    nothing closes."""

    delay: float = 0.0
    loss: float = 0.0
    rate: float = 0.0
    open: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        self.open.set()


class Proxy:
    def __init__(self, target: int, shape: Shape) -> None:
        self.target, self.shape = target, shape
        self.port = 0
        self.tasks: set[asyncio.Task[None]] = set()
        self.random = random.Random(7)

    async def __aenter__(self) -> Proxy:
        self.server = await asyncio.start_server(self.accept, "127.0.0.1", 0, backlog=256)
        self.port = self.server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_error: object) -> None:
        self.server.close()
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            there = await asyncio.open_connection("127.0.0.1", self.target)
        except OSError:
            writer.close()
            return
        for source, sink in ((reader, there[1]), (there[0], writer)):
            task = asyncio.ensure_future(self.carry(source, sink))
            self.tasks.add(task)
            task.add_done_callback(self.tasks.discard)

    async def carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(maxsize=64)
        send = asyncio.ensure_future(self.deliver(queue, sink))
        loop, due, shape = asyncio.get_running_loop(), 0.0, self.shape
        try:
            while data := await source.read(CHUNK):
                if shape.rate:
                    await asyncio.sleep(len(data) / shape.rate)
                late = shape.delay * (3 if self.random.random() < shape.loss else 1)
                due = max(due, loop.time() + late)  # TCP keeps the order
                await queue.put((due, data))
            await queue.put((due, b""))
            await send
        except OSError:
            pass
        finally:
            send.cancel()
            with contextlib.suppress(OSError, RuntimeError):
                sink.close()

    async def deliver(self, queue: asyncio.Queue[tuple[float, bytes]], sink: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        while True:
            due, data = await queue.get()
            if not data:
                return
            await asyncio.sleep(max(0.0, due - loop.time()))
            await self.shape.open.wait()
            sink.write(data)
            await sink.drain()
