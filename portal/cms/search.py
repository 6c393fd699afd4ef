"""From what someone typed to words, matches and marked text. Nothing here can fail on hostile input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from portal.cms.search_sources import Hit, registered

LONGEST_QUERY = 200
MOST_TERMS = 8
WORD = re.compile(r"[^\W_]{2,40}")


def terms(query: str) -> list[str]:
    """Up to eight different words of two letters and more; nothing is left that an engine could read as an operator."""
    found: dict[str, str] = {}
    for word in WORD.findall(query[:LONGEST_QUERY]):
        found.setdefault(word.casefold(), word)
    return list(found.values())[:MOST_TERMS]


def match(pages: Any, words: list[str]) -> Any:
    """Pages in which each word begins some word, best first. `pages` is already limited to what may be seen."""
    return pages.autocomplete(" ".join(words), operator="and")


def marked(text: str, words: list[str], *, length: int = 240) -> SafeString:
    """An excerpt around the first match, escaped, with the words in <mark>."""
    if not words:
        return format_html("{}", text[:length])
    pattern = re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)), re.IGNORECASE)
    first = pattern.search(text)
    start = max(0, first.start() - length // 3) if first else 0
    cut = text[start : start + length]
    parts, at = [], 0
    for hit in pattern.finditer(cut):
        parts += [(cut[at : hit.start()], "", ""), (cut[hit.start() : hit.end()], "<mark>", "</mark>")]
        at = hit.end()
    parts.append((cut[at:], "", ""))
    body = format_html_join("", "{1}{0}{2}", ((t, SafeString(a), SafeString(b)) for t, a, b in parts))
    return format_html("{}{}{}", "… " if start else "", body, " …" if start + length < len(text) else "")


@dataclass(frozen=True)
class Group:
    key: str
    label: Any
    total: int
    hits: list[tuple[Hit, SafeString, SafeString]]
    more: bool


def groups(query: str, user: Any, *, only: str = "", limit: int = 5) -> list[Group]:
    """Hits of every registered source (or of one), with title and text marked."""
    words = terms(query)
    if not words:
        return []
    found = []
    for key, source in registered().items():
        if only and key != only:
            continue
        result = source.find(words, user, limit)
        hits = [(hit, marked(hit.title, words), marked(hit.text, words)) for hit in result.hits]
        if hits:
            found.append(Group(key, source.label, result.total, hits, result.total > len(hits)))
    return found
