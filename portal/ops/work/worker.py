"""The loop: heartbeat, periodic jobs that are due, one task, pause."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
import time
from types import FrameType

from django.db import Error as DatabaseError
from django.db import close_old_connections, connection
from django_tasks_db.management.commands.db_worker import Worker as TaskWorker
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from portal import schedule
from portal.ops.work import presence
from portal.ops.work.lock import WorkerLock

logger = logging.getLogger(__name__)

IDLE_SECONDS = 0.5
LONGEST_BREATH = 1.0


class PortalWorker:
    """Runs until `stop()`. `run_once()` is one turn of the loop, for tests."""

    def __init__(self) -> None:
        self.worker_id = f"{socket.gethostname()[:30]}-{os.getpid()}-{os.urandom(4).hex()}"
        self.lock = WorkerLock()
        self._stopping = threading.Event()
        self._next_heartbeat = 0.0
        self._leads = False
        self._due: dict[str, float] = {}
        self._tasks = TaskWorker(
            queue_names=["*"],
            interval=0,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.worker_id,
            excluded_queue_names=[],
        )

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """Ends after the job or task at hand."""
        self._stopping.set()

    def run(self) -> None:
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        while not self._stopping.is_set() and not self.lock.acquire():
            self._stopping.wait(1)
        while not self._stopping.is_set():
            close_old_connections()
            try:
                busy = self.run_once()
            except DatabaseError:
                logger.exception("database not reachable, trying again")
                connection.close()
                busy = False
            if not busy:
                self._stopping.wait(IDLE_SECONDS)
        self._leave()

    def run_once(self) -> bool:
        """One turn; True where a task was run, so the next turn follows at once."""
        self._beat()
        if self._leads:
            self._run_due_jobs()
        return self._run_task()

    def _beat(self) -> None:
        now = time.monotonic()
        if now < self._next_heartbeat:
            return
        self._next_heartbeat = now + presence.HEARTBEAT_EVERY
        presence.announce(self.worker_id)
        self._leads = presence.hold_lease(self.worker_id)
        if self._leads and (taken := presence.take_back_stranded()):
            logger.warning("%s tasks of a dead worker taken back", taken)

    def _run_due_jobs(self) -> None:
        for job in list(schedule.jobs.values()):
            if self._stopping.is_set():
                return
            if time.monotonic() < self._due.get(job.name, 0):
                continue
            started = time.monotonic()
            try:
                job.run()
            except Exception:  # one broken job must not end the others
                logger.exception("job %s failed", job.name)
                if not connection.in_atomic_block:  # a job that broke a transaction leaves nothing behind
                    connection.close()
            took = time.monotonic() - started
            self._due[job.name] = time.monotonic() + job.every
            self._breathe(took)

    def _run_task(self) -> bool:
        tasks = DBTaskResult.objects.ready().filter(backend_name="default")
        if not tasks.exists():  # a read, so an idle worker takes no write lock
            return False
        with exclusive_transaction(tasks.db):
            task = tasks.get_locked()
            if task is None:
                return False
            task.claim(self.worker_id)
        started = time.monotonic()
        self._tasks.run_task(task)
        self._breathe(time.monotonic() - started)
        return True

    def _breathe(self, took: float) -> None:
        """On SQLite a pause as long as the work, so that live writes get their turn (docs/decisions/0204)."""
        if connection.vendor == "sqlite" and took > 0.002:
            self._stopping.wait(min(took, LONGEST_BREATH))

    def _leave(self) -> None:
        try:
            presence.leave(self.worker_id)
        except DatabaseError:
            logger.warning("could not sign off")
        self.lock.release()
