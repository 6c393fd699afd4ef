"""On SQLite one worker at a time: a file lock in VAR_DIR, which the system takes back from a dead process at once."""

from __future__ import annotations

import fcntl
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection


class WorkerLock:
    """`acquire()` is True for the one process that may work; always True on PostgreSQL (locked rows)."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.VAR_DIR) / "worker.lock"
        self._file: IO[str] | None = None

    def acquire(self) -> bool:
        if connection.vendor != "sqlite" or self._file:
            return True
        handle = self.path.open("a")
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return False
        self._file = handle
        return True

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


class ServerLock:
    """Every server of a VAR_DIR holds it together (`share`); a restore needs it alone (`acquire`)."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path or Path(settings.VAR_DIR) / "server.lock"
        self._file: IO[str] | None = None

    def share(self) -> bool:
        return self._take(fcntl.LOCK_SH)

    def acquire(self) -> bool:
        return self._take(fcntl.LOCK_EX)

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def _take(self, kind: int) -> bool:
        handle = self.path.open("a")
        try:
            fcntl.flock(handle, kind | fcntl.LOCK_NB)
        except OSError:
            handle.close()
            return False
        self._file = handle
        return True
