"""Start a rehearsal from the portal: a practice board with invented guests, for people who lead evenings."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from dialogues.domain import worldcafe
from dialogues.permissions import can_moderate

TABLES, GUESTS = 6, 24


@require_POST
def rehearsal_start(request: HttpRequest) -> HttpResponse:
    """Six tables and 24 invented guests, who act while somebody watches the console or the projector."""
    if not can_moderate(request.user):
        raise Http404
    practice = worldcafe.rehearse(tables=TABLES, simulated_guests=GUESTS)
    return redirect("dialogues:rehearsal-console", practice.board.uuid)
