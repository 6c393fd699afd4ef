"""`/dialoge/reihen/…`: what a series is about, its next and its past dates; the staff's form."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from dialogues.domain import listing
from dialogues.domain import series as domain
from dialogues.enums import EventStatus
from dialogues.forms.events import SeriesForm
from dialogues.models import Event, Series
from dialogues.permissions import can_edit_event
from dialogues.views.calendar import subscription
from dialogues.views.events import require_editor, trail
from dialogues.views.schema import data_block, series_schema
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    shown = Series.objects.visible_to(request.user)
    context = {
        "series": list(shown),
        "can_edit": can_edit_event(request.user),
        "breadcrumb": trail(None, _("Reihen")),
    }
    return render(request, "dialogues/series_list.html", context)


@require_safe
def series_detail(request: HttpRequest, slug: str) -> HttpResponse:
    series = get_object_or_404(Series.objects.visible_to(request.user), slug=slug)
    events = Event.objects.visible_to(request.user).filter(series=series).select_related("project", "series")
    upcoming = list(events.upcoming())
    context = {
        "series": series,
        "upcoming": upcoming,
        "next_event": next((event for event in upcoming if event.status == EventStatus.PUBLISHED), None),
        "past": list(events.past()[:50]),
        "calendar": subscription(request, listing.EventFilters(series=series.slug)),
        "schema": data_block(series_schema(request, series) | {"description": series.description}),
        "can_edit": can_edit_event(request.user),
        "breadcrumb": [*trail(None), reihen(), {"title": series.title, "url": ""}],
    }
    return render(request, "dialogues/series_detail.html", context)


def series_new(request: HttpRequest) -> HttpResponse:
    require_editor(request)
    return edit(request, None)


def series_edit(request: HttpRequest, slug: str) -> HttpResponse:
    require_editor(request)
    return edit(request, get_object_or_404(Series, slug=slug))


def edit(request: HttpRequest, series: Series | None) -> HttpResponse:
    initial = {"title": series.title, "description": series.description} if series else {}
    form = SeriesForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            if series is None:
                saved = domain.create_series(user=request.user, **form.cleaned_data)
            else:
                saved = domain.change_series(user=request.user, series=series, changes=form.cleaned_data)
            messages.success(request, _("Die Reihe ist gespeichert."))
            return redirect("dialogues:series-detail", saved.slug)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    title = _("Reihe bearbeiten") if series else _("Neue Reihe")
    context = {
        "form": form,
        "title": title,
        "button": _("Speichern"),
        "back": local_path(series.get_absolute_url()) if series else local_path("/dialoge/reihen/"),
        "breadcrumb": [*trail(None), reihen(), {"title": title, "url": ""}],
    }
    return render(request, "dialogues/planning_step.html", context, status=400 if form.errors else 200)


def reihen() -> dict[str, str]:
    return {"title": _("Reihen"), "url": local_path("/dialoge/reihen/")}
