"""The history of a comment: its wordings, newest first, and what changed from one to the next."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from portal.comments import rules
from portal.comments.models import Comment
from portal.text import plain

MOST_COMPARED = 300  # words; where more changed, the passage counts as replaced
_WORD = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True)
class Part:
    """A run of characters that stayed, went or came."""

    kind: Literal["same", "gone", "new"]
    text: str


@dataclass(frozen=True)
class Version:
    """A wording from `since` on. `parts` compare it with the one before; None where a rule keeps it from the public."""

    since: datetime
    parts: list[Part] | None


def of(comment: Comment, *, all_of_them: bool = False) -> list[Version]:
    """All wordings, newest first. An earlier one with words that a rule holds back is for the moderation alone."""
    earlier = list(comment.revisions.order_by("replaced_at", "pk"))
    texts = [revision.text for revision in earlier] + [comment.text]
    since = [comment.created_at, *(revision.replaced_at for revision in earlier)]
    held = [not all_of_them and rules.hit(text) is not None for text in texts[:-1]] + [False]
    found = []
    for number, text in enumerate(texts):
        if held[number]:
            found.append(Version(since[number], None))
        elif number == 0 or held[number - 1]:
            found.append(Version(since[number], [Part("same", plain(text))]))
        else:
            found.append(Version(since[number], changes(plain(texts[number - 1]), plain(text))))
    return found[::-1]


def changes(before: str, after: str) -> list[Part]:
    """What to strike from `before` and what to insert to get `after`, by words."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    parts = [("same", old[:head]), *_compare(middle_old, middle_new), ("same", old[len(old) - tail :])]
    return [Part(kind, "".join(words)) for kind, words in parts if words]


def _compare(old: list[str], new: list[str]) -> list[tuple[Literal["same", "gone", "new"], list[str]]]:
    if max(len(old), len(new)) > MOST_COMPARED:
        return [("gone", old), ("new", new)]
    parts: list[tuple[Literal["same", "gone", "new"], list[str]]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        parts += [("same", old[i:j])] if tag == "equal" else [("gone", old[i:j]), ("new", new[k:m])]
    return parts


def _common(one: list[str], other: list[str]) -> int:
    """How many words at the beginning are the same."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
