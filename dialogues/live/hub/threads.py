"""The two database threads of the hub, and the clock that clients set theirs by."""

from __future__ import annotations

from django.utils import timezone

from portal.live import DatabaseThread
from portal.rest import timestamp

commands = DatabaseThread("board-commands")
reads = DatabaseThread("board-reads")


def server_time() -> str:
    """RFC 3339 UTC with milliseconds."""
    return timestamp(timezone.now()) or ""
