"""One turn of the worker: jobs by the clock, tasks once, tasks of the dead taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from portal import schedule
from portal.ops.models import Lease, Worker
from portal.ops.work import presence
from portal.ops.work.lock import WorkerLock
from portal.ops.work.worker import PortalWorker

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(monkeypatch):
    monkeypatch.setattr(schedule, "jobs", {})
    return PortalWorker()


def stranded(*worker_ids, status="RUNNING"):
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="tests.nothing.there", backend_name="default",
        run_after=get_date_max(), worker_ids=list(worker_ids), exception_class_path="", traceback="",
    )  # fmt: skip


def test_due_jobs_run_once_per_period(worker):
    calls = []
    schedule.register("often", 0, lambda: calls.append("often"))
    schedule.register("rarely", 3600, lambda: calls.append("rarely"))
    worker.run_once()
    worker.run_once()
    assert calls == ["often", "rarely", "often"]


def test_broken_job_does_not_stop_the_others(worker):
    calls = []
    schedule.register("broken", 0, lambda: 1 / 0)
    schedule.register("fine", 0, lambda: calls.append(1))
    worker.run_once()
    assert calls == [1]


def test_tasks_of_dead_workers_are_taken_back(worker):
    task = stranded("dead-worker")
    worker._beat()
    task.refresh_from_db()
    assert task.status == "READY"


def test_tasks_of_living_workers_stay():
    now = timezone.now()
    Worker.objects.create(worker_id="alive", started_at=now, heartbeat_at=now)
    task = stranded("dead", "alive")
    assert presence.take_back_stranded() == 0
    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_task_that_kills_workers_fails_in_the_end():
    task = stranded(*[f"dead{n}" for n in range(presence.MAX_TRIES)])
    assert presence.take_back_stranded() == 0
    task.refresh_from_db()
    assert task.status == "FAILED"


def test_task_without_code_fails_and_is_not_tried_again(worker):
    task = stranded(status="READY")
    assert worker.run_once()
    assert not worker.run_once()
    task.refresh_from_db()
    assert task.status == "FAILED"


def test_lock_has_one_holder(tmp_path):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL locks rows instead")
    first, second = WorkerLock(tmp_path / "lock"), WorkerLock(tmp_path / "lock")
    assert (first.acquire(), second.acquire()) == (True, False)
    first.release()
    assert second.acquire()


def test_lease_has_one_holder_until_it_expires():
    from django.db import connection

    if connection.vendor == "sqlite":
        pytest.skip("on SQLite the file lock is the lease")
    assert (presence.hold_lease("a"), presence.hold_lease("b"), presence.hold_lease("a")) == (True, False, True)
    Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert (presence.hold_lease("b"), presence.hold_lease("a")) == (True, False)


def test_leaving_removes_the_presence(worker):
    worker._beat()
    assert Worker.objects.filter(worker_id=worker.worker_id).exists()
    presence.leave(worker.worker_id)
    assert presence.last_heartbeat_age() is None
