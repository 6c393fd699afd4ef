"""Static files at the ASGI door: Django's own way there costs a thread and the whole middleware for each file."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from whitenoise.base import WhiteNoise

from portal.cache.door import App, Receive, Scope, Send

HASHED = re.compile(r"\.[0-9a-f]{12}\.")  # the name changes with the content: browsers may keep it for ever
CHUNK = 64 * 1024


class StaticDoor:
    """Serves what `collectstatic` put into `root` (read once at start); everything else is the app's, 404 included."""

    def __init__(self, app: App, *, root: Path, prefix: str) -> None:
        self.app = app
        self.prefix = prefix
        self.shelf = WhiteNoise(None, max_age=3600, immutable_file_test=HASHED.pattern, add_headers_function=_headers)
        if root.is_dir():
            self.shelf.add_files(str(root), prefix)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = None
        if scope["type"] == "http" and scope["path"].startswith(self.prefix):
            file = self.shelf.files.get(scope["path"])
        if file is None:
            return await self.app(scope, receive, send)
        response = file.get_response(scope["method"], _environ(scope))
        headers = [(name.lower().encode(), value.encode()) for name, value in response.headers]
        await send({"type": "http.response.start", "status": int(response.status), "headers": headers})
        if response.file is not None:
            with response.file as handle:
                while chunk := handle.read(CHUNK):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def _headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


def _environ(scope: Scope) -> dict[str, Any]:
    """The request's headers as WSGI names them, as whitenoise reads them."""
    return {
        "HTTP_" + name.decode("latin-1").upper().replace("-", "_"): value.decode("latin-1")
        for name, value in scope["headers"]
    }


def static_door(app: App) -> StaticDoor:
    """The door as the settings say."""
    from django.conf import settings

    return StaticDoor(app, root=Path(settings.STATIC_ROOT), prefix=settings.STATIC_URL)
