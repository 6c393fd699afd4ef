"""The projector in the hall: read only, large, dark, with the way to join always visible."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache

from dialogues.domain.board import actors, state
from dialogues.enums import View
from dialogues.models import Board, Event
from dialogues.permissions import can_moderate
from dialogues.views.qr import hall_code, table_codes
from dialogues.views.words import console_words

FEW = 4
"""Up to so many tables each has its own QR code on the wall; above, one code leads to the choice of table."""


@never_cache
def event_projector(request: HttpRequest, slug: str) -> HttpResponse:
    event = get_object_or_404(Event, slug=slug)
    board = event.boards.order_by("-pk").first()
    token = request.GET.get("token", "")
    if board is None or not may_show(request, board, token):
        raise Http404
    return show(request, board, token)


@never_cache
def rehearsal_projector(request: HttpRequest, board: UUID) -> HttpResponse:
    found = get_object_or_404(Board, uuid=board)
    token = request.GET.get("token", "")
    if not may_show(request, found, token):
        raise Http404
    return show(request, found, token)


def may_show(request: HttpRequest, board: Board, token: str) -> bool:
    return actors.find_view(token, board) is not None or can_moderate(request.user)


def show(request: HttpRequest, board: Board, token: str) -> HttpResponse:
    """The socket of this page always gets the projector's view, also where a moderator opened it."""
    if actors.find_view(token, board) != View.PROJECTOR:
        token = actors.board_token(board, View.PROJECTOR)
    tables = table_codes(request, board)
    context: dict[str, Any] = {
        "board": board,
        "event": board.event,
        "token": token,
        "snapshot": state.load_snapshot(board.pk, View.PROJECTOR, None),
        "codes": tables if len(tables) <= FEW else [hall_code(request, board)],
        "is_few": len(tables) <= FEW,
        "host": request.get_host(),
        "words": console_words(),
    }
    return render(request, "dialogues/projector.html", context)
