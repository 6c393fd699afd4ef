"""What all sockets share: the guarded writer, the consumer's frame, the database threads, the origin check.

daphne's `send` never blocks, so a phone that stopped reading would fill memory without end. `outlet_for` therefore
reaches the transport behind it, writes each frame at once, and reads how much is still waiting (LIVE.md, "Engine").
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import struct
import sys
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol, TypeVar
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError, connection

T = TypeVar("T")
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

BUFFER_LIMIT = 256 * 1024
"""Bytes that may wait for one socket; above, frames are dropped and the socket needs a snapshot."""


class Frame:
    """A text message, encoded once for all sockets that get it."""

    __slots__ = ("payload", "wire")

    def __init__(self, text: str) -> None:
        self.payload = text
        data = text.encode()
        size = len(data)
        if size < 126:
            head = struct.pack("!BB", 0x81, size)
        elif size < 65536:
            head = struct.pack("!BBH", 0x81, 126, size)
        else:
            head = struct.pack("!BBQ", 0x81, 127, size)
        self.wire = head + data


class Outlet(Protocol):
    """Where frames of one socket go. `write` never blocks; False means that the frame was dropped."""

    def write(self, frame: Frame) -> bool: ...

    @property
    def waiting(self) -> int:
        """Bytes not yet handed to the network."""

    async def aclose(self, code: int) -> None:
        """Ends the connection with a close code, after what was written."""


class DaphneOutlet:
    """Writes to the TCP transport below daphne."""

    def __init__(self, protocol: Any) -> None:
        self.protocol = protocol
        self.transport = protocol.transport
        self.open = protocol.STATE_OPEN
        self.send = self.transport.socket.send

    @property
    def waiting(self) -> int:
        transport = self.transport
        return int(len(transport.dataBuffer) - transport.offset + transport._tempDataLen)

    def write(self, frame: Frame) -> bool:
        protocol, transport = self.protocol, self.transport
        if protocol.state != self.open or not transport.connected or transport.disconnecting or protocol.send_queue:
            return False
        waiting = len(transport.dataBuffer) - transport.offset + transport._tempDataLen
        if waiting > BUFFER_LIMIT:
            return False
        wire = frame.wire
        if waiting == 0:
            try:
                sent = self.send(wire)
            except (BlockingIOError, InterruptedError):
                sent = 0
            except OSError:
                return False
            if sent == len(wire):
                return True
            wire = wire[sent:]
        transport.write(wire)
        return True

    async def aclose(self, code: int) -> None:
        # Below autobahn's `sendClose`, which refuses the standard codes 1003, 1009 and 1012.
        if self.protocol.state == self.protocol.STATE_OPEN:
            self.protocol.sendCloseFrame(code=code, isReply=False)


class AsgiOutlet:
    """Any other server: a queue per socket, drained by one task, with the same limit."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._queue: asyncio.Queue[Frame] = asyncio.Queue()
        self.waiting = 0
        self._task = asyncio.ensure_future(self._drain())

    def write(self, frame: Frame) -> bool:
        if self.waiting > BUFFER_LIMIT or self._task.done():
            return False
        self.waiting += len(frame.wire)
        self._queue.put_nowait(frame)
        return True

    async def _drain(self) -> None:
        while True:
            frame = await self._queue.get()
            await self._send({"type": "websocket.send", "text": frame.payload})
            self.waiting -= len(frame.wire)

    async def aclose(self, code: int) -> None:
        """Gives what waits a moment to leave, then ends the task."""
        for _turn in range(50):
            if self.waiting == 0 or self._task.done():
                break
            await asyncio.sleep(0.01)
        self._task.cancel()
        with contextlib.suppress(asyncio.CancelledError, Exception):
            await self._task
        with contextlib.suppress(Exception):
            await self._send({"type": "websocket.close", "code": code})


def daphne_protocol(send: Send) -> Any:
    """daphne's protocol object behind an ASGI `send`, where its plain TCP transport can be written to; else None."""
    layer: Any = send
    while isinstance(layer, functools.partial):
        for argument in layer.args:
            transport = getattr(argument, "transport", None)
            usable = all(hasattr(transport, name) for name in ("dataBuffer", "offset", "_tempDataLen", "socket"))
            if usable and hasattr(argument, "send_queue") and not getattr(transport, "TLS", False):
                return None if getattr(argument, "_perMessageCompress", None) is not None else argument
        layer = layer.func
    return None


def outlet_for(send: Send) -> Outlet:
    """The best writer for this connection; call it after the socket was accepted."""
    protocol = daphne_protocol(send)
    return DaphneOutlet(protocol) if protocol is not None else AsgiOutlet(send)


def before_shutdown(act: Callable[[], None]) -> None:
    """Calls `act` in the loop when daphne is told to stop, while its sockets can still be written to."""
    if "daphne.server" in sys.modules:
        from twisted.internet import reactor

        stopping: Any = reactor
        stopping.addSystemEventTrigger("before", "shutdown", act)


class DatabaseThread:
    """One thread that keeps its database connection: reopening it for each command costs 3 to 4 times as much."""

    def __init__(self, name: str) -> None:
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    async def run(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        """Calls `function` in the thread; after an OperationalError once more with a fresh connection."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, functools.partial(_retrying, function, *args, **kwargs))

    def close(self) -> None:
        """Gives the connection back; the next call opens a new one."""
        self._executor.submit(lambda: connection.close()).result()


def _retrying(function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    try:
        return function(*args, **kwargs)
    except (OperationalError, InterfaceError):
        connection.close()
        return function(*args, **kwargs)


def header(scope: Message, name: bytes) -> str:
    """The first value of a request header, or an empty text."""
    for key, value in scope.get("headers", ()):
        if key == name:
            return str(value.decode("latin-1"))
    return ""


def origin_allowed(scope: Message) -> bool:
    """Browsers send an Origin: its host must be the one that was asked for. Other clients send none."""
    origin = header(scope, b"origin")
    if not origin:
        return True
    return urlsplit(origin).netloc.lower() == header(scope, b"host").lower() != ""


class SocketConsumer:
    """One socket: subclasses set `subprotocol` and answer `opened`, `received` and `closed`.

    Not built on Channels' base consumer, whose thread hop before every handler costs 84 µs.
    """

    subprotocol: str | None = None

    def __init__(self, scope: Message, send: Send) -> None:
        self.scope = scope
        self.send = send
        self.outlet: Outlet
        self.is_open = False

    @classmethod
    def as_asgi(cls, **options: Any) -> Callable[[Message, Receive, Send], Awaitable[None]]:
        async def application(scope: Message, receive: Receive, send: Send) -> None:
            await cls(scope, send, **options).serve(receive)

        return application

    async def serve(self, receive: Receive) -> None:
        await receive()  # websocket.connect
        offered = self.scope.get("subprotocols", [])
        if not origin_allowed(self.scope) or (self.subprotocol and self.subprotocol not in offered):
            await self.send({"type": "websocket.close", "code": 4403})
            return
        await self.send({"type": "websocket.accept", "subprotocol": self.subprotocol})
        self.outlet, self.is_open = outlet_for(self.send), True
        try:
            await self.opened()
            while self.is_open:
                message = await receive()
                if message["type"] == "websocket.disconnect":
                    break
                await self.received(message.get("text"))
        finally:
            self.closed()
            await self.close(1000)

    async def opened(self) -> None:
        """After the handshake."""

    async def received(self, text: str | None) -> None:
        """A frame came; None stands for a binary one."""

    def closed(self) -> None:
        """The socket is gone."""

    async def close(self, code: int) -> None:
        """Ends the connection after what was written."""
        if not self.is_open:
            return
        self.is_open = False
        await self.outlet.aclose(code)
