"""`/ws/map/`: changes of the map, coalesced once a second. One reader per process, however many sockets."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from django.urls import path

from mapviews.domain import changes, mapping
from mapviews.enums import flag_names
from portal.live import DatabaseThread, Frame, SocketConsumer
from portal.rest import timestamp

log = logging.getLogger(__name__)

PERIOD = 1.0
MAX_FRAME = 1000
MAX_SOCKETS = 5000


class MapHub:
    """Polls while somebody looks and gives each socket what lies in its box."""

    _hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, MapHub] = WeakKeyDictionary()

    def __init__(self) -> None:
        self.sockets: set[MapConsumer] = set()
        self.database = DatabaseThread("map-hub")
        self.seen: dict[int, int] = {}
        self.stamp = 0
        self.task: asyncio.Task[None] | None = None

    @classmethod
    def here(cls) -> MapHub:
        loop = asyncio.get_running_loop()
        if loop not in cls._hubs:
            cls._hubs[loop] = cls()
        return cls._hubs[loop]

    def join(self, socket: MapConsumer) -> None:
        self.sockets.add(socket)
        if self.task is None or self.task.done():
            self.stamp = int(time.time() * 1000)
            self.task = asyncio.ensure_future(self._run())

    def leave(self, socket: MapConsumer) -> None:
        self.sockets.discard(socket)

    async def _run(self) -> None:
        while self.sockets:
            await asyncio.sleep(PERIOD)
            try:
                await self.turn()
            except Exception:
                log.exception("map_hub_failed")

    async def turn(self) -> None:
        """Reads what changed and writes it to the sockets."""
        fresh = self._unseen(await self.database.run(changes.since, self.stamp))
        if not fresh:
            return
        frames: dict[tuple[int, ...], Frame] = {}
        for socket in list(self.sockets):
            if socket.box is None:
                continue
            visible = [c for c in fresh if c.latitude is None or socket.box.holds(c.latitude, c.longitude or 0.0)]
            if not visible:
                continue
            if socket.in_cells:
                await self._send_cells(socket)
                continue
            key = tuple(c.channel for c in visible)
            if key not in frames:
                frames[key] = Frame(delta(visible, []))
            socket.outlet.write(frames[key])

    def _unseen(self, found: list[changes.Change]) -> list[changes.Change]:
        fresh = [c for c in found if self.seen.get(c.channel, -1) < c.ts]
        for change in found:
            self.seen[change.channel] = max(change.ts, self.seen.get(change.channel, change.ts))
            self.stamp = max(self.stamp, change.stamp)
        if len(self.seen) > 200_000:
            self.seen.clear()
        return fresh

    async def _send_cells(self, socket: MapConsumer) -> None:
        assert socket.box is not None
        cells = await self.database.run(mapping.grid, socket.box, zoom=socket.zoom, phenomenon=socket.phenomenon)
        changed = [cell for cell in cells if socket.cells.get(cell.key) != cell]
        socket.cells = {cell.key: cell for cell in cells}
        if changed:
            socket.outlet.write(Frame(delta([], changed)))


def delta(stations: list[changes.Change], cells: list[mapping.Cell]) -> str:
    return json.dumps(
        {
            "t": "delta",
            "stations": [
                {
                    "id": c.station,
                    "channel": c.channel,
                    "phenomenon": c.phenomenon,
                    "ts": timestamp(datetime.fromtimestamp(c.ts / 1000, tz=UTC)),
                    "value": c.value,
                    "flags": flag_names(c.flags),
                }
                for c in stations
            ],
            "cells": [{"id": c.key, "count": c.count, "mean": c.mean, "flagged": c.flagged} for c in cells],
        },
        separators=(",", ":"),
    )


class MapConsumer(SocketConsumer):
    """One open map. Nothing is sent before the client says what it looks at."""

    def __init__(self, scope: Any, send: Any) -> None:
        super().__init__(scope, send)
        self.box: mapping.Box | None = None
        self.zoom = 12
        self.phenomenon = "pm10"
        self.in_cells = False
        self.cells: dict[str, mapping.Cell] = {}

    async def opened(self) -> None:
        hub = MapHub.here()
        if len(hub.sockets) >= MAX_SOCKETS:
            await self.close(1013)
            return
        hub.join(self)

    async def received(self, text: str | None) -> None:
        message = self._message(text)
        if message is None:
            self.outlet.write(Frame('{"t":"error","code":"bad_message"}'))
            return
        box = mapping.box_of(",".join(str(edge) for edge in message["bbox"]))
        if box is None:
            self.outlet.write(Frame('{"t":"error","code":"bad_bbox"}'))
            return
        self.zoom = message["zoom"]
        self.phenomenon = message["phenomenon"]
        self.in_cells = await MapHub.here().database.run(mapping.count, box) > mapping.GRID_FROM
        self.box, self.cells = box, {}

    @staticmethod
    def _message(text: str | None) -> dict[str, Any] | None:
        if not text or len(text) > MAX_FRAME:
            return None
        try:
            message = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(message, dict) or message.get("t") != "subscribe":
            return None
        bbox, zoom = message.get("bbox"), message.get("zoom", 12)
        if not isinstance(bbox, list) or not all(type(edge) in (int, float) for edge in bbox):
            return None
        zoom = max(0, min(22, int(zoom))) if type(zoom) in (int, float) and abs(zoom) < 100 else 12
        phenomenon = message.get("phenomenon")
        return {"bbox": bbox, "zoom": zoom, "phenomenon": phenomenon if isinstance(phenomenon, str) else "pm10"}

    def closed(self) -> None:
        MapHub.here().leave(self)


websocket_urlpatterns = [path("ws/map/", MapConsumer.as_asgi())]
