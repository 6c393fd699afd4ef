"""Paper for an event: the poster for everyone, the cards on the tables for those who lead the evening."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dialogues.pdf import posters
from dialogues.views.board_prints import as_pdf
from dialogues.views.console import Desk, event_desk, rehearsal_desk
from dialogues.views.events import visible
from portal.templatetags.portal_ui import local_path


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """`?format=a3` for the notice board, else A4. Drafts only for editors."""
    event = visible(request, slug)
    size = request.GET.get("format", "a4").lower()
    page = request.build_absolute_uri(local_path(event.get_absolute_url()))
    shown = page.partition("://")[2].rstrip("/")
    points = list(event.points.all())
    known = size if size in posters.FORMATS else "a4"
    return as_pdf(posters.poster(event, points, size=known, page=page, shown_page=shown), f"plakat-{event.slug}")


@require_safe
@never_cache
def table_cards(request: HttpRequest, slug: str) -> HttpResponse:
    return cards(request, event_desk(request, slug))


@require_safe
@never_cache
def rehearsal_table_cards(request: HttpRequest, board: UUID) -> HttpResponse:
    return cards(request, rehearsal_desk(request, board))


def cards(request: HttpRequest, desk: Desk) -> HttpResponse:
    """One sheet a table with number, code and QR code, folded to stand."""
    if desk.board is None:
        raise Http404
    tables = [
        (table.number, table.code, request.build_absolute_uri(f"/t/{table.code}/"))
        for table in desk.board.tables.order_by("number")
    ]
    address = f"{request.get_host()}/t/"
    title = desk.event.title if desk.event else desk.board.title
    data = posters.table_cards(tables, title=title, short_address=address, sample=desk.board.sample)
    return as_pdf(data, "tischkarten")
