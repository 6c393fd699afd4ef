"""Who does the background work right now."""

from __future__ import annotations

from django.db import models


class Worker(models.Model):
    """A living worker process; a row with an old heartbeat belongs to a dead one."""

    worker_id = models.CharField(max_length=64, unique=True)
    started_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker_id


class Lease(models.Model):
    """The right to run the periodic jobs: held by one worker until `expires_at`, renewed by its heartbeat."""

    name = models.CharField(max_length=40, unique=True)
    holder = models.CharField(max_length=64)
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder}"
