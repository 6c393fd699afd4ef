"""The three questions after an evening, as phone and form page show them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import get_language

from dialogues.domain import feedback
from dialogues.models import Board


def asking(board: Board) -> dict[str, Any]:
    """What the form of the three questions needs. `asked` is whether this evening asks, now or later."""
    found = feedback.settings_of(board)
    asked = feedback.is_asked(board, found) and not feedback.is_over(board, found)
    return {
        "asked": asked,
        "asks_now": asked and feedback.is_open(board, found),
        "questions": feedback.questions(found, get_language() or "de") if asked else {},
        "scale": feedback.SCALE,
        "answers_until": feedback.closes_at(board, found) if asked else None,
    }
