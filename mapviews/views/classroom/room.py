"""The room of a class: join, see boxes and their lines, note what happened, compare. No account, one cookie."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mapviews.domain import mapping
from mapviews.domain.classroom import notes, pupils
from mapviews.forms.classroom import JoinForm, ReturnForm
from mapviews.models import ClassBox, ClassNote, Classroom, Station
from mapviews.views.classroom import access
from mapviews.views.own import add_error
from mapviews.views.pages import shown
from portal.exceptions import DomainError


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest) -> HttpResponse:
    """By the class's code with a pseudonym, or back by one's own code."""
    act = request.POST.get("act", "")
    form = JoinForm(request.POST if act == "join" else None, initial={"code": request.GET.get("code", "")[:12]})
    back = ReturnForm(request.POST if act == "return" else None)
    status = 200
    try:
        if act:
            access.demand_few_wrong(request)
        if act == "join" and form.is_valid():
            made = pupils.join(code=form.cleaned_data["code"], pseudonym=form.cleaned_data["pseudonym"])
            return _enter(request, made.pupil.classroom, made.code)
        if act == "return" and back.is_valid():
            known = pupils.find(back.cleaned_data["own_code"])
            if known is not None:
                return _enter(request, known.classroom, back.cleaned_data["own_code"])
            access.count_wrong(request)
            back.add_error("own_code", _("Diesen Code kennen wir nicht, oder das Schuljahr ist vorbei."))
    except DomainError as error:
        if error.code == "no_class":
            access.count_wrong(request)
        add_error(form if act == "join" else back, error)
        status = error.status
    if status == 200 and (form.errors or back.errors):
        status = 400
    return render(request, "mapviews/classroom/join.html", {"form": form, "back": back}, status=status)


def _enter(request: HttpRequest, classroom: Classroom, code: str) -> HttpResponse:
    response = redirect(access.room_path(classroom))
    access.keep(request, response, classroom=classroom, code="".join(c for c in code.upper() if c.isalnum()))
    return response


@never_cache
@require_safe
def room(request: HttpRequest, slug: str) -> HttpResponse:
    found = access.visitor(request, slug)
    if found is None:
        return redirect("mapviews:classroom-join")
    boxes = list(found.classroom.boxes.live().select_related("station").order_by("number"))
    context = {
        "visitor": found,
        "classroom": found.classroom,
        "rows": [_row(box, station) for box, station in _with_stations(boxes)],
        "notes": list(notes.readable(found.classroom, pupil=found.pupil)[:10]),
    }
    return render(request, "mapviews/classroom/room.html", context)


def _with_stations(boxes: list[ClassBox]) -> list[tuple[ClassBox, Station]]:
    known = {s.pk: s for s in mapping.with_channels(Station.objects.filter(pk__in=[b.station_id for b in boxes]))}
    return [(box, known[box.station_id]) for box in boxes]


def _row(box: ClassBox, station: Station) -> dict[str, Any]:
    """A box with its newest values; none of a box in a home."""
    channels = station.all_channels if box.class_sees_every else []  # type: ignore[attr-defined]
    return {"box": box, "station": station, "values": [shown(c) for c in channels if c.latest_ts is not None]}


@never_cache
@require_safe
def stamp(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"stamp"}`: changes when a value arrives; the room asks while somebody watches."""
    found = access.demand_visitor(request, slug)
    boxes = [box for box in found.classroom.boxes.live().select_related("station") if box.class_sees_every]
    channels = Station.objects.filter(pk__in=[box.station_id for box in boxes]).exclude(channels__latest_ts=None)
    return JsonResponse({"stamp": max(channels.values_list("channels__latest_changed", flat=True), default=0)})


@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign off at this computer, or delete the own name and notes for good."""
    found = access.demand_visitor(request, slug)
    if found.pupil is None:
        raise Http404
    if request.POST.get("act") == "delete":
        pupils.leave(pupil=found.pupil)
        messages.success(request, _("Name und Notizen sind gelöscht."))
    response = redirect("mapviews:classroom-join")
    access.forget(response, classroom=found.classroom)
    return response


@require_POST
def note_act(request: HttpRequest, slug: str, uuid: UUID) -> HttpResponse:
    """A member deletes an own note or reports another one; the teacher deletes."""
    found = access.demand_visitor(request, slug)
    rows = ClassNote.objects.select_related("classroom", "channel__station")
    note = get_object_or_404(rows, classroom=found.classroom, uuid=uuid)
    try:
        if request.POST.get("act") == "report" and found.pupil is not None:
            notes.report(pupil=found.pupil, note=note)
            messages.success(request, _("Die Notiz ist ausgeblendet, bis die Lehrkraft sie angesehen hat."))
        else:
            notes.delete(note=note, pupil=found.pupil, user=request.user if found.leads else None)
            messages.success(request, _("Die Notiz ist gelöscht."))
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect("mapviews:classroom-box", slug, note.channel.station.slug)
