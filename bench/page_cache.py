"""A kept page against the same page uncached, in one process and one run: CPU time per request, five runs in turn.

The whole ASGI application is called as daphne calls it (limits, static door, page cache, Django), without a socket, so
that the ratio is that of the work, not of the network. Run: `.venv/bin/python bench/page_cache.py [--json]`.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RUNS, HITS, MISSES = 5, 2000, 60


def prepare() -> None:
    """A database of its own with the demo's editorial pages."""
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="dhpb-bench-")
    os.environ["DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    sys.path.insert(0, str(ROOT))
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], check=True, env=os.environ)
    code = "from portal.demo import accounts, site; site.build(accounts.build())"
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "shell", "-v0", "-c", code], check=True, env=os.environ)


async def ask(app: Any, headers: list[tuple[bytes, bytes]]) -> tuple[int, dict[bytes, bytes]]:
    sent: list[dict[str, Any]] = []
    queue = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return queue.pop() if queue else await asyncio.sleep(3600, {"type": "http.disconnect"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": "http", "method": "GET",
        "path": "/", "raw_path": b"/", "query_string": b"", "root_path": "", "headers": headers,
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 8000),
    }  # fmt: skip
    await app(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


async def measure(app: Any, count: int, headers: list[tuple[bytes, bytes]], expect: bytes | None) -> float:
    """CPU milliseconds of this process per request."""
    begin = time.process_time()
    for _number in range(count):
        status, answer = await ask(app, headers)
        assert status == 200, status
        assert answer.get(b"x-cache") == expect, answer
    return 1000 * (time.process_time() - begin) / count


async def run() -> dict[str, Any]:
    from portal.asgi import application

    app = application.application_mapping["http"]
    anonymous = [(b"host", b"127.0.0.1:8000"), (b"user-agent", b"bench")]
    someone = [*anonymous, (b"cookie", b"bench=1")]  # passes by the cache: the same page, uncached
    await measure(app, 5, someone, None)
    await ask(app, anonymous)
    hits, misses = [], []
    for _turn in range(RUNS):
        misses.append(await measure(app, MISSES, someone, None))
        hits.append(await measure(app, HITS, anonymous, b"hit"))
    ratios = [miss / hit for hit, miss in zip(hits, misses, strict=True)]
    return {
        "hit_ms": [min(hits), statistics.median(hits), max(hits)],
        "uncached_ms": [min(misses), statistics.median(misses), max(misses)],
        "ratio": [min(ratios), statistics.median(ratios), max(ratios)],
    }


def main() -> None:
    prepare()
    import portal.cache.door as door

    door.PageCache.__init__.__kwdefaults__["max_age"] = 3600.0  # one entry for the whole run
    found = asyncio.run(run())
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for name, (low, middle, high) in found.items():
        print(f"{name:12} median {middle:8.3f}   range {low:.3f} to {high:.3f}")


if __name__ == "__main__":
    main()
