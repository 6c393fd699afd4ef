"""The page cache at the ASGI door: a hit is answered before Django is asked. Rules: docs/explanation/cache.md."""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from portal.cache.generation import Store

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

UNTIL = b"x-cache-until"  # seconds since 1970; set by portal.cache.middleware, never sent out
SAFE_VARY = {b"cookie", b"accept-language", b"accept-encoding"}  # the language is in the path, cookies pass by
UNSAFE = {"POST", "PUT", "PATCH", "DELETE"}


@dataclass(frozen=True, slots=True)
class Entry:
    generation: str
    until: float
    etag: bytes
    headers: Headers
    body: bytes
    size: int


class Pages:
    """Least recently used pages within a budget of bytes."""

    def __init__(self, budget: int) -> None:
        self.budget = budget
        self.used = 0
        self.entries: OrderedDict[tuple[Any, ...], Entry] = OrderedDict()

    def get(self, key: tuple[Any, ...]) -> Entry | None:
        entry = self.entries.get(key)
        if entry is not None:
            self.entries.move_to_end(key)
        return entry

    def put(self, key: tuple[Any, ...], entry: Entry) -> None:
        self.drop(key)
        self.entries[key] = entry
        self.used += entry.size
        while self.used > self.budget:
            _key, old = self.entries.popitem(last=False)
            self.used -= old.size

    def drop(self, key: tuple[Any, ...]) -> None:
        if old := self.entries.pop(key, None):
            self.used -= old.size


class PageCache:
    """Wraps the HTTP app.

    store: the generation. harmless_cookies: names that do not make a visitor someone. trust_proto: whether
    X-Forwarded-Proto is part of the address. skip: path prefixes that are never cached. quiet: path prefixes below
    which a write by a signed-in person does not empty the cache. max_age, seconds: the longest life of an entry.
    """

    def __init__(
        self,
        app: App,
        *,
        store: Store,
        harmless_cookies: Iterable[str] = (),
        trust_proto: bool = False,
        skip: Iterable[str] = (),
        quiet: Iterable[str] = (),
        max_age: float = 60.0,
        max_page: int = 512 * 1024,
        budget: int = 64 * 1024 * 1024,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app = app
        self.store = store
        self.harmless = {name.encode() for name in harmless_cookies}
        self.trust_proto = trust_proto
        self.skip = tuple(skip)
        self.quiet = tuple(quiet)
        self.max_age = max_age
        self.max_page = max_page
        self.clock = clock
        self.pages = Pages(budget)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        key, match = self.read(scope)
        if key is None:
            return await self.app(scope, receive, self.pass_on(scope, send))
        generation = await self.store.current()
        entry = self.pages.get(key)
        if entry is not None:
            if entry.generation == generation and self.clock() < entry.until:
                return await answer(entry, match, scope["method"] == "HEAD", send)
            self.pages.drop(key)
        if scope["method"] == "HEAD" or not generation:
            return await self.app(scope, receive, self.pass_on(scope, send))
        await self.app(scope, receive, Recorder(self, key, generation, send).send)

    def read(self, scope: Scope) -> tuple[tuple[Any, ...] | None, bytes]:
        """The key under which an answer to this request may be cached (None: not at all), and its If-None-Match."""
        if scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(self.skip):
            return None, b""
        host = proto = match = b""
        for name, value in scope["headers"]:
            if name == b"host":
                host = value
            elif name == b"cookie":
                if not self.is_harmless(value):
                    return None, b""
            elif name in (b"authorization", b"range"):
                return None, b""
            elif name == b"if-none-match":
                match = value
            elif name == b"x-forwarded-proto" and self.trust_proto:
                proto = value
        return (scope.get("scheme", "http"), proto, host, scope["path"], scope.get("query_string", b"")), match

    def is_harmless(self, cookies: bytes) -> bool:
        return all(part.split(b"=", 1)[0].strip() in self.harmless for part in cookies.split(b";"))

    def pass_on(self, scope: Scope, send: Send) -> Send:
        """Sends an uncached answer on; after a successful write by someone with a session, empties the cache."""
        wrote = (
            scope["method"] in UNSAFE
            and not scope["path"].startswith(self.quiet)
            and any(name == b"cookie" for name, _value in scope["headers"])
        )
        good = False

        async def forward(message: Message) -> None:
            nonlocal good
            if message["type"] == "http.response.start":
                good = message["status"] < 400
                if wrote and good:  # before the answer leaves: the redirect's page must be fresh
                    self.store.bump()
                message = message | {"headers": without(message["headers"], UNTIL)}
            await send(message)

        return forward


class Recorder:
    """Watches one answer; keeps it if it is a complete page for everyone, else lets it flow untouched."""

    def __init__(self, cache: PageCache, key: tuple[Any, ...], generation: str, send: Send) -> None:
        self.cache = cache
        self.key = key
        self.generation = generation
        self.out = send
        self.start: Message | None = None
        self.parts: list[bytes] = []
        self.until = 0.0

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.until = self.keep_until(message)
            message = message | {"headers": without(message["headers"], UNTIL)}
            if self.until:
                self.start = message
                return
            message["headers"].append((b"x-cache", b"miss"))
        elif self.start is not None and message["type"] == "http.response.body":
            self.parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            return await self.finish(self.start)
        await self.out(message)

    def keep_until(self, message: Message) -> float:
        """Until when this answer may be kept, in seconds since 1970; 0 for not at all."""
        if message["status"] != 200:
            return 0.0
        now = self.cache.clock()
        until = now + self.cache.max_age
        length: int | None = None
        html = False
        for name, value in message["headers"]:
            name = name.lower()
            if name == b"set-cookie":
                return 0.0
            if name == b"cache-control" and (b"private" in value or b"no-store" in value or b"max-age=0" in value):
                return 0.0
            if name == b"vary" and not {part.strip().lower() for part in value.split(b",")} <= SAFE_VARY:
                return 0.0
            if name == b"content-type":
                html = value.startswith(b"text/html")
            elif name == b"content-length":
                length = int(value)
            elif name == UNTIL:
                until = min(until, float(value))
        # no length: a streamed answer
        keep = html and length is not None and 0 < length <= self.cache.max_page and until > now
        return until if keep else 0.0

    async def finish(self, start: Message) -> None:
        body = b"".join(self.parts)
        etag = b'"' + hashlib.blake2b(body, digest_size=12).hexdigest().encode() + b'"'
        headers = [(n.lower(), v) for n, v in start["headers"] if n.lower() not in (b"etag", b"cache-control")]
        headers += [(b"etag", etag), (b"cache-control", b"no-cache")]  # browsers ask each time and get a 304
        if not any(name == b"vary" for name, _value in headers):
            headers.append((b"vary", b"Cookie"))
        size = len(body) + sum(len(n) + len(v) for n, v in headers) + 500
        self.cache.pages.put(self.key, Entry(self.generation, self.until, etag, headers, body, size))
        await self.out(start | {"headers": [*headers, (b"x-cache", b"miss")]})
        await self.out({"type": "http.response.body", "body": body})


def without(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> Headers:
    return [(key, value) for key, value in headers if key.lower() != name]


async def answer(entry: Entry, match: bytes, head: bool, send: Send) -> None:
    """A hit: 304 where the browser has this very page, else the page."""
    headers = [*entry.headers, (b"x-cache", b"hit")]
    if match and any(tag.strip().removeprefix(b"W/") in (entry.etag, b"*") for tag in match.split(b",")):
        headers = [(n, v) for n, v in headers if n not in (b"content-length", b"content-type")]
        await send({"type": "http.response.start", "status": 304, "headers": headers})
        return await send({"type": "http.response.body", "body": b""})
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if head else entry.body})


def page_cache(app: App) -> PageCache:
    """The cache as the settings say."""
    from django.conf import settings

    from portal.cache.generation import store

    return PageCache(
        app,
        store=store(),
        harmless_cookies=[settings.CSRF_COOKIE_NAME],
        trust_proto=bool(getattr(settings, "SECURE_PROXY_SSL_HEADER", None)),
        skip=settings.PAGE_CACHE_SKIP,
        quiet=settings.PAGE_CACHE_QUIET,
    )
