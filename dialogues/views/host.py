"""`/t/<code>/ergebnis/`: the host of a table proposes a result, by the form or by the script of the phone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from dialogues.domain import proposals
from dialogues.domain.board import seats
from dialogues.domain.board.context import as_uuid
from dialogues.views.feedback import guest_of
from dialogues.views.join import refused, same_origin, show
from portal.exceptions import DomainError, NotAllowed


@csrf_exempt
@never_cache
@require_POST
def table_propose(request: HttpRequest, code: str) -> HttpResponse:
    wants_json = "application/json" in request.headers.get("Accept", "")
    if not same_origin(request):
        foreign = NotAllowed(_("Diese Anfrage kam von einer fremden Seite."), code="bad_origin")
        return refused(request, foreign, wants_json)
    try:
        table = seats.find_table(code)
    except DomainError as error:
        return refused(request, error, wants_json, code)
    try:
        source = as_uuid(request.POST.get("source"), "source")
        guest, text = guest_of(request, table.board), request.POST.get("text", "")
        proposals.propose(guest=guest, board=table.board, source=source, text=text)
    except DomainError as error:
        return refused(request, error, True) if wants_json else show(request, table, error=error)
    if wants_json:
        return JsonResponse({"message": _("Vorgeschlagen. Die Moderation entscheidet.")}, status=201)
    return redirect(table.get_absolute_url() + "#karten")
