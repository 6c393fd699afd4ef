"""The page cache: what it keeps, for whom, until when; and that other processes empty it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from portal.cache.door import PageCache
from portal.cache.generation import FileStore

HTML = (b"content-type", b"text/html; charset=utf-8")


class App:
    """Answers with a number that grows, so that a fresh answer differs from a kept one."""

    def __init__(
        self, *, status: int = 200, headers: tuple[tuple[bytes, bytes], ...] = (HTML,), streamed: bool = False
    ):
        self.calls = 0
        self.status, self.headers, self.streamed = status, list(headers), streamed

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        self.calls += 1
        body = f"Seite {self.calls}".encode()
        headers = list(self.headers)
        if not self.streamed:
            headers.append((b"content-length", str(len(body)).encode()))
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": body[:3], "more_body": True})
        await send({"type": "http.response.body", "body": body[3:]})


class Clock:
    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "cache" / "generation")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(store: FileStore, clock: Clock):
    def make(app: Any, **options: Any) -> PageCache:
        defaults = {"harmless_cookies": ["csrftoken"], "skip": ["/verwaltung/"], "quiet": ["/verwaltung/"]}
        return PageCache(app, store=store, clock=clock, **(defaults | options))

    return make


def ask(
    app: Any, path: str = "/", method: str = "GET", query: str = "", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    named = {"host": "portal.example"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http",
        "scheme": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in named.items()],
    }
    asyncio.run(app(scope, receive, send))
    start = sent[0]
    fields = {name.decode().lower(): value.decode() for name, value in start["headers"]}
    return start["status"], fields, b"".join(message.get("body", b"") for message in sent[1:])


def test_second_visitor_gets_the_kept_page(door):
    app = door(App())
    status, headers, body = ask(app)
    assert (status, headers["x-cache"], body) == (200, "miss", b"Seite 1")
    status, headers, body = ask(app)
    assert (status, headers["x-cache"], body) == (200, "hit", b"Seite 1")
    assert headers["content-length"] == "7"
    assert headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    "other", [{"path": "/b/"}, {"query": "a=1"}, {"host": "anderswo.example"}], ids=["path", "query", "host"]
)
def test_every_address_is_a_page_of_its_own(door, other):
    app = door(App())
    ask(app)
    assert ask(app, **other)[1]["x-cache"] == "miss"


def test_scheme_of_the_proxy_counts_where_it_is_trusted(door):
    app = door(App(), trust_proto=True)
    ask(app, x_forwarded_proto="http")
    assert ask(app, x_forwarded_proto="https")[1]["x-cache"] == "miss"


@pytest.mark.parametrize(
    "someone",
    [
        {"cookie": "sessionid=x"},
        {"cookie": "csrftoken=a; sessionid=x"},
        {"cookie": "tisch=geheim"},
        {"authorization": "Bearer x"},
    ],
)
def test_someone_known_is_never_served_from_the_cache_nor_kept(door, someone):
    inner = App()
    app = door(inner)
    ask(app)
    _status, headers, body = ask(app, **someone)
    assert (headers.get("x-cache"), body) == (None, b"Seite 2")
    assert ask(app)[2] == b"Seite 1"


def test_cookie_of_the_form_protection_makes_nobody_known(door):
    app = door(App())
    ask(app)
    assert ask(app, cookie="csrftoken=abc")[1]["x-cache"] == "hit"


@pytest.mark.parametrize(
    "options",
    [
        {"status": 404},
        {"status": 302},
        {"streamed": True},
        {"headers": ((b"content-type", b"application/json"),)},
        {"headers": (HTML, (b"set-cookie", b"csrftoken=1"))},
        {"headers": (HTML, (b"cache-control", b"private"))},
        {"headers": (HTML, (b"cache-control", b"max-age=0, no-cache, no-store, must-revalidate, private"))},
        {"headers": (HTML, (b"vary", b"Cookie, HX-Request"))},
        {"headers": (HTML, (b"x-cache-until", b"999999"))},
    ],
)
def test_these_answers_are_not_kept(door, options):
    app = door(App(**options))
    first = ask(app)
    assert first[2] == b"Seite 1"
    assert "x-cache-until" not in first[1]
    assert ask(app)[2] == b"Seite 2"


def test_too_large_a_page_is_sent_but_not_kept(door):
    app = door(App(), max_page=3)
    assert ask(app)[2] == b"Seite 1"
    assert ask(app)[2] == b"Seite 2"


def test_pages_of_the_admin_pass_by(door):
    app = door(App())
    ask(app, "/verwaltung/")
    assert "x-cache" not in ask(app, "/verwaltung/")[1]


def test_page_is_forgotten_after_its_time_and_at_the_moment_it_names(door, clock):
    app = door(App())
    ask(app)
    clock.now += 59.9
    assert ask(app)[1]["x-cache"] == "hit"
    clock.now += 0.2
    assert ask(app)[1]["x-cache"] == "miss"
    ending = door(App(headers=(HTML, (b"x-cache-until", b"1000070.000"))))
    clock.now = 1_000_068.0
    ask(ending)
    clock.now = 1_000_069.9
    assert ask(ending)[1]["x-cache"] == "hit"
    clock.now = 1_000_070.0
    assert ask(ending)[1]["x-cache"] == "miss"


def test_bump_empties_at_once(door, store):
    app = door(App())
    ask(app)
    store.bump()
    assert ask(app)[2] == b"Seite 2"
    assert ask(app)[2] == b"Seite 2"


def test_bump_while_a_page_is_rendered_makes_it_stale(door, store):
    inner = App()

    async def slow(scope: Any, receive: Any, send: Any) -> None:
        if inner.calls == 0:
            store.bump()
        await inner(scope, receive, send)

    app = door(slow)
    ask(app)
    assert ask(app)[2] == b"Seite 2"


def test_another_process_empties_the_cache(door, store):
    app = door(App())
    ask(app)
    assert ask(app)[1]["x-cache"] == "hit"
    code = (
        "from pathlib import Path; from portal.cache.generation import FileStore; "
        f"FileStore(Path({store.path!r})).bump()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    assert ask(app)[1]["x-cache"] == "miss"


def test_removed_generation_file_serves_fresh_pages(door, store):
    app = door(App())
    ask(app)
    Path(store.path).unlink()
    assert ask(app)[2] == b"Seite 2"


def test_browser_with_the_same_page_gets_304(door):
    app = door(App())
    etag = ask(app)[1]["etag"]
    status, headers, body = ask(app, if_none_match=etag)
    assert (status, body, headers["etag"]) == (304, b"", etag)
    assert ask(app, if_none_match=f'"other", W/{etag}')[0] == 304
    assert ask(app, if_none_match='"other"')[0] == 200


def test_head_is_answered_without_a_body(door):
    app = door(App())
    ask(app)
    status, headers, body = ask(app, method="HEAD")
    assert (status, headers["x-cache"], headers["content-length"], body) == (200, "hit", "7", b"")


def test_write_by_someone_signed_in_empties_the_cache_before_the_answer_leaves(door):
    app = door(App())
    ask(app)
    ask(app, method="POST", cookie="sessionid=x")
    assert ask(app)[1]["x-cache"] == "miss"


@pytest.mark.parametrize(
    "write",
    [{"cookie": "sessionid=x", "path": "/verwaltung/pages/"}, {}],
    ids=["quiet path", "anonymous"],
)
def test_other_writes_leave_it(door, write):
    app = door(App())
    ask(app)
    ask(app, method="POST", **write)
    assert ask(app)[1]["x-cache"] == "hit"


def test_refused_write_leaves_it(door):
    inner = App()
    app = door(inner)
    ask(app)
    inner.status = 403
    ask(app, method="POST", cookie="sessionid=x")
    assert ask(app)[1]["x-cache"] == "hit"


def test_least_recently_used_pages_go_first(door):
    app = door(App(), budget=1500)
    for path in ("/a/", "/b/", "/a/", "/c/"):
        ask(app, path)
    assert ask(app, "/a/")[1]["x-cache"] == "hit"
    assert ask(app, "/b/")[1]["x-cache"] == "miss"
    assert app.pages.used <= 1500
