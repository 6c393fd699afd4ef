"""The yardstick: `websockets.broadcast()` and nothing else. Prints its port, then sends each message to everybody."""

from __future__ import annotations

import asyncio
import contextlib
import sys

from websockets.asyncio.server import ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed


async def main() -> None:
    connected: set[ServerConnection] = set()

    async def handle(socket: ServerConnection) -> None:
        connected.add(socket)
        with contextlib.suppress(ConnectionClosed):
            async for message in socket:
                broadcast(connected, message)
        connected.discard(socket)

    async with serve(handle, "127.0.0.1", 0, compression=None, backlog=2048, ping_interval=20) as server:
        sys.stdout.write(f"{next(iter(server.sockets)).getsockname()[1]}\n")
        sys.stdout.flush()
        await asyncio.Future()


if __name__ == "__main__":
    asyncio.run(main())
