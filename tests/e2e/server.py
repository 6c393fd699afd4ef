"""The portal as `make demo` runs it, in a process group of its own that a test may kill."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import socket
import subprocess
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 300


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class DemoServer:
    """`start()` returns once `bereit:` was printed; `kill()` is a `kill -9` of everything that was started."""

    def __init__(self, var_dir: Path) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.var_dir = var_dir
        self.process: subprocess.Popen[str] | None = None
        self.log: list[str] = []

    @property
    def environment(self) -> dict[str, str]:
        keep = {k: v for k, v in os.environ.items() if k not in {"DJANGO_SETTINGS_MODULE", "SECRET_KEY", "DEMO"}}
        return keep | {"VAR_DIR": str(self.var_dir), "BASE_URL": self.url}

    def start(self) -> None:
        make = shutil.which("make") or "make"
        self.process = subprocess.Popen(
            [make, "-s", "demo", f"PORT={self.port}"],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(self.process, lines), daemon=True).start()
        while True:
            try:
                line = lines.get(timeout=READY_WITHIN)
            except queue.Empty:
                raise AssertionError("make demo wurde nicht bereit:\n" + "".join(self.log[-40:])) from None
            if line.startswith("bereit:"):
                return
            assert line, "make demo endete:\n" + "".join(self.log[-40:])

    def _read(self, process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.log.append(line)
            lines.put(line)
        lines.put("")

    def kill(self) -> None:
        """`kill -9` of the whole process group."""
        self._signal(signal.SIGKILL)

    def stop(self) -> None:
        """Ctrl-C, as a person ends it."""
        self._signal(signal.SIGINT)

    def _signal(self, number: int) -> None:
        if self.process is None:
            return
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=30)

    def manage(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`manage.py …` on the same `var/`."""
        return subprocess.run(
            [str(ROOT / ".venv/bin/python"), "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
