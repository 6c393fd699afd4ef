"""Where the generation is kept: a file for one machine, Redis for several."""

from __future__ import annotations

import logging
import os
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from django.conf import settings

logger = logging.getLogger(__name__)


class Store(Protocol):
    def bump(self) -> None: ...
    async def current(self) -> str: ...


class FileStore:
    """Each bump puts a new random word in place at once. It is read on every hit (about 5 µs): inode and time of change
    alone can repeat within one tick of the file system's clock."""

    def __init__(self, path: Path) -> None:
        self.path = str(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            self.bump()

    def bump(self) -> None:
        token = secrets.token_hex(8)
        fresh = f"{self.path}.{os.getpid()}.{token}"
        try:
            with open(fresh, "w") as handle:
                handle.write(token)
            os.replace(fresh, self.path)
        except OSError:  # disk full: the write that led here is committed; what is kept ends by its own time
            logger.exception("page_cache_bump_failed")

    async def current(self) -> str:
        try:
            descriptor = os.open(self.path, os.O_RDONLY)
        except FileNotFoundError:  # removed by hand: nothing cached is valid until the next bump
            return ""
        try:
            return os.read(descriptor, 32).decode()
        finally:
            os.close(descriptor)


class RedisStore:
    KEY = "dhpb:page-cache:generation"

    def __init__(self, url: str) -> None:
        self.url = url
        self.reader: Any = None

    def bump(self) -> None:
        import redis

        try:
            with redis.Redis.from_url(self.url) as client:
                client.incr(self.KEY)
        except redis.RedisError:  # the write that led here is committed; what is kept ends by its own time
            logger.exception("page_cache_bump_failed")

    async def current(self) -> str:
        import redis.asyncio

        if self.reader is None:
            self.reader = redis.asyncio.Redis.from_url(self.url)
        try:
            return (await self.reader.get(self.KEY) or b"0").decode()
        except redis.RedisError:  # Redis is away: serve nothing from the cache
            return ""


@lru_cache(maxsize=4)
def _store(redis_url: str, path: str) -> Store:
    return RedisStore(redis_url) if redis_url else FileStore(Path(path))


def store() -> Store:
    return _store(settings.REDIS_URL, str(Path(settings.VAR_DIR) / "cache" / "generation"))
