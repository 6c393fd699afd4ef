"""`/dialoge/<slug>/zahlen/`: one evening in numbers; `/dialoge/zahlen/`: the evenings of a year."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from defusedcsv import csv
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain import figures
from dialogues.models import Event
from dialogues.permissions import can_edit_event, can_moderate
from dialogues.views.events import trail
from dialogues.views.results import download, finished_board

EXCEL = "\ufeff"


def evening(request: HttpRequest, slug: str) -> HttpResponse:
    """For everyone once the board is over, for the moderation at any time."""
    board = finished_board(request, slug)
    context = {
        "event": board.event,
        "board": board,
        "evening": figures.evening(board, request.user),
        "breadcrumb": trail(board.event, _("Zahlen")),
    }
    return render(request, "dialogues/figures.html", context)


def evening_csv(request: HttpRequest, slug: str) -> HttpResponse:
    """Long form: what is counted, of what, how many."""
    board = finished_board(request, slug)
    found = figures.evening(board, request.user)
    rows: list[Sequence[object]] = [("gesamt", label, number) for _key, label, number in found.totals]
    rows += [(chart.title, row.label, row.count) for chart in found.charts for row in chart.rows]
    return table(("was", "wovon", "anzahl"), rows, f"{slug}-zahlen.csv", sample=board.sample)


def all_evenings(request: HttpRequest) -> HttpResponse:
    """Sums of the public evenings of a year for everyone; each evening, drafts and workshops too, for the staff."""
    year = chosen_year(request)
    public = figures.evenings(year, AnonymousUser())
    staff = works_on_evenings(request.user)
    totals = figures.totals_of(public)
    context = {
        "year": year,
        "years": figures.years(),
        "totals": [(label, totals[name]) for name, label in labels().items() if name in totals],
        "lines": figures.evenings(year, request.user) if staff else public,
        "labels": labels(),
        "charts": [
            figures.chart(
                name, label, (_("Abend"), label), [(line.event.title, getattr(line, name)) for line in public]
            )
            for name, label in labels().items()
            if name in ("guests", "cards")
        ]
        if public
        else [],
        "staff": staff,
        "sample": any(line.event.sample for line in public),
        "breadcrumb": trail(title=_("Zahlen")),
    }
    return render(request, "dialogues/figures_year.html", context)


def all_evenings_csv(request: HttpRequest) -> HttpResponse:
    year = chosen_year(request)
    staff = works_on_evenings(request.user)
    lines = figures.evenings(year, request.user if staff else AnonymousUser())
    names = figures.COUNTED + (("feedback",) if staff else ())
    rows = [
        (line.event.title, day_of(line.event), line.format, *(getattr(line, name) for name in names)) for line in lines
    ]
    heads = ("abend", "tag", "form", *(str(labels()[name]) for name in names))
    return table(heads, rows, f"dialoge-{year}.csv", sample=any(line.event.sample for line in lines))


def labels() -> dict[str, str]:
    return {
        "evenings": _("Abende"),
        "guests": _("Gäste"),
        "tables": _("Tische"),
        "cards": _("Karten"),
        "dots": _("Punkte"),
        "hidden": _("ausgeblendete Karten"),
        "results": _("Ergebnisse"),
        "contributions": _("Beiträge an die Stadt"),
        "answered": _("davon beantwortet"),
        "feedback": _("Rückmeldungen"),
    }


def chosen_year(request: HttpRequest) -> int:
    """`?jahr=`, else the newest year with an evening, else this one. 404 for what is no year."""
    wanted = request.GET.get("jahr", "")
    if not wanted:
        return next(iter(figures.years()), timezone.localdate().year)
    if not (wanted.isdecimal() and wanted.isascii() and 2000 <= int(wanted[:5]) <= 2100):
        raise Http404
    return int(wanted)


def day_of(event: Event) -> str:
    return timezone.localtime(event.starts_at).date().isoformat()


def works_on_evenings(user: Any) -> bool:
    return can_moderate(user) or can_edit_event(user)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]], name: str, *, sample: bool) -> HttpResponse:
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow((*heads, "beispieldaten"))
    for row in rows:
        writer.writerow((*row, "ja" if sample else "nein"))
    return download(EXCEL + target.getvalue(), "text/csv; charset=utf-8", name)
