"""A real server process and the phones in its hall, for tests that kill, flood and stall it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from bench.live.killing import sit_down
from bench.live.phones import Phone
from bench.live.server import LiveServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Iterator[LiveServer]:
    """A server with a database file of its own: the test database copied while it is empty, else migrated anew."""
    folder = tmp_path_factory.mktemp("server")
    live = LiveServer(folder)
    if connection.vendor == "sqlite":
        source, copy = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(folder / "db.sqlite3")
        with source, copy:
            source.backup(copy)
        source.close()
        copy.close()
    else:
        live.manage("migrate", "--verbosity", "0")
    live.start()
    yield live
    live.kill()


@pytest.fixture
def practice(server: LiveServer) -> dict[str, Any]:
    if not server.is_running:
        server.start()
    return server.rehearse(tables=2)


@pytest.fixture
def hall(server: LiveServer, practice: dict[str, Any]) -> Hall:
    return Hall(server, practice)


class Hall:
    """Phones at the tables of a practice board, and the moderation."""

    def __init__(self, server: LiveServer, practice: dict[str, Any]) -> None:
        self.server, self.practice = server, practice
        self.address = f"ws://127.0.0.1:{server.port}/ws/board/{practice['board']}/"

    async def phones(self, count: int, table: int = 1) -> list[Phone]:
        return await sit_down(self.server, self.practice["tables"][table - 1]["code"], count)

    async def staff(self) -> Phone:
        phone = Phone([self.address], self.practice["moderator_token"], None).start()
        await phone.until(lambda: phone.board.seq > 0)
        return phone


async def leave(*phones: Phone) -> None:
    for phone in phones:
        await phone.stop()
