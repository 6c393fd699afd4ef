"""Periodic tidying: finished tasks and the retention periods."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

KEEP_FINISHED_TASKS = timedelta(days=3)


def prune_tasks() -> None:
    """Deletes results of finished tasks; failed ones stay longer, so that someone can look at them."""
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_FINISHED_TASKS).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - 10 * KEEP_FINISHED_TASKS).delete()


def run_retention() -> None:
    from portal.accounts.domain import privacy

    privacy.retain()
