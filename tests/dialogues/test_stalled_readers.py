"""Phones that stop reading: nobody else notices, memory stays flat, and they get a snapshot once they read again."""

from __future__ import annotations

import asyncio
import json
import os
import socket

import pytest
from django.db import connection

from bench.live.killing import Chatter
from bench.live.phones import converge, faults
from bench.live.swarm import frame
from tests.dialogues.halls import Hall, hall, leave, practice, server

__all__ = ["hall", "practice", "server"]
pytestmark = pytest.mark.django_db  # for the database that is copied
MINUTE = float(os.environ.get("LIVE_STALL", "60"))
LITTLE = 20 * 2**20

BIG = "🌳" * 500  # 2,000 bytes on the wire


def sit_and_stall(hall: Hall) -> tuple[socket.socket, bytes]:
    """A guest at table 1 who said hello and reads nothing; and the frame with which they say it again."""
    seat = hall.server.join(hall.practice["tables"][0]["code"])
    stalled = socket.socket()
    stalled.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    stalled.connect(("127.0.0.1", hall.server.port))
    stalled.sendall(
        f"GET {seat['socket']} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: dhpb.board.v1\r\n\r\n".encode()
    )
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += stalled.recv(1)
    hello = frame(json.dumps({"t": "hello", "table": 1, "token": seat["token"], "last_seq": 0, "epoch": None}))
    stalled.sendall(hello)
    return stalled, hello


async def test_a_stalled_reader_gets_a_snapshot_and_nobody_else_notices(hall: Hall) -> None:
    phones = await hall.phones(8)
    stalled, hello = sit_and_stall(hall)
    before = hall.server.rss_bytes()
    for number in range(8):
        for place, phone in enumerate(phones):
            await phone.do("card.create", text=f"{number} {place} {BIG[:490]}")
    await converge(phones)
    # Each `hello` asks for 64 cards of 2 kB again: 2 MB, more than the kernel keeps for such a socket and our 256 KiB.
    for _again in range(15):
        stalled.sendall(hello)
    await phones[0].ask("card.create", text="Die anderen merken nichts")
    await converge(phones)
    assert hall.server.rss_bytes() - before < LITTLE
    heard = await asyncio.to_thread(read_until_current, stalled, phones[0].board.seq)
    assert heard.count("welcome") < 16
    backwards = heard[::-1]  # the last snapshot, perhaps a kept one with events to the present number behind it
    assert backwards.index("snapshot") < backwards.index("welcome")
    assert faults(phones, {}) == []
    stalled.close()
    await leave(*phones)


async def test_five_readers_stalled_for_a_minute_cost_little(hall: Hall) -> None:
    """Longer than the server's patience with a silent phone; the hall writes 40 long cards a second meanwhile."""
    if connection.vendor != "sqlite":
        pytest.skip("Eine Minute Stillstand: die Ausgänge sind auf jeder Datenbank dieselben, geprüft wird auf SQLite.")
    phones = await hall.phones(8)
    readers = [await asyncio.to_thread(sit_and_stall, hall) for _number in range(5)]
    before = hall.server.rss_bytes()
    chatter = Chatter(phones, pause=0.025, filler=BIG[:480])
    loop = asyncio.get_running_loop()
    end, most = loop.time() + MINUTE, 0
    while loop.time() < end:
        await asyncio.sleep(MINUTE / 10)
        most = max(most, hall.server.rss_bytes())
    await chatter.stop()
    await converge(phones)
    assert len(phones[0].board.cards) > MINUTE * 4, "the hall wrote too little to fill any buffer"
    assert most - before < LITTLE
    assert faults(phones, chatter.wanted) == []
    for stalled, _hello in readers:
        stalled.close()
    await leave(*phones)


def read_until_current(stalled: socket.socket, head: int) -> list[str]:
    """Kinds of the messages that come once it reads again, up to one that brings it to number `head`."""
    stalled.settimeout(60)
    data, kinds = b"", []
    while True:
        size, start = (data[1] & 127 if len(data) > 1 else 0), 2
        if size == 126:
            size, start = int.from_bytes(data[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(data[2:10], "big"), 10
        if len(data) < start + size or len(data) < 2:
            data += stalled.recv(65536)
            continue
        if data[0] & 15 == 1:
            message = json.loads(data[start : start + size])
            kinds.append(message["t"])
            if message["t"] in ("snapshot", "events") and message.get("seq", message.get("to", 0)) >= head:
                return kinds
        data = data[start + size :]
