"""Hostile text comes out as safe HTML or plain characters, whatever it is."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from portal.text import MAX_LENGTH, REL, clean_comment, normalise, plain

PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<svg/onload=1>",
    "https://paderborn.de/a?b=1&c=2",
    "http://[::1",
    "www.example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    "<b>",
    "</b>",
    "<",
    ">",
    "&",
    "&lt;script&gt;",
    "&#106;avascript:",
    "\"onmouseover='x'",
    "]]>",
    "<!--",
    "-->",
    "<p>",
    "</p>",
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    "\x00",
    "\u202e",
    "ä",
    " ",
    'https://x.de/"><script>',
    '<a href="https://x.de',
    "<math><mtext><table><mglyph><style><img src=x>",
    '<noscript><p title="</noscript><img src=x onerror=1>">',
    "'",
    '"',
]
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=20)), max_size=30).map("".join)


class Walk(HTMLParser):
    """Collects what a browser would see as elements and attributes."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


@given(hostile)
def test_clean_comment_gives_paragraphs_and_web_links_only(text):
    markup = clean_comment(text)
    assert isinstance(markup, SafeString)
    for tag, attrs in Walk(markup).tags:
        assert tag in {"p", "br", "a"}
        if tag == "a":
            assert set(attrs) <= {"href", "rel"}
            assert attrs["rel"] == REL
            assert re.match(r"https?://", attrs.get("href") or "https://")
        else:
            assert attrs == {}


@given(hostile)
def test_plain_gives_characters_without_markup(text):
    words = plain(text)
    assert Walk(words).tags == []
    assert "<script" not in words.lower()
    assert not {"\x00", "\u202e"} & set(words)
    assert plain(words) == words


@given(hostile)
def test_normalise_is_settled_after_once(text):
    assert normalise(normalise(text)) == normalise(text)


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        ("Eins\nZwei\n\n\nDrei", "<p>Eins<br>Zwei</p><p>Drei</p>"),
        ("1 < 2 & 3 > 2", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("<script>alert(1)</script>Hallo", "<p>Hallo</p>"),
        ("<b>fett</b> <a href='javascript:x'>hier</a>", "<p>fett hier</p>"),
        ("", ""),
        (
            "siehe www.paderborn.de, bitte.",
            f'<p>siehe <a href="http://www.paderborn.de" rel="{REL}">www.paderborn.de</a>, bitte.</p>',
        ),
        ("kein.link und a@b.de", "<p>kein.link und a@b.de</p>"),
    ],
)
def test_clean_comment_of_ordinary_text(text, markup):
    assert clean_comment(text) == markup


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<p>Tom &amp; Jerry</p>", "Tom & Jerry"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", ""),
        ("1 < 2", "1 < 2"),
        (" a\r\nb ", "a\nb"),
    ],
)
def test_plain_of_ordinary_text(text, words):
    assert plain(text) == words


@pytest.mark.parametrize(
    "unit", ["<b>", "<", "&", "http://a.de ", "http://", "www.", "a.", "a@", "\n \n", "a\u0301", "http://a.de/)))"]
)
def test_huge_input_is_cut_by_the_caps(unit):
    """The output stays proportional to the cap, and nesting never gets through."""
    text = unit * (1_000_000 // len(unit))
    markup = clean_comment(text)
    assert len(markup) <= 12 * MAX_LENGTH
    assert len(Walk(markup).tags) <= 4 * MAX_LENGTH
    assert len(plain(text)) <= MAX_LENGTH
