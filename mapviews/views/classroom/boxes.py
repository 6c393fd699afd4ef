"""Boxes of a class: up to thirty in one form, their cards, taking in and letting go of a station; the set-up page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mapviews import pdf
from mapviews.domain.classroom import boxes
from mapviews.forms.classroom import BoxesForm, BoxesStartForm, BoxRows, CardsForm, TakeStationForm
from mapviews.models import ClassBox, Classroom
from mapviews.views.classroom.access import led
from mapviews.views.own import add_error
from portal.exceptions import DomainError
from portal.qr import qr_svg

PREFIX = "box"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, slug: str) -> HttpResponse:
    """One form for all boxes; the number of rows is asked above it by a form of its own."""
    classroom = led(request, slug)
    start = BoxesStartForm(request.GET if "anzahl" in request.GET else None)
    form = BoxesForm(request.POST if request.method == "POST" else None)
    rows = BoxRows(request.POST, prefix=PREFIX) if request.method == "POST" else _named(classroom, start)
    if request.method == "POST" and form.is_valid() & rows.is_valid() and _register(request, classroom, form, rows):
        return redirect(reverse("mapviews:classroom-lead", args=[slug]) + "#boxen")
    wrong = bool(form.errors) or (rows.is_bound and not rows.is_valid())
    context = {
        "classroom": classroom,
        "start": start,
        "form": form,
        "rows": rows,
        "wrong_rows": [number for number, row in enumerate(rows, 1) if row.errors] if rows.is_bound else [],
        "most": boxes.MOST_BOXES,
    }
    return render(request, "mapviews/classroom/boxes.html", context, status=400 if wrong else 200)


def _named(classroom: Classroom, start: BoxesStartForm) -> Any:
    """Empty rows with the names of the pattern, from the class's next number on."""
    count, pattern = 12, "Box {nr}"
    if start.is_bound and start.is_valid():
        count, pattern = start.cleaned_data["anzahl"], start.cleaned_data["muster"]
    count = max(1, min(count, boxes.MOST_BOXES - classroom.boxes.count()))
    named = boxes.names(pattern, count, first=classroom.boxes.count() + 1)
    rows = BoxRows(prefix=PREFIX, initial=[{"name": name} for name in named])
    return rows


def _register(request: HttpRequest, classroom: Classroom, form: BoxesForm, rows: Any) -> bool:
    chosen = [row for row in rows if row.cleaned_data.get("name", "").strip()]
    try:
        made = boxes.register(request.user, classroom=classroom, rows=[row.row() for row in chosen], **form.values())
    except boxes.RowErrors as error:
        for index, field, message in error.rows:
            chosen[index].add_error(field if field in chosen[index].fields else None, message)
        form.add_error(None, str(error.message))
    except DomainError as error:
        add_error(form, error)
    else:
        text = ngettext("%d Box ist angemeldet.", "%d Boxen sind angemeldet.", len(made)) % len(made)
        messages.success(request, text + " " + _("Drucken Sie jetzt die Karten mit den Schlüsseln."))
        return True
    return False


@login_required
@never_cache
@require_POST
def cards(request: HttpRequest, slug: str) -> HttpResponse:
    """New tokens, printed in the same answer and kept nowhere: as PDF, or as a page with the same content."""
    classroom = led(request, slug)
    rows = list(classroom.boxes.live().select_related("station").order_by("number"))
    form = CardsForm(request.POST, rows=rows)
    if not form.is_valid():
        messages.error(request, _("Bitte wählen Sie mindestens eine Box."))
        return redirect(reverse("mapviews:classroom-lead", args=[slug]) + "#karten")
    made = boxes.cards(request.user, classroom=classroom, numbers=form.cleaned_data["boxes"])
    texts = [_text(request, card) for card in made]
    if request.POST.get("als") == "seite":
        context = {
            "classroom": classroom,
            "cards": [{"text": text, "qr": qr_svg(f"{text.setup_url}#{text.token}")} for text in texts],
        }
        return render(request, "mapviews/classroom/cards.html", context)
    twin = request.build_absolute_uri(reverse("mapviews:classroom-lead", args=[slug]))
    body = pdf.token_cards(texts, title=classroom.name, twin=twin, sample=classroom.sample)
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="karten-{classroom.slug}.pdf"'
    return response


def _text(request: HttpRequest, card: boxes.Card) -> pdf.CardText:
    station = card.box.station
    url = request.build_absolute_uri(reverse("mapviews:station-setup", args=[station.uuid]))
    labels = ", ".join(channel.label for channel in station.channels.select_related("phenomenon"))
    return pdf.CardText(station.name, card.token, url, labels)


@login_required
@require_POST
def take(request: HttpRequest, slug: str) -> HttpResponse:
    """A station the teacher has already."""
    classroom = led(request, slug)
    form = TakeStationForm(request.POST, user=request.user)
    try:
        if form.is_valid():
            boxes.take(request.user, classroom=classroom, station=form.cleaned_data["station"])
            messages.success(request, _("Die Station gehört jetzt zur Klasse."))
        else:
            messages.error(request, _("Bitte wählen Sie eine Ihrer Stationen."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect(reverse("mapviews:classroom-lead", args=[slug]) + "#boxen")


@login_required
@require_POST
def release(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    rows = ClassBox.objects.select_related("station", "classroom")
    box = get_object_or_404(rows, classroom=led(request, slug), number=number)
    boxes.release(request.user, box=box)
    messages.success(request, _("Die Station gehört nicht mehr zur Klasse. Sie steht weiter unter „Meine Stationen“."))
    return redirect(reverse("mapviews:classroom-lead", args=[slug]) + "#boxen")


@never_cache
@require_safe
def setup(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """What a card leads to: how this box sends. Who holds the card knows the address; the token stays behind `#`."""
    box = get_object_or_404(ClassBox.objects.live().select_related("station"), station__uuid=uuid)
    station = box.station
    context = {
        "station": station,
        "host": request.get_host().partition(":")[0],
        "channels": list(station.channels.select_related("phenomenon")),
    }
    return render(request, "mapviews/classroom/setup.html", context)
