"""The planner's further steps: move an event, copy it to another date."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from dialogues.domain import events, series
from dialogues.forms.events import CopyForm, MoveForm
from dialogues.models import Event
from dialogues.views.events import require_editor, trail
from portal.exceptions import DomainError


def event_move(request: HttpRequest, slug: str) -> HttpResponse:
    """Another date; the page then shows the former one and why."""
    event = found(request, slug)
    form = MoveForm(request.POST or None, initial={"starts_at": event.starts_at, "ends_at": event.ends_at})
    if form.is_bound and form.is_valid():
        try:
            events.move_event(user=request.user, event=event, **form.cleaned_data)
            messages.success(request, _("Der Dialog ist verschoben. Die Seite nennt den alten und den neuen Termin."))
            return redirect("dialogues:event-detail", event.slug)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    lead = _("Das Programm verschiebt sich mit. Wer sich angemeldet hat, bekommt eine Mail.")
    return step(request, slug, form, _("Dialog verschieben"), lead, _("Verschieben"))


def event_copy(request: HttpRequest, slug: str) -> HttpResponse:
    """A draft for another date with the same programme, venue and settings."""
    event = found(request, slug)
    form = CopyForm(request.POST or None, initial={"title": event.title})
    if form.is_bound and form.is_valid():
        try:
            copied = series.copy_event(user=request.user, event=event, **form.cleaned_data)
            messages.success(
                request, _("Der neue Termin ist als Entwurf angelegt. Prüfen Sie ihn, bevor alle ihn sehen.")
            )
            return redirect("dialogues:event-detail", copied.slug)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    lead = _("Programm, Ort, Barrierefreiheit, Projekt und Reihe werden übernommen, Ergebnisse und Anmeldungen nicht.")
    return step(request, slug, form, _("Für einen neuen Termin kopieren"), lead, _("Entwurf anlegen"))


def found(request: HttpRequest, slug: str) -> Event:
    require_editor(request)
    return get_object_or_404(Event.objects.select_related("project", "series"), slug=slug)


def step(request: HttpRequest, slug: str, form: Any, title: str, lead: str, button: str) -> HttpResponse:
    event = Event.objects.get(slug=slug)
    context = {
        "form": form,
        "event": event,
        "title": title,
        "lead": lead,
        "button": button,
        "breadcrumb": trail(event, title),
    }
    return render(request, "dialogues/planning_step.html", context, status=400 if form.errors else 200)
