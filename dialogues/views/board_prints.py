"""Sheets for the evening and after it: the rotation plan, blank cards, the minutes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dialogues.domain.board import exports, history, rotation
from dialogues.models import Board, Event
from dialogues.views.console import Desk, event_desk, rehearsal_desk
from dialogues.views.events import trail
from dialogues.views.results import finished_board
from portal import pdf

CARDS_A_SHEET = 4
SHEETS = 5


@never_cache
def event_plan(request: HttpRequest, slug: str) -> HttpResponse:
    return plan(request, event_desk(request, slug))


@never_cache
def rehearsal_plan(request: HttpRequest, board: UUID) -> HttpResponse:
    return plan(request, rehearsal_desk(request, board))


@never_cache
def event_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    return blank_cards(request, event_desk(request, slug))


@never_cache
def rehearsal_sheet(request: HttpRequest, board: UUID) -> HttpResponse:
    return blank_cards(request, rehearsal_desk(request, board))


def plan(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Who sits where in which round; as PDF with `?als=pdf`."""
    if desk.board is None:
        raise Http404
    rows = rotation.sheet(desk.board)
    first = (desk.board.rotation or {}).get("first", 1)
    rounds = [first + number for number in range(len(rows[0][1]) if rows else 0)]
    if request.GET.get("als") == "pdf":
        return plan_pdf(request, desk.board, [(guest.pseudonym, tables) for guest, tables in rows], rounds)
    context = {
        "desk": desk,
        "board": desk.board,
        "event": desk.event,
        "rows": rows,
        "rounds": rounds,
        "breadcrumb": trail(desk.event, _("Plan der Tische")),
    }
    return render(request, "dialogues/plan.html", context)


def plan_pdf(request: HttpRequest, board: Board, rows: list[tuple[str, list[int]]], rounds: list[int]) -> HttpResponse:
    parts = [pdf.title(_("Plan der Tische")), pdf.lead(board.title)]
    for name, tables in rows:
        pairs = zip(rounds, tables, strict=True)
        places = [_("Runde %(round)d: Tisch %(table)d") % {"round": round_, "table": table} for round_, table in pairs]
        parts += [pdf.facts([(name, "   ".join(places))])]
    twin = request.build_absolute_uri(request.path)
    return as_pdf(pdf.build(parts, name=board.title, area=_("World Café"), twin=twin, sample=board.sample), "tischplan")


def blank_cards(request: HttpRequest, desk: Desk) -> HttpResponse:
    """Cards to write on by hand, four on a sheet, with the fields that are typed in afterwards."""
    if desk.board is None:
        raise Http404
    board = desk.board
    question = board.rounds.exclude(question="").values_list("question", flat=True).first() or ""
    parts = []
    for _number in range(CARDS_A_SHEET * SHEETS):
        head = pdf.facts([(_("Tisch / Runde"), "____ / ____"), (_("Art"), _("○ Idee     ○ Frage     ○ Bedenken"))])
        parts.append(pdf.together([pdf.heading(question or board.title), head, pdf.gap(28)]))
    twin = request.build_absolute_uri(desk.base)
    name = _("Leere Karten")
    return as_pdf(pdf.build(parts, name=name, area=board.title, twin=twin, sample=board.sample), "kartenbogen")


def minutes_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The minutes of an evening: numbers, results, all visible cards by table."""
    board = finished_board(request, slug)
    event = board.event
    assert event is not None
    numbers = history.numbers(board)
    parts = [pdf.title(_("Protokoll: %(title)s") % {"title": event.title})]
    when = timezone.localtime(event.starts_at).strftime("%d.%m.%Y, %H:%M")
    parts.append(
        pdf.facts(
            [
                (_("Beginn"), when),
                (_("Ort"), event.venue or "–"),
                (_("Gäste"), numbers["guests"]),
                (_("Tische"), numbers["tables"]),
                (_("Runden"), numbers["rounds"]),
                (_("Karten"), numbers["cards"]),
                (_("Punkte"), numbers["dots"]),
                *[(_("Ausgeblendet: %(reason)s") % {"reason": reason}, n) for reason, n in numbers["hidden"].items()],
            ]
        )
    )
    parts += results_of(event)
    parts += cards_of(board)
    twin = request.build_absolute_uri(request.path.replace("protokoll.pdf", "tafel/"))
    return as_pdf(pdf.build(parts, name=event.title, area=_("Bürger-DigiLog"), twin=twin, sample=board.sample), slug)


def results_of(event: Event) -> list[pdf.Flowable]:
    results = [result.text for result in event.results.filter(published_at__isnull=False)]
    if not results:
        return []
    words = pdf.paragraph(event.results_summary)
    return [pdf.heading(_("Ergebnisse")), *words, pdf.numbered([[text] for text in results])]


def cards_of(board: Board) -> list[pdf.Flowable]:
    parts: list[pdf.Flowable] = []
    rows = sorted(exports.rows(board), key=lambda row: (row["tisch"], row["runde"] or 0))
    for table in sorted({row["tisch"] for row in rows}):
        parts.append(pdf.heading(_("Tisch %(number)d") % {"number": table}))
        here = [row for row in rows if row["tisch"] == table]
        parts.append(pdf.numbered([[row["text"], describe(row)] for row in here]))
    return parts


def describe(row: dict[str, object]) -> str:
    words = [str(row["art"]), _("Runde %(number)s") % {"number": row["runde"] or "–"}]
    words += [_("Punkte: %(total)s") % {"total": row["punkte"]}] if row["punkte"] else []
    words += [_("Gruppe: %(title)s") % {"title": row["gruppe"]}] if row["gruppe"] else []
    return " · ".join(words)


def as_pdf(data: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}.pdf"'}
    return HttpResponse(data, content_type="application/pdf", headers=headers)
