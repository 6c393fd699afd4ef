"""Who the client is behind trusted proxies: counted from the right of X-Forwarded-For, which a client cannot forge."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings


def trust_proxies(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """ASGI wrapper: with TRUSTED_PROXIES = n the n-th address from the right is the client; with 0 nothing changes."""

    async def wrapped(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if settings.TRUSTED_PROXIES and scope["type"] in {"http", "websocket"}:
            scope = dict(scope) | _forwarded(scope)
        await app(scope, receive, send)

    return wrapped


def _forwarded(scope: dict[str, Any]) -> dict[str, Any]:
    headers: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        headers[name] = headers[name] + b"," + value if name in headers else value
    changed: dict[str, Any] = {}
    addresses = [part.strip() for part in headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")]
    if len(addresses) >= settings.TRUSTED_PROXIES and addresses[-settings.TRUSTED_PROXIES]:
        changed["client"] = [addresses[-settings.TRUSTED_PROXIES], 0]
    if headers.get(b"x-forwarded-proto", b"").split(b",")[-1].strip() == b"https":
        changed["scheme"] = "wss" if scope["type"] == "websocket" else "https"
    return changed
