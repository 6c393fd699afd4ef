"""Append to the chain, and erase a payload from it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from portal.audit import subjects
from portal.audit.canonical import GENESIS, canonical, instant, salted, sha256
from portal.audit.models import AuditEntry, AuditPayload, StreamHead
from portal.exceptions import DomainError


def record(
    *,
    actor: Any,
    action: str,
    obj: models.Model | None = None,
    stream: str = "main",
    payload: Mapping[str, Any] | None = None,
    version_hash: str = "",
    role: str = "",
) -> AuditEntry:
    """Appends one entry to `stream` inside the caller's transaction, and returns it.

    `action` is `app.past_participle` ("comment.hidden"). `payload` holds values that `canonical` can spell (text, whole
    numbers, times with zone, lists, maps); names and texts of people belong there and nowhere else, since only the
    payload can be erased. Where `obj`'s model is registered in `portal.audit.subjects`, the digest of its state as it
    now stands in the database is stored too, so call this after the write (after a delete: with `obj.pk` put back).
    `role` is the role in which the person acted. Holds the lock on the stream's head until the transaction ends.
    Raises TransactionManagementError outside a transaction, ValueError for an `obj` without primary key.
    """
    return _append(
        actor=actor, action=action, obj=obj, stream=stream, payload=payload, version_hash=version_hash, role=role
    )


def erase(*, actor: Any, entry: AuditEntry, reason: str, role: str = "") -> AuditEntry:
    """Appends an entry that names `entry`, and deletes its payload and salt (Art. 17 GDPR); the chain stays valid.

    `reason` is a key such as `account.erased`, not a text about a person.
    Raises DomainError `already_erased`, and `is_erasure` for an entry that itself reports an erasure.
    """
    if entry.erases_seq is not None:
        raise DomainError("is_erasure", "Der Eintrag über eine Löschung bleibt bestehen.", status=409)
    if AuditEntry.objects.filter(stream=entry.stream, erases_seq=entry.seq).exists():
        raise DomainError("already_erased", "Der Inhalt dieses Eintrags ist schon gelöscht.", status=409)
    erasure = _append(
        actor=actor,
        action="audit.payload_erased",
        obj=None,
        stream=entry.stream,
        payload={"reason": reason},
        role=role,
        erases_seq=entry.seq,
    )
    AuditPayload.objects.filter(entry_id=entry.pk).delete()
    return erasure


def head(stream: str = "main") -> tuple[int, str]:
    """`(seq, hash)` of the stream's last entry, to be printed where nobody can change it; `(0, 64 zeros)` if empty."""
    row = StreamHead.objects.filter(pk=stream).values_list("seq", "hash").first()
    return row or (0, GENESIS)


def entry_hash(entry: AuditEntry) -> str:
    """SHA-256 over the canonical list of everything the header says, the previous hash included."""
    return sha256(
        canonical(
            [
                1,  # version of this list
                entry.stream,
                entry.seq,
                instant(entry.recorded_at),
                entry.actor_id,
                entry.role,
                entry.action,
                entry.object_label,
                entry.object_pk,
                entry.version_hash,
                entry.payload_digest,
                entry.state_digest,
                entry.erases_seq,
                entry.prev_hash,
            ]
        )
    )


def state_of(obj: models.Model) -> str | None:
    """Canonical state of a row as the database has it now; None if its model is not registered or it is gone."""
    subject = subjects.of(obj)
    fresh = subject.rows().filter(pk=obj.pk).first() if subject else None
    return canonical(subject.state(fresh)) if subject and fresh is not None else None


def _append(
    *,
    actor: Any,
    action: str,
    obj: models.Model | None,
    stream: str,
    payload: Mapping[str, Any] | None,
    role: str,
    version_hash: str = "",
    erases_seq: int | None = None,
) -> AuditEntry:
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("audit.record() gehört in die Transaktion des Vorgangs.")
    if obj is not None and obj.pk is None:
        raise ValueError("Der Gegenstand hat keinen Primärschlüssel.")
    last = _locked_head(stream)
    data = canonical(dict(payload) if payload is not None else None)
    state = state_of(obj) if obj is not None else None
    salt = secrets.token_hex(16)
    entry = AuditEntry(
        stream=stream,
        seq=last.seq + 1,
        recorded_at=timezone.now(),
        actor_id=getattr(actor, "pk", None),
        role=role,
        action=action,
        object_label=obj._meta.label if obj is not None else "",
        object_pk=str(obj.pk) if obj is not None else "",
        version_hash=version_hash,
        payload_digest=salted(salt, data),
        state_digest=salted(salt, state) if state is not None else "",
        erases_seq=erases_seq,
        prev_hash=last.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    AuditPayload(entry=entry, salt=salt, data=data).save(force_insert=True)
    StreamHead.objects.filter(pk=stream).update(seq=entry.seq, hash=entry.hash)
    return entry


def _locked_head(stream: str) -> StreamHead:
    """The head row, locked to the end of the transaction (PostgreSQL: row lock; SQLite: IMMEDIATE locks the file)."""
    heads = StreamHead.objects.select_for_update()
    found = heads.filter(pk=stream).first()
    if found is None:
        StreamHead.objects.bulk_create([StreamHead(stream=stream, seq=0, hash=GENESIS)], ignore_conflicts=True)
        found = heads.get(pk=stream)
    return found
