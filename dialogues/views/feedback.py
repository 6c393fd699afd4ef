"""`/t/<code>/rueckmeldung/` asks a guest three questions; `/dialoge/<slug>/rueckmeldung/` shows what all answered."""

from __future__ import annotations

import csv as plain_csv
import io

from defusedcsv import csv
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dialogues.domain import feedback
from dialogues.domain.board import actors, seats
from dialogues.forms.feedback import FeedbackForm
from dialogues.models import Board, Event, Participant, Table
from dialogues.permissions import can_moderate
from dialogues.views.events import trail
from dialogues.views.join import COOKIE, refused, same_origin
from dialogues.views.questions import asking
from dialogues.views.results import download
from portal.exceptions import DomainError, NotAllowed

EXCEL = "\ufeff"


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def table_feedback(request: HttpRequest, code: str) -> HttpResponse:
    """The questions on their own page. The script of the phone sends the same form with its token and asks for JSON."""
    wants_json = "application/json" in request.headers.get("Accept", "")
    if request.method == "POST" and not same_origin(request):
        foreign = NotAllowed(_("Diese Anfrage kam von einer fremden Seite."), code="bad_origin")
        return refused(request, foreign, wants_json)
    try:
        table = seats.find_table(code)
    except DomainError as error:
        return refused(request, error, wants_json, code)
    if request.method != "POST":
        return form_page(request, table)
    try:
        feedback.give(
            guest=guest_of(request, table.board),
            board=table.board,
            scale=request.POST.get("scale"),
            yes_no=request.POST.get("yes_no"),
            text=request.POST.get("text", ""),
            with_seat=request.POST.get("with_seat") == "1",
        )
    except DomainError as error:
        return refused(request, error, True) if wants_json else form_page(request, table, error)
    if wants_json:
        return JsonResponse({"message": _("Vielen Dank! Ihre Antworten sind angekommen.")}, status=201)
    return redirect(request.path)


def guest_of(request: HttpRequest, board: Board) -> Participant | None:
    """The guest of the token in the form (phones with script) or of the cookie (without)."""
    token = request.POST.get("token") or request.COOKIES.get(COOKIE, "")
    return actors.find_participant(token, board) if token else None


def form_page(request: HttpRequest, table: Table, error: DomainError | None = None) -> HttpResponse:
    guest = guest_of(request, table.board)
    context = {
        "table": table,
        "board": table.board,
        "event": table.board.event,
        "guest": guest,
        "given": guest is not None and guest.feedback_given,
        "error": error,
        "entered": request.POST,
    } | asking(table.board)
    return render(request, "dialogues/table_feedback.html", context, status=error.status if error else 200)


@never_cache
def event_feedback(request: HttpRequest, slug: str) -> HttpResponse:
    """Numbers and released words for everyone after the last day; for the moderation at any time, with the settings."""
    event, board = event_board(request, slug)
    staff = can_moderate(request.user)
    form = FeedbackForm(request.POST or None, instance=feedback.settings_of(board)) if staff else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            try:
                feedback.word(user=request.user, board=board, changes=form.cleaned_data)
                messages.success(request, _("Die Fragen sind gespeichert."))
                return redirect(request.path)
            except DomainError as error:
                form.add_error(error.field if error.field in form.fields else None, str(error.message))
    found = feedback.summary(board=board, user=request.user, lang=get_language() or "de")
    settings = feedback.settings_of(board)
    context = {
        "event": event,
        "board": board,
        "summary": found,
        "form": form,
        "staff": staff,
        "is_public": feedback.is_over(board, settings),
        "answers_until": feedback.closes_at(board, settings),
        "columns": (_("Antwort"), _("Gäste")),
        "answers": feedback.answers_for_staff(user=request.user, board=board) if staff else [],
        "breadcrumb": trail(event, _("Rückmeldungen")),
    }
    return render(request, "dialogues/feedback.html", context, status=400 if form is not None and form.errors else 200)


@never_cache
def event_feedback_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Every single answer, for the moderation."""
    _event, board = event_board(request, slug)
    if not can_moderate(request.user):
        raise Http404
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";", quoting=plain_csv.QUOTE_MINIMAL)
    writer.writerow(("skala", "ja_nein", "text", "stand", "tisch", "name", "tag", "beispieldaten"))
    for row in feedback.answers_for_staff(user=request.user, board=board):
        seat = row.participant
        writer.writerow(
            (
                row.scale or "",
                "" if row.yes is None else ("ja" if row.yes else "nein"),
                row.text,
                row.get_state_display() if row.text else "",
                seat.table.number if seat else "",
                seat.pseudonym if seat else "",
                row.day.isoformat(),
                "ja" if row.sample else "nein",
            )
        )
    return download(EXCEL + target.getvalue(), "text/csv; charset=utf-8", f"{slug}-rueckmeldungen.csv")


def event_board(request: HttpRequest, slug: str) -> tuple[Event, Board]:
    """The latest board of a visible event; 404 where there is none or nothing to see yet."""
    event = get_object_or_404(Event.objects.visible_to(request.user), slug=slug)
    board = event.boards.order_by("-pk").first()
    if board is None or not (can_moderate(request.user) or has_results(board)):
        raise Http404
    return event, board


def has_results(board: Board) -> bool:
    found = feedback.settings_of(board)
    return feedback.is_asked(board, found) and feedback.is_over(board, found)
