"""The public page of a class or group: its open boxes and released notes, never a member's name."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mapviews.domain import groups, mapping
from mapviews.domain.classroom import notes
from mapviews.models import Classroom, Station
from mapviews.permissions import can_lead_classroom
from mapviews.views.pages import brief, shown


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    brief(request)
    rows = Classroom.objects.visible_to(request.user).select_related("project")
    classroom = get_object_or_404(rows, slug=slug)
    stations = groups.for_group(Station.objects.public(), classroom.slug, request.user)
    found = mapping.with_channels(stations.order_by("class_box__number"))
    context = {
        "classroom": classroom,
        "rows": [
            {"station": s, "values": [shown(c) for c in s.shown_channels if c.latest_ts is not None][:6]} for s in found
        ],
        "notes": list(notes.public(classroom)[:50]),
        "leads": can_lead_classroom(request.user, classroom),
    }
    return render(request, "mapviews/classroom/detail.html", context)
