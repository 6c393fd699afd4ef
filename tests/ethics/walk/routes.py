"""Every address of the portal, made concrete: a pattern that cannot be filled is named, never passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
from typing import Any
from urllib.parse import quote

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RegexPattern, RoutePattern

ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
BY_CONVERTER = {
    "int": "1",
    "slug": "x",
    "str": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
    "yyyy": "2026",
}
# Patterns written as regular expressions, with an address that fits each.
REGEX = {
    r"^_util/authenticate_with_password/(\d+)/(\d+)/$": "_util/authenticate_with_password/1/1/",
    r"^((?:[\w\-]+/)*)$": "projekte/",
    r"^confirm-email/(?P<key>[-:\w]+)/$": "confirm-email/x/",
    r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": "password/reset/key/1-x/",
    r"^pages/": "pages/",
    r"^documents/": "documents/",
    r"^images/": "images/",
    r"^.*/$": "gibt-es-nicht/",
    r"(?P<url>.*)$": "gibt-es-nicht",
    r"^(\d+)/(.*)$": "1/x.pdf",
    r"^(?P<provider_id>[^/]+)/": "x/",
}
BY_START = {
    r"^(?P<pk>\d+)/revisions/compare/": "3/revisions/compare/earliest...latest/",
    r"^(?P<app_label>accounts|": "accounts/",
}


def patterns() -> Iterator[tuple[str, str, Any]]:
    """(prefix and route as written, full name, pattern) of every view of the portal."""
    yield from _below(get_resolver(), "", "")


def _below(resolver: URLResolver, prefix: str, space: str) -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        written = prefix + _written(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from _below(entry, written, inner)
        elif isinstance(entry, URLPattern):
            yield written, f"{space}{entry.name or entry.lookup_str}", entry


def _written(pattern: Any) -> str:
    if isinstance(pattern, LocalePrefixPattern):
        return ""
    if isinstance(pattern, RoutePattern):
        return str(pattern._route)
    assert isinstance(pattern, RegexPattern), pattern
    regex = str(pattern._regex)
    started = next((path for start, path in BY_START.items() if regex.startswith(start)), None)
    return REGEX.get(regex) or started or f"REGEX{{{regex}}}"


def addresses(written: str, name: str, values: dict[str, list[Any]]) -> list[str]:
    """Concrete paths; empty where an argument cannot be filled. `values` by "name:argument" or "argument"."""
    if "REGEX{" in written:
        return []
    arguments = ARGUMENT.findall(written)
    choices = []
    for converter, argument in arguments:
        given = values.get(f"{name}:{argument}") or values.get(argument)
        filled = given or ([BY_CONVERTER[converter or "str"]] if (converter or "str") in BY_CONVERTER else [])
        choices.append([str(value) for value in filled])
    paths = []
    for chosen in product(*choices):
        remaining = iter(chosen)
        paths.append("/" + ARGUMENT.sub(lambda _match: quote(next(remaining), safe="/:"), written))  # noqa: B023
    return paths if all(choices) else []
