"""Find words within one talk."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from portal.comments.enums import State
from portal.comments.models import Comment
from portal.text import normalise

MOST_WORDS, LONGEST = 5, 100


def words_of(typed: str) -> tuple[str, ...]:
    """At most five words of what was typed."""
    return tuple(normalise(typed[:LONGEST]).split()[:MOST_WORDS])


def matching(words: Iterable[str]) -> Q:
    """Visible comments whose text holds every word, in small or capital letters."""
    found = Q(state=State.VISIBLE)
    for word in words:
        found &= _holds(word)
    return found


def with_thread(words: tuple[str, ...]) -> Q:
    """Comments that match, or one of whose answers does."""
    answers = Comment.objects.filter(matching(words), parent=OuterRef("pk"))
    return matching(words) | Q(Exists(answers))


def _holds(word: str) -> Q:
    """SQLite folds only ASCII letters, so words with others are sought in each way people write them."""
    ways = {word} if word.isascii() else {word, word.lower(), word.upper(), word.capitalize()}
    found = Q()
    for way in sorted(ways):
        found |= Q(text__icontains=way)
    return found
