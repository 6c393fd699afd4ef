"""What an event's page links to when its evening is over: feedback and figures."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.domain import feedback
from dialogues.enums import Phase
from dialogues.models import Board, Event


def links(event: Event, board: Board | None) -> list[dict[str, Any]]:
    """`{"title", "url"}` of pages that this event has for everyone by now."""
    if board is None:
        return []
    found = []
    if board.phase == Phase.CLOSED or event.results_published_at:
        found.append(
            {"title": _("Alle Zahlen des Abends"), "url": reverse("dialogues:event-figures", args=[event.slug])}
        )
    settings = feedback.settings_of(board)
    if feedback.is_asked(board, settings) and feedback.is_over(board, settings):
        url = reverse("dialogues:event-feedback", args=[event.slug])
        found.append({"title": _("Was Gäste zum Abend sagen"), "url": url})
    return found
