"""Sanitising of what people write: plain text in, safe HTML or plain text out. nh3 is the security boundary.

bleach (end of life June 2026, quadratic on hostile input) only links URLs in text that nh3 has already cleaned and the
caps have already cut; nh3 has the last word on what it returns. One module, one swap.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

import nh3
from bleach.linkifier import Linker  # type: ignore[import-untyped]
from django.utils.safestring import SafeString, mark_safe

MAX_LENGTH = 20_000  # characters; what is longer is cut before anything parses it
MAX_TAGS = 100  # from here on a "<" is a character like any other, so nothing can be nested deeper
MAX_LINKS = 50  # dots and colons that may start a link; from here on nothing is linked
MAX_WORD = 500  # a longer run without a space is never linked
REL = "nofollow ugc noopener"

_BIDI = dict.fromkeys([0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF])
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")  # Unicode's Cc and Cs but newline and tab
_LINK = re.compile(r"https?://|www\.", re.IGNORECASE)
_PARAGRAPH = re.compile(r"\n[ \t]*\n\s*")
_TAGS = {"p", "br", "a"}


def _only_web(attrs: dict[tuple[None, str] | str, str], new: bool = False) -> dict[tuple[None, str] | str, str] | None:
    """Links what was written as a web address, nothing else ("satz.ende" stays text)."""
    text = attrs.get("_text", "")
    return attrs if _LINK.match(text) else None


_linker = Linker(callbacks=[_only_web], parse_email=False)


def normalise(text: str) -> str:
    """One spelling of the same text: NFC, newlines as \\n, without control and direction-changing characters."""
    text = unicodedata.normalize("NFC", text[:MAX_LENGTH]).translate(_BIDI)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", text).strip()


def plain(text: str) -> str:
    """The text without any markup, as characters (not HTML): for mails, feeds and API. At most MAX_LENGTH characters.

    Markup hidden in entities goes too; what resists three rounds loses its angle brackets.
    """
    for _round in range(3):
        stripped = html.unescape(_without_markup(text)).strip()
        if stripped == text:
            return stripped
        text = stripped
    return text if normalise(html.unescape(_without_markup(text))) == text else text.replace("<", "")


def clean_comment(text: str) -> SafeString:
    """Safe HTML of a comment: tags are taken out, web addresses are linked, newlines make paragraphs.

    Never contains anything but p, br and a[href|rel] with http or https addresses; rel is "nofollow ugc noopener".
    Input beyond MAX_LENGTH is cut.
    """
    return _rendered(text[:MAX_LENGTH])


@lru_cache(maxsize=2048)
def _rendered(text: str) -> SafeString:
    cleaned = _without_markup(text)
    blocks = [block.strip().replace("\n", "<br>") for block in _PARAGRAPH.split(cleaned) if block.strip()]
    markup = "".join(f"<p>{block}</p>" for block in blocks)
    if _LINK.search(cleaned) and _is_linkable(cleaned):
        linked = _linker.linkify(markup)
        markup = nh3.clean(linked, tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https"}, link_rel=REL)
    return mark_safe(markup)


def _without_markup(text: str) -> str:
    """HTML-escaped text, cleaned by nh3 with no tag allowed."""
    text = normalise(text)
    if text.count("<") > MAX_TAGS:
        text = text.replace("<", "&lt;")
    return nh3.clean(text, tags=set(), attributes={}, link_rel=None)


def _is_linkable(cleaned: str) -> bool:
    return cleaned.count(".") + cleaned.count(":") <= MAX_LINKS * 10 and max(map(len, cleaned.split())) <= MAX_WORD
