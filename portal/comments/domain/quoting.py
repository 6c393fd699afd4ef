"""Quote by link: the address of a comment within a text stands for that comment. Pure but for `load`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from portal.comments.enums import State
from portal.comments.models import Comment

MOST = 3  # in one text; further ones stay links
_REST = r"(?![\w])(?:\?[^\s#]{0,100})?(?:#[\w-]{0,40})?"
_LINK = re.compile(
    rf"https?://(?P<host>[\w.:\[\]-]{{1,255}})(?:/[\w-]{{2,12}})?/kommentare/(?P<key>[0-9]{{1,18}})/{_REST}"
    rf"|(?<![\w/.:-])(?:/[\w-]{{2,12}})?/kommentare/(?P<bare>[0-9]{{1,18}})/{_REST}"
    r"|https?://(?P<page_host>[\w.:\[\]-]{1,255})/[^\s#]{0,300}#kommentar-(?P<fragment>[0-9]{1,18})",
    re.ASCII,
)


def keys_of(text: str) -> list[int]:
    """The keys of the comments a text points to, at most three."""
    return [key for _found, key in _quotes(text)]


def without_links(text: str) -> str:
    """The text as the rules about links see it: addresses of comments here are none."""
    return _LINK.sub(lambda found: " " if _key(found) is not None else found[0], text)


def load(comments: Iterable[Comment], *, thread: int) -> dict[int, Comment]:
    """The quoted comments of this thread by key, in one query, or none where nobody quotes.

    Hidden and deleted ones come along, so that a page can say so; those that wait for a decision do not.
    """
    keys = {key for comment in comments if "kommentar" in comment.text for key in keys_of(comment.text)}
    if not keys:
        return {}
    found = Comment.objects.filter(pk__in=keys, thread=thread).exclude(state=State.HELD).select_related("author")
    return {comment.pk: comment for comment in found}


def split(text: str, quoted: Mapping[int, Comment]) -> list[str | Comment]:
    """The text in order, with the comments that stand in the place of their addresses."""
    parts: list[str | Comment] = []
    end = 0
    for found, key in _quotes(text):
        if key in quoted:
            parts += [text[end : found.start()], quoted[key]]
            end = found.end()
    parts.append(text[end:])
    return [part for part in parts if not isinstance(part, str) or part.strip()]


def _quotes(text: str) -> list[tuple[re.Match[str], int]]:
    if "kommentar" not in text:
        return []
    all_keys = ((found, _key(found)) for found in _LINK.finditer(text))
    return [(found, key) for found, key in all_keys if key is not None][:MOST]


def _key(found: re.Match[str]) -> int | None:
    """The comment's key, or None where the address belongs to another site."""
    host = found["host"] or found["page_host"]
    if host is not None:
        ours = [name for name in settings.ALLOWED_HOSTS if name != "*"]
        if not validate_host(split_domain_port(host.lower())[0], ours):
            return None
    return int(found["key"] or found["bare"] or found["fragment"])
