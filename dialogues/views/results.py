"""What an evening left behind: the board with its replay slider, numbers, downloads; and watching it from home."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.domain.board import actors, exports, history
from dialogues.domain.board.replay import fold
from dialogues.enums import Phase, View
from dialogues.models import Board, Event
from dialogues.permissions import can_moderate
from dialogues.views import after
from dialogues.views.events import trail
from dialogues.views.words import console_words


def finished_board(request: HttpRequest, slug: str) -> Board:
    """The latest board of a visible event once it is over, to the moderation at any time; else 404."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    board = event.boards.order_by("-pk").first()
    if board is None or not (board.phase == Phase.CLOSED or event.results_published_at or can_moderate(request.user)):
        raise Http404
    return board


def board_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The board after its first `bei` events; the script moves the slider without loading the page anew."""
    board = finished_board(request, slug)
    items = history.public_items(board)
    wanted = request.GET.get("bei", "")
    number = min(int(wanted), len(items)) if wanted.isdecimal() and len(wanted) < 9 else len(items)
    found = fold(items[:number])
    cards = [card for card in found.cards.values() if not card["reply_to"]]
    tables: dict[int, list[dict[str, Any]]] = {}
    for card in cards:
        title = found.clusters[card["cluster"]]["title"] if card["cluster"] in found.clusters else ""
        tables.setdefault(card["table"], []).append(card | {"group": title})
    context = {
        "event": board.event,
        "board": board,
        "number": number,
        "total": len(items),
        "at": items[number - 1]["at"] if number else "",
        "tables": sorted(tables.items()),
        "numbers": history.numbers(board),
        "words": console_words(),
        "after": after.links(board.event, board) if board.event else [],
        "breadcrumb": trail(board.event, _("Die Tafel des Abends")),
    }
    return render(request, "dialogues/board.html", context)


def board_csv(request: HttpRequest, slug: str) -> HttpResponse:
    text = exports.csv_text(finished_board(request, slug))
    return download("\ufeff" + text, "text/csv; charset=utf-8", f"{slug}-karten.csv")


def board_json(request: HttpRequest, slug: str) -> HttpResponse:
    text = exports.json_text(finished_board(request, slug))
    return download(text, "application/json; charset=utf-8", f"{slug}-verlauf.json")


def download(text: str, kind: str, name: str) -> HttpResponse:
    return HttpResponse(text, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@never_cache
def observe(request: HttpRequest, slug: str) -> HttpResponse:
    """A running board from home: cards and timer, no names, no codes, nothing to press. 404 unless it is allowed."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    board = event.boards.order_by("-pk").first()
    if board is None or not board.observers_allowed or board.phase == Phase.CLOSED:
        raise Http404
    context = {
        "event": event,
        "board": board,
        "token": actors.board_token(board, View.OBSERVER),
        "cards": list(fold(history.public_items(board)).cards.values()),
        "words": console_words(),
        "breadcrumb": trail(event, _("Von zu Hause zusehen")),
    }
    return render(request, "dialogues/observe.html", context)
