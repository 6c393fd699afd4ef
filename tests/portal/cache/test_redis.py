"""The generation in Redis: a bump elsewhere is seen; Redis away means nothing is served from the cache."""

from __future__ import annotations

import os

import pytest

from portal.cache.generation import RedisStore


@pytest.mark.services
async def test_bump_by_another_client_is_seen():
    url = os.environ.get("REDIS_URL")
    if not url:
        pytest.skip("REDIS_URL fehlt")
    reader, writer = RedisStore(url), RedisStore(url)
    before = await reader.current()
    writer.bump()
    assert await reader.current() not in ("", before)
    await reader.reader.aclose()


async def test_no_redis_means_no_generation():
    away = RedisStore("redis://127.0.0.1:1/0")
    away.bump()
    assert await away.current() == ""
