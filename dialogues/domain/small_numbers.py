"""Which numbers of a published count stay unsaid, so that nobody can be recognised (k = 5)."""

from __future__ import annotations

from collections.abc import Sequence

from dialogues.models.polls import SMALLEST


def unsaid(counts: Sequence[int], *, exclusive: bool = True) -> set[int]:
    """The places of the counts that are not shown: every one below five.

    Where people chose exactly one answer (`exclusive`) and that leaves one hidden number, the next smallest is hidden
    too, or subtraction from the total would give the first one away.
    """
    hidden = {place for place, count in enumerate(counts) if count < SMALLEST}
    if exclusive and len(hidden) == 1 and len(counts) > 1:
        hidden.add(min((count, place) for place, count in enumerate(counts) if place not in hidden)[1])
    return hidden
