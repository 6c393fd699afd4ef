"""The page cache's one number: the generation. Everyone may call `invalidate()`; the door is `portal.cache.door`.

A cached page is valid while the generation is the one it was rendered under. Every process reads it on each hit (one
small file in `VAR_DIR`, or one GET in Redis), so a worker or a command empties the cache of all servers.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from portal.cache.generation import store


def invalidate(**_kwargs: Any) -> None:
    """Makes every cached page stale, in all processes. Call it from `transaction.on_commit`. Takes signal arguments."""
    store().bump()


def expires_at(request: Any, moment: datetime) -> None:
    """The page rendered for `request` must not be served from the cache after `moment` (the earliest call wins)."""
    known = getattr(request, "cache_expires_at", None)
    request.cache_expires_at = moment if known is None else min(known, moment)
