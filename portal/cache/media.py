"""Uploaded pictures at the ASGI door. Only folders that are public by nature; documents go through their own view."""

from __future__ import annotations

import mimetypes
import os
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote

from portal.cache.door import App, Receive, Scope, Send

TYPES = {"image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"}
CHUNK = 64 * 1024


class MediaDoor:
    """Streams files below `root`/<folder> for each of `folders`; anything else below `prefix` is the app's (404)."""

    def __init__(self, app: App, *, root: Path, prefix: str, folders: tuple[str, ...]) -> None:
        self.app = app
        self.root = root.resolve()
        self.prefix = prefix
        self.folders = tuple(prefix + folder.strip("/") + "/" for folder in folders)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self.find(scope)
        if file is None:
            return await self.app(scope, receive, send)
        facts = os.stat(file)
        etag = f'"{facts.st_mtime_ns:x}-{facts.st_size:x}"'.encode()
        headers = [
            (b"content-type", (mimetypes.guess_type(file.name)[0] or "").encode()),
            (b"cache-control", b"public, max-age=86400"),
            (b"last-modified", formatdate(facts.st_mtime, usegmt=True).encode()),
            (b"etag", etag),
            (b"x-content-type-options", b"nosniff"),
            (b"content-security-policy", b"default-src 'none'; sandbox"),
        ]
        if any(name == b"if-none-match" and etag in value for name, value in scope["headers"]):
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            return await send({"type": "http.response.body", "body": b""})
        headers.append((b"content-length", str(facts.st_size).encode()))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        if scope["method"] == "GET":
            with open(file, "rb") as handle:
                while chunk := handle.read(CHUNK):
                    await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    def find(self, scope: Scope) -> Path | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        path = unquote(scope["path"])
        if not path.startswith(self.folders) or "\x00" in path:
            return None
        file = (self.root / path.removeprefix(self.prefix)).resolve()
        inside = any(file.is_relative_to(self.root / folder.removeprefix(self.prefix)) for folder in self.folders)
        if not inside or mimetypes.guess_type(file.name)[0] not in TYPES or not file.is_file():
            return None
        return file


def media_door(app: App) -> MediaDoor:
    """The door as the settings say."""
    from django.conf import settings

    return MediaDoor(
        app, root=Path(settings.MEDIA_ROOT), prefix=settings.MEDIA_URL, folders=settings.MEDIA_PUBLIC_FOLDERS
    )
