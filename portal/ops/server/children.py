"""Processes beside the server: started in its process group, restarted when they die, ended with it."""

from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)

GRACE_SECONDS = 8
LONGEST_PAUSE = 60


@dataclass
class Child:
    """One management command beside the server; `pause` grows when it keeps dying."""

    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    pause: float = 1
    not_before: float = 0
    started: float = 0
    log: Path = field(default_factory=lambda: Path(settings.VAR_DIR) / "logs" / "beside.log")

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self.started = time.monotonic()
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(  # noqa: S603  our own manage.py
                [sys.executable, _manage_py(), "beside", str(os.getpid()), *self.command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def look_after(self) -> None:
        """Starts the command again where it died; one that ended well stays ended."""
        if self.process is None:
            if time.monotonic() >= self.not_before:
                self.start()
            return
        code = self.process.poll()
        if code is None or code == 0:
            return
        lived = time.monotonic() - self.started
        self.pause = 1 if lived > LONGEST_PAUSE else min(self.pause * 2, LONGEST_PAUSE)
        logger.error("%s ended with %s, starting again in %s s", self.command[0], code, self.pause)
        self.process, self.not_before = None, time.monotonic() + self.pause


class Family:
    """All children of one server."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self.children = [Child(list(command)) for command in commands]
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True, name="children")

    def start(self) -> None:
        for child in self.children:
            child.start()
        self._watcher.start()

    def _watch(self) -> None:
        while not self._ending.wait(1):
            for child in self.children:
                child.look_after()

    def end(self) -> None:
        """SIGTERM to each, and SIGKILL to those still there after the grace period."""
        self._ending.set()
        if self._watcher.is_alive():
            self._watcher.join()
        processes = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in processes:
            process.send_signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in processes:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _manage_py() -> str:
    return str(Path(settings.BASE_DIR) / "manage.py")
