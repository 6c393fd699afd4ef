"""What the moderation forgets by itself: names of connections after two days, addresses after the decision."""

from __future__ import annotations

from datetime import datetime

from portal.comments.models import Notice


def forget_senders(before: datetime, dry_run: bool) -> int:
    """Empties the keyed hashes by which anonymous notices are counted."""
    rows = Notice.objects.exclude(sender="").filter(created_at__lt=before)
    return rows.count() if dry_run else rows.update(sender="")


def forget_addresses(before: datetime, dry_run: bool) -> int:
    """Empties addresses of people who reported without an account, once decided and told."""
    rows = Notice.objects.exclude(email="").filter(reporter=None, decision__created_at__lt=before)
    return rows.count() if dry_run else rows.update(email="")
