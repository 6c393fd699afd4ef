"""A database of its own for tests that start real processes."""

import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings as django_settings


@pytest.fixture
def own_var(django_db_setup, django_db_blocker, tmp_path):
    """A VAR_DIR with a migrated, empty database, copied from the suite's own (SQLite only)."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("works on a copied SQLite file; PostgreSQL is tried by .ci/run")
    with django_db_blocker.unblock():
        name = str(connection.settings_dict["NAME"])
    with (
        sqlite3.connect(f"file:{name}?mode=ro", uri=True) as source,
        sqlite3.connect(tmp_path / "db.sqlite3") as target,
    ):
        source.backup(target)
    source.close()
    target.close()
    return tmp_path


@pytest.fixture
def run_manage(own_var):
    """`run_manage("backup", file)` in a process of its own; returns the finished process."""

    def run(*words, code=None):
        command = [sys.executable, "-c", code] if code else [sys.executable, "manage.py", *map(str, words)]
        return subprocess.run(
            command, cwd=django_settings.BASE_DIR, env=environment(own_var), capture_output=True, text=True, check=False
        )

    return run


def environment(var):
    clean = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"}}
    plain_files = {"DJANGO_SETTINGS_MODULE": "portal.settings.dev"}
    return clean | plain_files | {"VAR_DIR": str(var), "DEMO": "1"}
