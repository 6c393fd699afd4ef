"""Texts of the editorial pages: data only, in our own words, with the chapter of the paper each comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Body = list[tuple[str, Any]]
PAPER = "Strategische Leitlinie „Digitale Heimat Paderborn“ (2020)"


@dataclass(frozen=True)
class Text:
    """One page: its words in one language. `extra` are further fields of its page type."""

    slug: str
    title: str
    summary: str
    body: Body = field(default_factory=list)
    source: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def text(*paragraphs: str) -> tuple[str, str]:
    return ("text", "".join(part if part.startswith("<") else f"<p>{part}</p>" for part in paragraphs))


def bullets(*items: str) -> str:
    return "<ul>" + "".join(f"<li>{item}</li>" for item in items) + "</ul>"


def heading(words: str) -> tuple[str, str]:
    return ("heading", words)


def links(title: str, *entries: tuple[str, str, str]) -> tuple[str, Any]:
    """Each entry is (label, address, explanation)."""
    found = [{"label": label, "page": None, "url": url, "text": why} for label, url, why in entries]
    return ("links", {"heading": title, "links": found})


def fill_in(what: str) -> str:
    """A gap that only the city can fill; shown as such, so that nobody takes an invented line for a statement."""
    return f"<b>[Von der Stadt auszufüllen: {what}]</b>"
