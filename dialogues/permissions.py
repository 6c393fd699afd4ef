"""Who may do what with dialogue events and boards; used by views, API, sockets and templates alike."""

from __future__ import annotations

from typing import Any

EDIT_EVENT = "dialogues.change_event"
MODERATE = "dialogues.moderate_board"


def can_edit_event(user: Any) -> bool:
    return bool(user is not None and user.is_active and user.has_perm(EDIT_EVENT))


def can_moderate(user: Any) -> bool:
    """Leads World Cafés: console, rounds, hiding, broadcast, harvest."""
    return bool(user is not None and user.is_active and user.has_perm(MODERATE))
