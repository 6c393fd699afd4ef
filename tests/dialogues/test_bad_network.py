"""A phone with 400 ms round trip, 5 % loss and 50 kbit/s: the join page is small, one joins and posts."""

from __future__ import annotations

import asyncio
import gzip
import json
import re
import urllib.parse
import urllib.request
from typing import Any

import pytest

from bench.live.phones import Phone
from bench.live.proxy import Proxy, Shape
from bench.live.server import LiveServer
from tests.dialogues.halls import practice, server

__all__ = ["practice", "server"]
pytestmark = pytest.mark.django_db  # for the database that is copied
LIMIT = 60_000
BAD = {"delay": 0.2, "loss": 0.05, "rate": 50_000 / 8}


@pytest.fixture(scope="module")
def dressed(server: LiveServer) -> LiveServer:
    """The server with its collected styles and scripts, compressed as in production."""
    server.manage("collectstatic", "--noinput", "--verbosity", "0")
    server.kill()
    server.start()
    return server


def fetch(url: str, **fields: str) -> tuple[int, bytes]:
    """Bytes that crossed the network for the body, and the body itself."""
    data = urllib.parse.urlencode(fields).encode() if fields else None
    accept = "application/json" if fields else "*/*"
    request = urllib.request.Request(url, data, {"Accept": accept, "Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=120) as answer:
        body = answer.read()
        return len(body), gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body


def load_page(origin: str, path: str) -> int:
    """The page with all styles, scripts and their imports; the sum of bytes."""
    total, page = fetch(origin + path)
    waiting = list(re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"', page.decode()))
    known: set[str] = set()
    while waiting:
        address = waiting.pop()
        if address in known:
            continue
        known.add(address)
        size, text = fetch(origin + address)
        total += size
        imports = re.findall(r'from "(\.[^"]+)"', text.decode()) if address.endswith(".js") else []
        waiting += [urllib.parse.urljoin(address, name) for name in imports]
    assert len([name for name in known if name.endswith(".js")]) >= 4
    return total


async def test_the_join_page_weighs_at_most_sixty_kilobytes(dressed: LiveServer, practice: dict[str, Any]) -> None:
    path = f"/t/{practice['tables'][0]['code']}/"
    assert await asyncio.to_thread(load_page, f"http://127.0.0.1:{dressed.port}", path) < LIMIT


async def test_one_joins_and_posts_over_a_bad_network(dressed: LiveServer, practice: dict[str, Any]) -> None:
    path = f"/t/{practice['tables'][0]['code']}/"
    async with Proxy(dressed.port, Shape(**BAD)) as network:
        origin = f"http://127.0.0.1:{network.port}"
        assert await asyncio.to_thread(load_page, origin, path) < LIMIT
        seat = json.loads((await asyncio.to_thread(fetch, origin + path, pseudonym="Ada"))[1])
        phone = Phone([f"ws://127.0.0.1:{network.port}{seat['socket']}"], seat["token"]).start()
        answers = [await phone.ask("card.create", text=f"Karte {number}") for number in range(5)]
        assert [answer["t"] for answer in answers] == ["ack"] * 5
        await phone.until(lambda: len(phone.board.cards) == 5)
        await phone.stop()
