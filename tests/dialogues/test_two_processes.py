"""Two server processes on PostgreSQL and Redis: one is killed, Redis forgets everybody, the network is cut."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from bench.live.killing import break_and_check, sit_down
from bench.live.proxy import Proxy, Shape
from bench.live.server import LiveServer
from tests.database import key

pytestmark = pytest.mark.services
DATABASE, REDIS = os.environ.get("DATABASE_URL", ""), os.environ.get("REDIS_URL", "")
NAME = f"dhpb_live_{os.getpid()}"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[LiveServer]]:
    if not DATABASE.startswith("postgres") or not REDIS:
        pytest.skip("Zwei Prozesse brauchen PostgreSQL und Redis: DATABASE_URL und REDIS_URL setzen (make services)")
    import psycopg

    parts = urlsplit(DATABASE)
    own = urlunsplit(parts._replace(path=f"/{NAME}"))
    folder: Path = tmp_path_factory.mktemp("zwei")
    template = f"dhpb_template_{key()}"
    with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as admin:
        known = admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        admin.execute(f"CREATE DATABASE {NAME}" + (f" TEMPLATE {template}" if known else ""))
    servers = [LiveServer(folder, database=own, redis=REDIS) for _number in range(2)]
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


async def test_redis_loses_all_connections(pair: list[LiveServer]) -> None:
    import redis

    first, second = pair
    code = first.rehearse()["tables"][0]["code"]
    phones = await sit_down(first, code, 10, [first.port, second.port])

    async def forget() -> None:
        with redis.Redis.from_url(REDIS) as client:
            client.client_kill_filter(_type="pubsub")
            client.client_kill_filter(_type="normal", skipme=True)

    assert await break_and_check(phones, 2, forget, seed=6) == []
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
            await phones[0].until(lambda: sum(phone.connects for phone in phones) >= before + 5, seconds=100)
            shape.open.set()

        assert await break_and_check(phones, 1, cut, seed=7) == []
        for phone in phones:
            await phone.stop()
