"""Bodies are refused by length before they are read, and while counting where no length is given."""

import pytest

from portal.ops.limits import limit_body, limit_for


@pytest.mark.parametrize(
    ("path", "limit"),
    [
        ("/ingest/stadt/", 64 * 1024),
        ("/v1/push-sensor-data/", 1024 * 1024),
        ("/boxes/abc/data", 1024 * 1024),
        ("/sensoren/stationen/x/hochladen/", 55 * 1024 * 1024),
        ("/verwaltung/images/multiple/add/", 55 * 1024 * 1024),
        ("/konto/login/", 2_500_000),
    ],
)
def test_limit_by_path(path, limit):
    assert limit_for(path) == limit


async def run(path, headers, chunks):
    seen, sent = [], []
    queue = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]

    async def app(scope, receive, send):
        for _ in chunks:
            seen.append(len((await receive())["body"]))
        await send({"type": "http.response.start", "status": 200})

    async def receive():
        return queue.pop(0)

    async def send(message):
        sent.append(message)

    await limit_body(app)({"type": "http", "path": path, "headers": headers}, receive, send)
    return seen, sent[0]["status"]


async def test_declared_length_is_refused_before_the_application_runs():
    assert await run("/ingest/x/", [(b"content-length", b"65537")], [b"x"]) == ([], 413)


async def test_counted_length_is_refused_in_the_middle():
    assert await run("/ingest/x/", [], [b"x" * 40_000, b"x" * 40_000]) == ([40_000], 413)


async def test_small_bodies_pass():
    assert await run("/ingest/x/", [(b"content-length", b"2")], [b"xx"]) == ([2], 200)
