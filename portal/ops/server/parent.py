"""End with the process that started us, also where it was killed."""

from __future__ import annotations

import os
import signal
import threading
import time

GRACE_SECONDS = 8


def end_with_parent(parent: int) -> None:
    """Watches the parent in a thread; once it is gone, SIGTERM to ourselves and, after a grace period, the end."""
    threading.Thread(target=_watch, args=(parent,), daemon=True, name="parent-watch").start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    os._exit(1)
