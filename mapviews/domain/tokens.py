"""Secrets of sources and stations: shown once, kept as SHA-256 (long and random, so no slow hash)."""

from __future__ import annotations

import hashlib
import hmac
import secrets


def new_token(prefix: str) -> tuple[str, str]:
    """A fresh token and its hash."""
    token = f"{prefix}_{secrets.token_urlsafe(32)}"
    return token, hash_token(token)


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def is_token(candidate: str, hashed: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(hash_token(candidate), hashed)


def bearer(header: str) -> str:
    """The token of an `Authorization: Bearer …` header, empty where it has another form."""
    scheme, _space, token = header.strip().partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def new_osem_id() -> str:
    """24 hex digits, the form of ids that openSenseMap's senders expect."""
    return secrets.token_hex(12)


def new_push_id() -> str:
    """The id a sensor.community device sends as `X-Sensor`. It is its only proof, so it is long and random."""
    return f"dhpb-{secrets.token_hex(12)}"
