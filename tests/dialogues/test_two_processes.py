"""Two server processes on PostgreSQL and a Redis of their own: one is killed, Redis is killed, the network is cut."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from bench.live.killing import break_and_check, sit_down
from bench.live.proxy import Proxy, Shape
from bench.live.server import LiveServer, free_port
from tests.database import key

pytestmark = pytest.mark.services
DATABASE = os.environ.get("DATABASE_URL", "")
CUT = float(os.environ.get("LIVE_CUT", "30"))
NAME = f"dhpb_live_{os.getpid()}"


class Redis:
    """A server that may be killed; it keeps nothing."""

    def __init__(self, program: str) -> None:
        self.program, self.port = program, free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([self.program, *options], stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        assert any("Ready to accept connections" in line for line in self.process.stdout), "Redis startet nicht."

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


@pytest.fixture(scope="module")
def redis() -> Iterator[Redis]:
    program = shutil.which("redis-server")
    if not DATABASE.startswith("postgres") or program is None:
        pytest.skip("Zwei Prozesse brauchen DATABASE_URL mit PostgreSQL und das Programm redis-server (make services)")
    own = Redis(program)
    own.start()
    yield own
    own.kill()


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory, redis: Redis) -> Iterator[list[LiveServer]]:
    import psycopg

    parts = urlsplit(DATABASE)
    own = urlunsplit(parts._replace(path=f"/{NAME}"))
    folder: Path = tmp_path_factory.mktemp("zwei")
    template = f"dhpb_template_{key()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as admin:
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        admin.execute(f"CREATE DATABASE {NAME}" + (f" TEMPLATE {template}" if known else ""))
    servers = [LiveServer(folder, database=own, redis=redis.url) for _number in range(2)]
    try:
        if not known:
            servers[0].manage("migrate", "--verbosity", "0")
        for server in servers:
            server.start()
        yield servers
    finally:
        for server in servers:
            server.kill()
        with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as admin:
            admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


async def test_one_of_two_processes_is_killed(pair: list[LiveServer]) -> None:
    first, second = pair
    code = first.rehearse()["tables"][0]["code"]
    phones = await sit_down(first, code, 20, [first.port, second.port])

    async def kill() -> None:
        await asyncio.to_thread(second.kill)
        await asyncio.to_thread(second.start)

    assert await break_and_check(phones, 2, kill, seed=5) == []
    for phone in phones:
        await phone.stop()


async def test_redis_is_killed_and_starts_anew(pair: list[LiveServer], redis: Redis) -> None:
    first, second = pair
    code = first.rehearse()["tables"][0]["code"]
    phones = await sit_down(first, code, 10, [first.port, second.port])

    async def restart() -> None:
        await asyncio.to_thread(redis.kill)
        await asyncio.sleep(1)  # posts go on without it
        await asyncio.to_thread(redis.start)

    assert await break_and_check(phones, 2, restart, seed=6) == []
    for phone in phones:
        await phone.stop()


async def test_the_network_is_cut_and_comes_back(pair: list[LiveServer]) -> None:
    """Packets vanish without a close: phones notice by missing heartbeats, come back, and agree."""
    first, second = pair
    code = first.rehearse()["tables"][0]["code"]
    shape = Shape()
    async with Proxy(second.port, shape) as network:
        phones = await sit_down(first, code, 10, [first.port, network.port])

        async def cut() -> None:
            before = sum(phone.connects for phone in phones)
            shape.open.clear()
            await asyncio.sleep(CUT)
            await phones[0].until(lambda: sum(phone.connects for phone in phones) >= before + 5, seconds=100)
            shape.open.set()

        assert await break_and_check(phones, 1, cut, seed=7) == []
        for phone in phones:
            await phone.stop()
