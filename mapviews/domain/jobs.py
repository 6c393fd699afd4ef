"""Periodic work of sensors, called by the worker."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from mapviews.domain import rollups
from mapviews.domain.ingest.store import ensure_partitions
from mapviews.models import RawMessage

KEEP_MESSAGES = timedelta(days=30)


def rollup() -> None:
    """Up to 3,000 dirty hours at a time."""
    rollups.refresh(limit=3000)


def partitions() -> None:
    """PostgreSQL: this month's partition and the two that follow."""
    today = int(timezone.now().timestamp() // 86_400)
    ensure_partitions({today, today + 31, today + 62})


def retention() -> None:
    """Messages as they came are kept 30 days: they hold places of gateways."""
    RawMessage.objects.filter(received_at__lt=timezone.now() - KEEP_MESSAGES).delete()
