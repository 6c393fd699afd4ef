"""Periodic work of sensors, called by the worker."""

from __future__ import annotations

from django.utils import timezone

from mapviews.domain import alerts, handover, mobile, rollups, spool
from mapviews.domain.classroom import deputy, year
from mapviews.domain.ingest.store import ensure_partitions
from mapviews.domain.uploads import take_up_silent


def rollup() -> None:
    """Up to 3,000 dirty hours at a time."""
    rollups.refresh(limit=3000)


def uploads() -> None:
    """Large files whose run was killed."""
    take_up_silent()


def alarms() -> None:
    """Mails about silent stations and passed limits."""
    alerts.tell()


def mobile_cells() -> None:
    """Months of stations on the move."""
    mobile.publish()


def offers() -> None:
    """Offers of stations that nobody took."""
    handover.forget_expired()


def classrooms() -> None:
    """Two weeks before a class's year ends its teacher hears of it; invitations nobody took go."""
    year.remind()
    deputy.forget_expired()


def spooled() -> None:
    """Messages that came while the database was busy."""
    spool.drain()


def partitions() -> None:
    """PostgreSQL: this month's partition and the two that follow."""
    today = int(timezone.now().timestamp() // 86_400)
    ensure_partitions({today, today + 31, today + 62})
