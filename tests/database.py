"""Test databases as copies of a migrated template, so that migrations run once for each state of their files.

The template lies in the temporary folder (SQLite) or as `dhpb_template_<key>` on the server (PostgreSQL); its key is a
hash of all migrations and of what they read. Workers of one run share it: the first migrates, the others wait and copy.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
APPS = ("portal", "projects", "dialogues", "ethics", "mapviews")
PACKAGES = ("django", "wagtail", "django-allauth", "django-tasks-db")
KEPT = 6
"""Older templates than so many are removed."""
FOLDER = Path(tempfile.gettempdir()) / f"dhpb-templates-{os.getuid()}"


def key() -> str:
    """Changes with any migration, any data file of an app, or a package that brings migrations."""
    digest = hashlib.sha256(" ".join(f"{name}={version(name)}" for name in PACKAGES).encode())
    for app in APPS:
        files = [*(ROOT / app).rglob("migrations/*.py"), *(ROOT / app).rglob("data/*.json")]
        for path in sorted(files):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


class Template:
    """`place()` copies the template to the test database; where there is none yet, `keep()` makes it of the new one."""

    def __init__(self) -> None:
        FOLDER.mkdir(mode=0o700, exist_ok=True)
        self.key = key()
        self.lock: IO[str] | None = None

    @property
    def connection(self) -> Any:
        from django.db import connection

        return connection

    @property
    def test_name(self) -> str:
        return str(self.connection.creation._get_test_db_name())

    def place(self) -> bool:
        """True where the test database now is a copy. Else this process holds the lock until `keep()`."""
        self.lock = (FOLDER / f"{self.key}.lock").open("w")
        fcntl.flock(self.lock, fcntl.LOCK_EX)
        placed = self._place_file() if self.connection.vendor == "sqlite" else self._place_on_server()
        if placed:
            self._release()
        return placed

    def keep(self) -> None:
        if self.lock is None:
            return
        if self.connection.vendor == "sqlite":
            self._keep_file()
        else:
            self._keep_on_server()
        self._release()

    def _release(self) -> None:
        if self.lock is not None:
            self.lock.close()
            self.lock = None

    # -- SQLite -----------------------------------------------------------------------------------

    @property
    def file(self) -> Path:
        return FOLDER / f"{self.key}.sqlite3"

    def _place_file(self) -> bool:
        target = Path(self.test_name)
        if not self.file.exists():
            return False
        target.parent.mkdir(parents=True, exist_ok=True)
        for leftover in (target, target.with_name(f"{target.name}-wal"), target.with_name(f"{target.name}-shm")):
            leftover.unlink(missing_ok=True)
        shutil.copyfile(self.file, target)
        return True

    def _keep_file(self) -> None:
        fresh = self.file.with_suffix(".new")
        fresh.unlink(missing_ok=True)
        with self.connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(fresh)])
        fresh.rename(self.file)
        for older in sorted(FOLDER.glob("*.sqlite3"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            older.unlink()

    # -- PostgreSQL -------------------------------------------------------------------------------

    @property
    def database(self) -> str:
        return f"dhpb_template_{self.key}"

    def _place_on_server(self) -> bool:
        with self.connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.database])
            if cursor.fetchone() is None:
                return False
            cursor.execute(f'DROP DATABASE IF EXISTS "{self.test_name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{self.test_name}" TEMPLATE "{self.database}"')
        return True

    def _keep_on_server(self) -> None:
        made = self.connection.settings_dict["NAME"]
        self.connection.close()
        with self.connection._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{self.database}" TEMPLATE "{made}"')
            cursor.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, 'dhpb_template_') ORDER BY oid DESC"
            )
            for (older,) in cursor.fetchall()[KEPT:]:
                cursor.execute(f'DROP DATABASE "{older}"')


@pytest.fixture(scope="session")
def database_template(
    django_db_modify_db_settings: None, django_db_blocker: Any, request: Any
) -> tuple[Template, bool]:
    """The template, and whether the test database is a copy of it; `--reuse-db` keeps what is there."""
    template = Template()
    if request.config.getvalue("reuse_db") and not request.config.getvalue("create_db"):
        return template, False
    with django_db_blocker.unblock():
        return template, template.place()


@pytest.fixture(scope="session")
def django_db_keepdb(database_template: tuple[Template, bool], request: Any) -> bool:
    return bool(database_template[1] or request.config.getvalue("reuse_db"))


@pytest.fixture(scope="session")
def django_db_createdb(database_template: tuple[Template, bool], request: Any) -> bool:
    return bool(request.config.getvalue("create_db") and not database_template[1])


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, database_template: tuple[Template, bool], django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        database_template[0].keep()
