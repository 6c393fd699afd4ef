"""Processes beside the server: started in its process group, restarted when they die, ended with it."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from portal.ops.server.parent import end_with_parent

logger = logging.getLogger(__name__)

GRACE_SECONDS = 8
LONGEST_PAUSE = 60


class Process(Protocol):
    def code(self) -> int | None: ...
    def signal(self, signum: int) -> None: ...
    def wait(self, seconds: float) -> None: ...


class Forked:
    """A copy of this process, which has Django loaded already; only before the server starts its threads."""

    def __init__(self, command: Sequence[str]) -> None:
        connections.close_all()
        context = multiprocessing.get_context("fork")
        self._process = context.Process(target=_run_in_fork, args=(list(command), os.getpid()))
        self._process.start()

    def code(self) -> int | None:
        return self._process.exitcode

    def signal(self, signum: int) -> None:
        if self._process.pid and self._process.is_alive():
            os.kill(self._process.pid, signum)

    def wait(self, seconds: float) -> None:
        self._process.join(seconds)


class Started:
    """A fresh interpreter running `manage.py beside`."""

    def __init__(self, command: Sequence[str]) -> None:
        with log_file().open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603  our own manage.py
                [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "beside", str(os.getpid()), *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )

    def code(self) -> int | None:
        return self._process.poll()

    def signal(self, signum: int) -> None:
        if self._process.poll() is None:
            self._process.send_signal(signum)

    def wait(self, seconds: float) -> None:
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return


def log_file() -> Path:
    file = Path(settings.VAR_DIR) / "logs" / "beside.log"
    file.parent.mkdir(parents=True, exist_ok=True)
    return file


def _run_in_fork(command: list[str], parent: int) -> None:
    descriptor = os.open(log_file(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent(parent)
    call_command(command[0], *command[1:])


class Child:
    """One management command beside the server; the pause grows when it keeps dying."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = list(command)
        self.process: Process | None = None
        self._pause = 1.0
        self._not_before = 0.0
        self._started = 0.0

    def start(self, kind: type[Forked] | type[Started]) -> None:
        self._started = time.monotonic()
        self.process = kind(self.command)

    def look_after(self) -> None:
        """Starts the command again where it died; one that ended well stays ended."""
        if self.process is None:
            if time.monotonic() >= self._not_before:
                self.start(Started)
            return
        code = self.process.code()
        if code is None or code == 0:
            return
        lived = time.monotonic() - self._started
        self._pause = 1.0 if lived > LONGEST_PAUSE else min(self._pause * 2, LONGEST_PAUSE)
        logger.error("%s ended with %s, starting again in %s s", self.command[0], code, self._pause)
        self.process, self._not_before = None, time.monotonic() + self._pause


class Family:
    """All children of one server."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self.children = [Child(command) for command in commands]
        self._ending = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True, name="children")

    def start(self) -> None:
        for child in self.children:
            child.start(Forked)
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
        processes = [child.process for child in self.children if child.process]
        for process in processes:
            process.signal(signal.SIGTERM)
        deadline = time.monotonic() + GRACE_SECONDS
        for process in processes:
            process.wait(max(0.1, deadline - time.monotonic()))
            process.signal(signal.SIGKILL)
            process.wait(1)
