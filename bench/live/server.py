"""The portal's server as a process group of its own that may be killed; also used by tests/dialogues."""

from __future__ import annotations

import json
import os
import queue
import signal
import socket
import subprocess
import sys
import threading
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
READY_WITHIN = 180
OWN = {"DATABASE_URL", "REDIS_URL", "MQTT_URL", "DJANGO_SETTINGS_MODULE", "DEMO", "SECRET_KEY", "BASE_URL"}
TICKS = os.sysconf("SC_CLK_TCK")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class LiveServer:
    """`manage.py serve` without the worker; `start()` returns once `bereit:` was printed."""

    def __init__(self, var_dir: Path, *, database: str = "", redis: str = "", port: int = 0) -> None:
        self.port = port or free_port()
        keep = {name: value for name, value in os.environ.items() if name not in OWN}
        given = {"DATABASE_URL": database, "REDIS_URL": redis}
        self.env = keep | {"VAR_DIR": str(var_dir)} | {name: value for name, value in given.items() if value}
        self.env["DJANGO_SETTINGS_MODULE"] = "portal.settings.dev"
        self.process: subprocess.Popen[str] | None = None
        self.log: list[str] = []

    def manage(self, *arguments: str) -> list[str]:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments], cwd=ROOT, env=self.env, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]
        return done.stdout.splitlines()

    def rehearse(self, tables: int = 1) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.manage("rehearse", "--tables", str(tables), "--json")[-1])
        return answer

    def launch(self) -> None:
        """Starts without waiting."""
        command = [sys.executable, "manage.py", "serve", "--no-worker", "--port", str(self.port)]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(self.process, self.lines), daemon=True).start()

    def start(self) -> None:
        self.launch()
        while True:
            line = self.lines.get(timeout=READY_WITHIN)
            if line.startswith("bereit:"):
                return
            assert line, "Der Server endete:\n" + "".join(self.log[-30:])

    def _read(self, process: subprocess.Popen[str], lines: queue.Queue[str]) -> None:
        assert process.stdout is not None
        for line in process.stdout:
            self.log.append(line)
            lines.put(line)
        lines.put("")

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """`kill -9` of the whole process group."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, number: int) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        os.killpg(self.process.pid, number)
        self.process.wait(timeout=30)

    # --- what it costs ----------------------------------------------------------------------------------------------

    def cpu_seconds(self) -> float:
        """User and system time of the server process with all its threads."""
        assert self.process is not None
        return cpu_seconds(self.process.pid)

    def rss_bytes(self) -> int:
        assert self.process is not None
        return rss_bytes(self.process.pid)

    # --- a guest's way in -------------------------------------------------------------------------------------------

    def join(self, code: str, **fields: str) -> dict[str, Any]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/t/{code}/",
            data=urllib.parse.urlencode({"pseudonym": "", **fields}).encode(),
            headers={"Accept": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as answer:
            assert answer.status == 201
            assert answer.headers["Set-Cookie"] is None
            seat: dict[str, Any] = json.load(answer)
            return seat

    def address(self, seat: dict[str, Any]) -> str:
        return f"ws://127.0.0.1:{self.port}{seat['socket']}"


def cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def rss_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0
