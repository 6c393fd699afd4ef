"""The database as one file: VACUUM INTO on SQLite, pg_dump on PostgreSQL; and back again."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

from django.db import connection, connections

from portal.exceptions import DomainError


def file_name() -> str:
    return "database.sqlite3" if connection.vendor == "sqlite" else "database.dump"


def dump(target: Path) -> None:
    """A consistent copy while others keep writing."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        return
    _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={target}"])


def load(source: Path) -> None:
    """Replaces the present database by `source`. Nothing else may use it meanwhile."""
    if connection.vendor == "sqlite":
        _load_sqlite(source)
        return
    connections.close_all()
    _run(["pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction",
          f"--dbname={connection.settings_dict['NAME']}", str(source)])  # fmt: skip


def _load_sqlite(source: Path) -> None:
    target = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    incoming = target.with_name(target.name + ".incoming")
    shutil.copyfile(source, incoming)
    with sqlite3.connect(incoming) as check:
        verdict = check.execute("PRAGMA integrity_check").fetchone()[0]
    check.close()
    if verdict != "ok":
        incoming.unlink()
        raise DomainError("broken_backup", "Die gesicherte Datenbank ist beschädigt. Es wurde nichts verändert.")
    for suffix in ("-wal", "-shm"):
        target.with_name(target.name + suffix).unlink(missing_ok=True)
    incoming.replace(target)


def _run(command: list[str]) -> None:
    """PostgreSQL's own programs, with the connection in the environment so no password stands in a process list."""
    params = connection.settings_dict
    environment = os.environ | {
        name: str(params[key])
        for name, key in (
            ("PGHOST", "HOST"),
            ("PGPORT", "PORT"),
            ("PGUSER", "USER"),
            ("PGPASSWORD", "PASSWORD"),
            ("PGDATABASE", "NAME"),
        )
        if params.get(key)
    }
    if shutil.which(command[0]) is None:
        raise DomainError("no_program", f"Das Programm {command[0]} fehlt. Es gehört zu PostgreSQL.")
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise DomainError("database_program", f"{command[0]} ist gescheitert: {done.stderr.strip()[:400]}")
