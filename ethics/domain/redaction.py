"""Passages in double square brackets are for the Council alone; every public door shows a mark in their place."""

from __future__ import annotations

import re

PASSAGE = re.compile(r"\[\[.*?\]\]", re.DOTALL)
MARK = "[geschwärzt]"


def public(text: str) -> str:
    """`text` as outsiders read it. An opening mark without an end hides the rest: rather too much than too little."""
    text = PASSAGE.sub(MARK, text)
    head, found, _rest = text.partition("[[")
    return f"{head}{MARK}" if found else text


def is_redacted(text: str) -> bool:
    return public(text) != text
