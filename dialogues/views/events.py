"""`/dialoge/`: what is coming, what was, and one event with its programme, results and talk."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dialogues.domain import events
from dialogues.enums import CardState, EventKind, EventStatus, Phase, Stage
from dialogues.forms import EventForm
from dialogues.models import Event, OnlineDialogue
from dialogues.permissions import can_answer_somewhere, can_edit_event, can_moderate, can_release, can_run
from portal.exceptions import DomainError
from portal.templatetags.portal_ui import local_path
from projects.models import Project

PAST_SHOWN = 50


def event_list(request: HttpRequest) -> HttpResponse:
    """Upcoming events by date, then the past ones; drafts only for editors."""
    shown = Event.objects.visible_to(request.user).select_related("project")
    return render(
        request,
        "dialogues/event_list.html",
        {
            "upcoming": shown.upcoming(),
            "past": shown.past()[:PAST_SHOWN],
            "dialogues": open_first(OnlineDialogue.objects.visible_to(request.user)),
            "can_edit": can_edit_event(request.user),
            "can_moderate": can_moderate(request.user),
            "can_run": can_run(request.user),
            "can_release": can_release(request.user),
            "can_answer": can_answer_somewhere(request.user),
            "breadcrumb": trail(),
        },
    )


def open_first(dialogues: Any) -> list[OnlineDialogue]:
    """Running ones first, those that close next on top; then announced ones; closed ones last."""
    order = {Stage.BEFORE: 1, Stage.CLOSED: 2}
    return sorted(dialogues[:PAST_SHOWN], key=lambda item: (order.get(item.stage, 0), item.closes_at))


def event_detail(request: HttpRequest, slug: str) -> HttpResponse:
    event = visible(request, slug)
    board = event.boards.order_by("-pk").first()
    return render(
        request,
        "dialogues/event_detail.html",
        {
            "event": event,
            "results": event.results.filter(published_at__isnull=False)
            .exclude(card__state=CardState.HIDDEN)
            .select_related("card"),
            "facts": facts(event),
            "badges": badges(event),
            "is_running": board is not None and board.phase not in (Phase.CLOSED, Phase.LOBBY),
            "board": board,
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
    form = EventForm(
        request.POST or None, instance=event, projects=Project.objects.visible_to(request.user).order_by("title")
    )
    if request.method == "POST" and form.is_valid():
        try:
            if event is None:
                event = events.create_event(user=request.user, **form.cleaned_data)
                messages.success(request, _("Der Dialog ist als Entwurf gespeichert."))
            else:
                events.change_event(user=request.user, event=event, changes=form.cleaned_data)
                messages.success(request, _("Die Änderungen sind gespeichert."))
            return redirect("dialogues:event-detail", event.slug)
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    title = _("Dialog bearbeiten") if event else _("Neuer Dialog")
    context = {"form": form, "event": event, "title": title, "breadcrumb": trail(event, title)}
    return render(request, "dialogues/event_form.html", context)


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
        events.cancel_event(user=request.user, event=event)
        messages.success(request, _("Der Dialog ist abgesagt. Die Seite bleibt stehen und sagt es."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("dialogues:event-detail", event.slug)


def visible(request: HttpRequest, slug: str) -> Event:
    shown = Event.objects.visible_to(request.user).select_related("project", "thread")
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
    if event.status == EventStatus.DRAFT:
        found.append({"label": _("Entwurf"), "kind": "warning", "icon": "edit"})
    elif event.status == EventStatus.CANCELLED:
        found.append({"label": _("Abgesagt"), "kind": "danger", "icon": "close"})
    elif event.is_over:
        found.append({"label": _("Vorbei"), "kind": "neutral", "icon": "check"})
    else:
        found.append({"label": _("Kommt"), "kind": "participation", "icon": "calendar"})
    return found


def facts(event: Event) -> list[dict[str, Any]]:
    items = []
    if event.venue:
        items.append({"label": _("Ort"), "value": event.venue, "icon": "pin"})
    if event.project:
        url = local_path(event.project.get_absolute_url())
        items.append({"label": _("Projekt"), "value": event.project.title, "url": url, "icon": "flag"})
    if event.organiser:
        items.append({"label": _("Veranstalter"), "value": event.organiser, "icon": "people"})
    kind = EventKind(event.kind).label
    items.append({"label": _("Art"), "value": kind, "icon": "people"})
    return items
