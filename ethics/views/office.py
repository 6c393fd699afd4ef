"""The office's first page: what waits for me, all cases by state and words, meetings."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from ethics import permissions
from ethics.domain import waiting
from ethics.enums import State
from ethics.models import Meeting, ReviewCase
from ethics.models.visibility import grants
from ethics.views import way
from ethics.views.access import office_required, sees_meetings

PAGE = 50


@login_required
@require_GET
def work_list(request: HttpRequest) -> HttpResponse:
    office_required(request.user)
    words, state = request.GET.get("q", "").strip()[:100], request.GET.get("stand", "")
    page = Paginator(_cases(request.user, words, state), PAGE).get_page(request.GET.get("page"))
    context = {
        "breadcrumb": [{"title": _("Ethikrat"), "url": reverse("ethics:council-show")}, {"title": _("Arbeitsliste")}],
        "items": waiting.for_user(request.user),
        "cases": [{"case": case, "waits_for": way.waits_for(case)} for case in page],
        "page": page,
        "words": words,
        "state": state,
        "states": State.choices,
        "filtered": bool(words or state),
        "meetings": Meeting.objects.order_by("-starts_at")[:10] if sees_meetings(request.user) else [],
        "can_begin": "request_review" in grants(request.user),
        "is_office": permissions.is_office(request.user),
        "may_inquire": permissions.is_office(request.user) or permissions.is_member(request.user),
    }
    return render(request, "ethics/office/work_list.html", context)


def _cases(user: Any, words: str, state: str) -> Any:
    visible = ReviewCase.objects.visible_to(user).select_related("project")
    if not sees_meetings(user) and not permissions.is_dpo(user):
        visible = visible.filter(Q(lead_id=user.pk) | Q(project__lead_id=user.pk) | Q(state=State.PREPARING))
    if words:
        visible = visible.filter(
            Q(title__icontains=words) | Q(initiative__icontains=words) | Q(project__title__icontains=words)
        )
    return visible.filter(state=state) if state in State.values else visible
