"""`/dialoge/`: what is coming, what was, and one event with its programme, results and talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dialogues.domain import events, listing, programme, venues
from dialogues.domain.series import next_in_series
from dialogues.enums import CardState, EventKind, EventStatus, Phase, Stage
from dialogues.forms.events import CancelForm, EventForm
from dialogues.forms.listing import EventFilterForm
from dialogues.forms.programme import ACTION, COUNT, ProgrammeRows
from dialogues.models import Event, OnlineDialogue, Series
from dialogues.permissions import can_answer_somewhere, can_edit_event, can_moderate, can_release, can_run
from dialogues.views import after
from dialogues.views.calendar import subscription
from dialogues.views.registration.panel import panel
from dialogues.views.schema import data_block, event_schema
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path
from projects.models import Project

PAST_SHOWN = 50
ABOUT = ("title", "topic", "question", "project", "area", "series", "circle")
ARRIVAL = ("directions", "access", "accessibility", "stream_url")


def event_list(request: HttpRequest) -> HttpResponse:
    """Upcoming events by date, then the past ones, narrowed by the filters; drafts only for editors."""
    filters = listing.filters_from(request.GET)
    everything = Event.objects.visible_to(request.user)
    shown = listing.narrowed(everything.select_related("project", "series"), filters)
    form = EventFilterForm(filters, **choices(everything))
    online = OnlineDialogue.objects.none() if filters.is_active else OnlineDialogue.objects.visible_to(request.user)
    return render(
        request,
        "dialogues/event_list.html",
        {
            "upcoming": list(shown.upcoming()),
            "past": list(shown.past()[:PAST_SHOWN]),
            "dialogues": open_first(online),
            "form": form,
            "filters": filters,
            "chips": form.chips(filters),
            "calendar": subscription(request, filters),
            "can_edit": can_edit_event(request.user),
            "can_moderate": can_moderate(request.user),
            "can_run": can_run(request.user),
            "can_release": can_release(request.user),
            "can_answer": can_answer_somewhere(request.user),
            "breadcrumb": trail(),
        },
    )


def choices(shown: Any) -> dict[str, dict[str, str]]:
    """Projects and series that have an event, by short name; two queries."""
    projects = Project.objects.filter(dialogue_events__in=shown).distinct().order_by("title")
    series = Series.objects.filter(events__in=shown).distinct()
    return {
        "projects": dict(projects.values_list("slug", "title")),
        "series": dict(series.values_list("slug", "title")),
    }


def open_first(dialogues: Any) -> list[OnlineDialogue]:
    """Running ones first, those that close next on top; then announced ones; closed ones last."""
    order = {Stage.BEFORE: 1, Stage.CLOSED: 2}
    return sorted(dialogues[:PAST_SHOWN], key=lambda item: (order.get(item.stage, 0), item.closes_at))


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = visible(request, slug)
    board = event.boards.order_by("-pk").first()
    points = list(event.points.prefetch_related("speakers"))
    for point in points:
        point.event = event  # the clock of a point is read from the event, which is here already
    return render(
        request,
        "dialogues/event_detail.html",
        {
            "event": event,
            "results": event.results.filter(published_at__isnull=False)
            .exclude(card__state=CardState.HIDDEN)
            .select_related("card"),
            "facts": facts(event),
            "points": points,
            "map_points": venues.map_point(event),
            "stream_host": venues.stream_host(event),
            "next_event": next_in_series(event, request.user),
            "schema": data_block(event_schema(request, event, points)) if event.is_public else "",
            "cancel_form": CancelForm(auto_id="absage-%s"),
            "badges": badges(event),
            "is_running": board is not None and board.phase not in (Phase.CLOSED, Phase.LOBBY),
            "board": board,
            "after": after.links(event, board),
            "registration": panel(request, event),
            "can_edit": can_edit_event(request.user),
            "can_moderate": can_moderate(request.user),
            "breadcrumb": trail(event),
        },
    )


def event_new(request: HttpRequest) -> HttpResponse:
    require_editor(request)
    return edit(request, None)


def event_edit(request: HttpRequest, slug: str) -> HttpResponse:
    require_editor(request)
    return edit(request, get_object_or_404(Event, slug=slug))


def edit(request: HttpRequest, event: Event | None) -> HttpResponse:
    """One form with the rows of the programme; a button of a row only rearranges what was typed, nothing is saved."""
    projects = Project.objects.visible_to(request.user).order_by("title")
    form = EventForm(request.POST or None, instance=event, projects=projects)
    rows = (
        ProgrammeRows(request.POST) if form.is_bound else ProgrammeRows(points=programme.read(event) if event else ())
    )
    if form.is_bound and ACTION in request.POST:
        form.full_clean()  # for the beginning, from which the usual programme counts
        rows = ProgrammeRows.acted(request.POST, request.POST[ACTION], form.cleaned_data.get("starts_at"))
        form.quiet()
    elif form.is_bound and valid(form, rows):
        try:
            points = rows.points() if COUNT in request.POST else None  # a form without rows leaves the programme alone
            saved = save(request, event, form.cleaned_data, points)
            return redirect("dialogues:event-detail", saved.slug)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    title = _("Dialog bearbeiten") if event else _("Neuer Dialog")
    shown = Event.objects.filter(pk=event.pk).first() if event else None  # the form has written into `event`
    context = {
        "form": form,
        "about": [form[name] for name in ABOUT],
        "arrival": [form[name] for name in ARRIVAL],
        "rows": rows,
        "event": shown,
        "title": title,
        "breadcrumb": trail(shown, title),
    }
    return render(request, "dialogues/event_form.html", context)


def valid(form: EventForm, rows: ProgrammeRows) -> bool:
    """Both, so that all mistakes are shown at once."""
    good = form.is_valid()
    begins, ends = form.cleaned_data.get("starts_at"), form.cleaned_data.get("ends_at")
    frame = Event(starts_at=begins, ends_at=ends) if begins and ends else None
    return rows.is_valid(frame) and good


def save(
    request: HttpRequest, event: Event | None, data: dict[str, Any], points: list[programme.Point] | None
) -> Event:
    if event is None:
        event = events.create_event(user=request.user, points=points or (), **data)
        messages.success(request, _("Der Dialog ist als Entwurf gespeichert."))
    else:
        event = Event.objects.select_related("project", "series").get(pk=event.pk)
        event = events.change_event(user=request.user, event=event, changes=data, points=points)
        messages.success(request, _("Die Änderungen sind gespeichert."))
    for words in programme.warnings(event.points.all()):
        messages.warning(request, words)
    return event


@require_POST
def event_publish(request: HttpRequest, slug: str) -> HttpResponse:
    require_editor(request)
    event = events.publish_event(user=request.user, event=get_object_or_404(Event, slug=slug))
    messages.success(request, _("Der Dialog ist veröffentlicht."))
    return redirect("dialogues:event-detail", event.slug)


@require_POST
def event_cancel(request: HttpRequest, slug: str) -> HttpResponse:
    require_editor(request)
    event = get_object_or_404(Event, slug=slug)
    try:
        events.cancel_event(user=request.user, event=event, reason=request.POST.get("reason", ""))
        messages.success(request, _("Der Dialog ist abgesagt. Die Seite bleibt stehen und sagt es."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("dialogues:event-detail", event.slug)


def visible(request: HttpRequest, slug: str) -> Event:
    shown = Event.objects.visible_to(request.user).select_related("project", "thread", "series")
    return get_object_or_404(shown, slug=slug)


def require_editor(request: HttpRequest) -> None:
    if not can_edit_event(request.user):
        raise Http404


def trail(event: Event | None = None, title: str = "") -> list[dict[str, str]]:
    items = [{"title": _("Dialoge"), "url": local_path("/dialoge/")}]
    if event is not None:
        items.append({"title": event.title, "url": local_path(event.get_absolute_url())})
    if title:
        items.append({"title": title, "url": ""})
    return items


def badges(event: Event) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.is_internal:
        found.append({"label": _("Nur für Beschäftigte"), "kind": "neutral", "icon": "lock"})
    if event.status == EventStatus.DRAFT:
        found.append({"label": _("Entwurf"), "kind": "warning", "icon": "edit"})
    elif event.status == EventStatus.CANCELLED:
        found.append({"label": _("Abgesagt"), "kind": "danger", "icon": "close"})
    elif event.is_over:
        found.append({"label": _("Vorbei"), "kind": "neutral", "icon": "check"})
    else:
        found.append({"label": _("Kommt"), "kind": "participation", "icon": "calendar"})
    if event.moved_from and event.status == EventStatus.PUBLISHED and not event.is_over:
        found.append({"label": _("Verschoben"), "kind": "warning", "icon": "refresh"})
    return found


def facts(event: Event) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    if event.venue:
        items.append({"label": _("Ort"), "value": event.venue, "icon": "pin"})
    elif event.stream_url:
        items.append({"label": _("Ort"), "value": _("nur online"), "icon": "device"})
    if event.project:
        url = local_path(event.project.get_absolute_url())
        items.append({"label": _("Projekt"), "value": event.project.title, "url": url, "icon": "flag"})
    if event.series:
        url = local_path(event.series.get_absolute_url())
        items.append({"label": _("Reihe"), "value": event.series.title, "url": url, "icon": "list"})
    if event.area:
        url = f"{local_path('/dialoge/')}?thema={event.area}"
        items.append({"label": _("Thema"), "value": event.get_area_display(), "url": url, "icon": "idea"})
    if event.organiser:
        items.append({"label": _("Veranstalter"), "value": event.organiser, "icon": "people"})
    kind = EventKind(event.kind).label
    items.append({"label": _("Art"), "value": kind, "icon": "people"})
    return items
