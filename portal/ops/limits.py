"""Largest request body by path: asked by the server before it reads, and at the ASGI door for other servers."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

REFUSAL = json.dumps(
    {"code": "too_large", "message": "Die Anfrage ist zu groß. Es wurde nichts gespeichert."}, ensure_ascii=False
).encode()


def limit_for(path: str) -> int:
    """Bytes a request to this path may carry (settings.BODY_LIMITS, else BODY_LIMIT_DEFAULT)."""
    for prefix, limit in settings.BODY_LIMITS:
        if path.startswith(prefix):
            return int(limit)
    return int(settings.BODY_LIMIT_DEFAULT)


class _TooLarge(Exception):
    pass


def limit_body(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """ASGI wrapper: 413 by Content-Length before the application runs, and while counting where there is none."""

    async def limited(scope: Message, receive: Receive, send: Send) -> None:
        limit = limit_for(scope["path"])
        declared = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
        if declared.isdigit() and int(declared) > limit:
            await _refuse(send)
            return
        seen, started = 0, False

        async def counting_receive() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise _TooLarge
            return message

        async def noting_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await app(scope, counting_receive, noting_send)
        except _TooLarge:
            if not started:
                await _refuse(send)

    return limited


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"application/json; charset=utf-8"), (b"content-length", str(len(REFUSAL)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": REFUSAL})
