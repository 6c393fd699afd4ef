"""PostgreSQL, Mosquitto and management commands of one's own, that may be killed; for tests and benchmarks."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench.live.server import ROOT, free_port

MOSQUITTO = shutil.which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
POSTGRES = next((path for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
WITHIN = 60


def wait_for(port: int) -> None:
    """Until somebody listens there."""
    import socket

    until = time.monotonic() + WITHIN
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(f"nobody listens on port {port}")


class Cluster:
    """PostgreSQL in a folder of its own, as user postgres where we are root (it refuses to run as root)."""

    def __init__(self) -> None:
        assert POSTGRES is not None, "PostgreSQL is not installed"
        self.folder, self.port = Path(tempfile.mkdtemp(prefix="dhpb-cluster-")), free_port()
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            os.chown(self.folder, pwd.getpwnam(self.user).pw_uid, -1)
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")

    @property
    def url(self) -> str:
        return f"postgres://postgres@127.0.0.1:{self.port}/postgres"

    def _run(self, program: str, *arguments: str) -> None:
        assert POSTGRES is not None
        done = subprocess.run(
            [str(POSTGRES / program), *arguments], user=self.user, cwd="/", capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr[-2000:]

    def start(self) -> None:
        """Returns once it answers; after a kill it first replays its log."""
        assert POSTGRES is not None
        command = [str(POSTGRES / "postgres"), "-D", str(self.folder / "data"), "-p", str(self.port), "-k", "",
                   "-c", "listen_addresses=127.0.0.1", "-c", "fsync=off"]  # fmt: skip
        until = time.monotonic() + WITHIN
        while time.monotonic() < until:
            self.process = subprocess.Popen(
                command, user=self.user, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            while self.process.poll() is None and time.monotonic() < until:
                with contextlib.suppress(AssertionError):  # it replays its log: the same process is asked again
                    self._run("pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port))
                    return
                time.sleep(0.1)
            self.kill()
            time.sleep(0.3)  # the dead one's shared memory is still being given back
        raise AssertionError("PostgreSQL does not start")

    def kill(self) -> None:
        """`kill -9` of all its processes."""
        children: list[str] = []
        with contextlib.suppress(OSError):  # it has ended by itself
            children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        self.process.kill()
        for pid in map(int, children):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def remove(self) -> None:
        self.kill()
        shutil.rmtree(self.folder)


class Broker:
    """Mosquitto that keeps what it holds on the disk, so that it may be stopped and started again."""

    def __init__(self, folder: Path, *, queue: int = 0) -> None:
        assert MOSQUITTO is not None, "Mosquitto is not installed"
        self.port = free_port()
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o777)
        self.config = folder / "mosquitto.conf"
        self.config.write_text(
            f"listener {self.port} 127.0.0.1\nallow_anonymous true\nmax_queued_messages {queue}\n"
            f"{'user root' if os.getuid() == 0 else ''}\n"  # else it gives up root and cannot write to our folder
            f"persistence true\npersistence_location {folder}/\nautosave_interval 1\n"
        )

    @property
    def url(self) -> str:
        return f"mqtt://127.0.0.1:{self.port}"

    def start(self) -> None:
        self.process = subprocess.Popen([str(MOSQUITTO), "-c", str(self.config)], stderr=subprocess.DEVNULL)
        wait_for(self.port)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=30)


class Beside:
    """A management command as a process of its own (`worker`, `lorawan_subscribe`)."""

    def __init__(self, env: dict[str, str], *arguments: str) -> None:
        self.env, self.arguments = env, arguments
        self.log = Path(env["VAR_DIR"]) / f"{arguments[0]}.log"
        self.process: subprocess.Popen[Any] | None = None

    def start(self) -> None:
        log = self.log.open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "manage.py", *self.arguments], cwd=ROOT, env=self.env, stdout=log, stderr=log
        )
        log.close()

    def said(self, word: str, times: int = 1) -> None:
        """Returns once its log holds a word so often."""
        until = time.monotonic() + 5 * WITHIN
        while time.monotonic() < until:
            if self.log.exists() and self.log.read_text().count(word) >= times:
                return
            time.sleep(0.1)
        raise AssertionError(f"{self.arguments[0]} did not say {word}")

    def kill(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
