"""CPU of this process and, on PostgreSQL of the same machine, of the server process that works for it."""

from __future__ import annotations

import time
from pathlib import Path

from bench.live.server import cpu_seconds


def spent() -> float:
    """CPU seconds so far of client and server; differences of it are what work cost."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return time.process_time()
    connection.ensure_connection()
    pid = connection.connection.info.backend_pid
    return time.process_time() + (cpu_seconds(pid) if Path(f"/proc/{pid}").exists() else 0.0)
