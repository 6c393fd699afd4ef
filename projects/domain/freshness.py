"""After a write: cached public pages are made anew once the transaction is committed."""

from __future__ import annotations

from django.db import transaction

from portal import cache


def refresh() -> None:
    """Call inside the transaction of a write that changes what the public sees."""
    transaction.on_commit(cache.invalidate)
