"""`kill -9` of server, worker, subscriber and database, again and again: nothing acknowledged is missing or double.

The database that is killed is a PostgreSQL cluster of its own, made where the suite runs on PostgreSQL.
"""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from bench.live.server import LiveServer
from bench.live.services import MOSQUITTO, POSTGRES, Broker, Cluster
from bench.live.storm import Storm, faults

pytestmark = pytest.mark.django_db  # for the database that is copied


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Broker | None]:
    """Where Mosquitto is not installed all uplinks go through the webhook."""
    if MOSQUITTO is None:
        yield None
        return
    broker = Broker(tmp_path / "broker")
    broker.start()
    yield broker
    broker.stop()


def copied(folder: Path) -> LiveServer:
    """A server with a copy of the empty test database."""
    folder.mkdir()
    source, copy = sqlite3.connect(connection.settings_dict["NAME"]), sqlite3.connect(folder / "db.sqlite3")
    with source, copy:
        source.backup(copy)
    source.close()
    copy.close()
    return LiveServer(folder)


def test_kill_9_of_server_worker_and_subscriber(tmp_path: Path, broker: Broker | None) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the same is tested with PostgreSQL below")
    storm = Storm(copied(tmp_path / "var"), broker, None)
    report = storm.run(rows=40_000, uplinks=60, kills=3)
    assert faults(report, rows=40_000, uplinks=60) == []
    assert report["kills"] == ["server", "worker", "subscriber" if broker else "server"]


@pytest.mark.services
def test_kill_9_of_the_database_too(tmp_path: Path, broker: Broker | None) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: run with DATABASE_URL=postgres://…")
    if POSTGRES is None or shutil.which("pg_dump") is None:
        pytest.skip("PostgreSQL's server programs are not installed here")
    cluster = Cluster()
    cluster.start()
    try:
        copy_to(cluster)
        (tmp_path / "var").mkdir()
        storm = Storm(LiveServer(tmp_path / "var", database=cluster.url), broker, cluster)
        report = storm.run(rows=40_000, uplinks=80, kills=4)
        assert faults(report, rows=40_000, uplinks=80) == []
        assert report["kills"][-1] == "database" if broker else "database" in report["kills"]
    finally:
        cluster.remove()


def copy_to(cluster: Cluster) -> None:
    """The empty test database into the cluster."""
    name = connection.settings_dict
    url = f"postgres://{name['USER']}:{name['PASSWORD']}@{name['HOST']}:{name['PORT'] or 5432}/{name['NAME']}"
    dump = subprocess.run(["pg_dump", "--no-owner", "--no-privileges", url], capture_output=True, check=True)
    psql = ["psql", "-q", "-v", "ON_ERROR_STOP=1", cluster.url]
    done = subprocess.run(psql, input=dump.stdout, capture_output=True)
    assert done.returncode == 0, done.stderr[-2000:]
