"""Heartbeats, the lease for periodic jobs, and taking back tasks of dead workers."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from portal.ops.models import Lease, Worker

HEARTBEAT_EVERY = 5.0
DEAD_AFTER = timedelta(seconds=30)
LEASE = "schedule"
MAX_TRIES = 5


def announce(worker_id: str) -> None:
    """Says that this worker lives. On SQLite it holds the file lock, so every other row belongs to a dead worker."""
    now = timezone.now()
    Worker.objects.update_or_create(worker_id=worker_id, defaults={"heartbeat_at": now}, create_defaults={
        "heartbeat_at": now, "started_at": now,
    })  # fmt: skip
    others = Worker.objects.exclude(worker_id=worker_id)
    if connection.vendor != "sqlite":
        others = others.filter(heartbeat_at__lt=now - DEAD_AFTER)
    others.delete()


def leave(worker_id: str) -> None:
    Worker.objects.filter(worker_id=worker_id).delete()
    Lease.objects.filter(holder=worker_id).delete()


def hold_lease(worker_id: str) -> bool:
    """True while this worker may run the periodic jobs; takes over an expired lease."""
    now = timezone.now()
    until = now + DEAD_AFTER
    if connection.vendor == "sqlite":  # the file lock is the lease
        return True
    if Lease.objects.filter(name=LEASE, holder=worker_id).update(expires_at=until):
        return True
    if Lease.objects.filter(name=LEASE, expires_at__lt=now).update(holder=worker_id, expires_at=until):
        return True
    if Lease.objects.filter(name=LEASE).exists():
        return False
    try:
        with transaction.atomic():
            Lease.objects.create(name=LEASE, holder=worker_id, expires_at=until)
    except IntegrityError:
        return False
    return True


def take_back_stranded() -> int:
    """Tasks left RUNNING by a dead worker become READY again; after MAX_TRIES they fail and kill no more workers."""
    living = set(Worker.objects.values_list("worker_id", flat=True))
    taken = 0
    for task in DBTaskResult.objects.running().only("id", "status", "worker_ids", "started_at"):
        if task.worker_ids and task.worker_ids[-1] in living:
            continue
        if len(task.worker_ids) >= MAX_TRIES:
            task.set_failed(RuntimeError(f"given up after {MAX_TRIES} workers died with it"))
            continue
        taken += DBTaskResult.objects.filter(pk=task.pk, status="RUNNING").update(status="READY", started_at=None)
    return taken


def last_heartbeat_age() -> float | None:
    """Seconds since the youngest heartbeat of any worker; None where there is none."""
    latest = Worker.objects.order_by("-heartbeat_at").values_list("heartbeat_at", flat=True).first()
    return None if latest is None else max(0.0, (timezone.now() - latest).total_seconds())
