"""Find one link of the chain by its hash, for the public check of a printed anchor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from portal.audit.canonical import GENESIS
from portal.audit.domain.chain import entry_hash
from portal.audit.models import AuditEntry


@dataclass(frozen=True)
class Link:
    """`intact`: its header still hashes to itself, and the link before it is the one it names."""

    stream: str
    seq: int
    recorded_at: datetime
    intact: bool


def find(hash_: str) -> Link | None:
    """The entry with this hash (64 lower-case digits), or None: it never was, or the chain was rewritten."""
    entry = AuditEntry.objects.filter(hash=hash_).first()
    if entry is None:
        return None
    before = AuditEntry.objects.filter(stream=entry.stream, seq=entry.seq - 1).values_list("hash", flat=True).first()
    intact = entry_hash(entry) == entry.hash and entry.prev_hash == (before or GENESIS)
    return Link(entry.stream, entry.seq, entry.recorded_at, intact)
