"""One spelling for every value, so that a digest can be recomputed years later and by other programs.

The rules stand in docs/explanation/audit.md.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from django.utils.functional import Promise

GENESIS = "0" * 64


def canonical(value: Any) -> str:
    """JSON with sorted keys, no spaces, ASCII only, times in UTC with microseconds. TypeError for anything else."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True, allow_nan=False, default=_plain)


def instant(moment: datetime) -> str:
    """`2026-11-22T18:03:11.120000Z`; a time without zone is refused."""
    if moment.tzinfo is None:
        raise TypeError("Zeitangabe ohne Zeitzone")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def salted(salt: str, data: str) -> str:
    """SHA-256(salt || canonical JSON); the salt as its 32 hexadecimal digits."""
    return sha256(salt + data)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID | Promise):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} hat keine feste Schreibweise")
