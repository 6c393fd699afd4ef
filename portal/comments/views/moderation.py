"""`/moderation/`: the queue with its lanes, and acts on several things at once. Outsiders get 404."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.comments import desk, kinds, permissions
from portal.comments.domain import bulk, queue
from portal.comments.enums import Lane
from portal.comments.moderation_forms import LANES, ReasonsForm

PER_PAGE = 30


def overview(request: HttpRequest) -> HttpResponse:
    demand(request)
    lane, kind = request.GET.get("stand", ""), request.GET.get("art", "")
    rows = queue.matters_of(user=request.user, lane=lane, kind=kind).select_related("author", "taken_by")
    numbers = queue.counts(user=request.user, kind=kind)
    pages = Paginator(rows, PER_PAGE)
    if lane != Lane.DONE:
        pages.count = numbers.get(lane if lane in Lane.values else "", 0)  # known already, saves a query
    page = pages.get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "items": queue.described(page.object_list, user=request.user),
        "lane": lane if lane in Lane.values else "",
        "kind": kind,
        "tabs": _tabs(numbers, lane, kind),
        "kinds": [{"key": key, "label": each.label} for key, each in kinds.registered().items()],
        "panels": desk.panels_for(request.user) if not lane and not kind else [],
        "templates": queue.TEMPLATES,
    }
    return render(request, "moderation/queue.html", context)


@require_POST
def several(request: HttpRequest) -> HttpResponse:
    """Releases, checks off or hides what was ticked. Hiding asks for one reason first; then a result for each."""
    demand(request)
    act, chosen = request.POST.get("act", ""), bulk.parse(request.POST.getlist("matter"))
    if not chosen or act not in bulk.ACTS:
        return redirect("moderation:queue")
    form = ReasonsForm(request.POST if "reasons" in request.POST else None, initial={"ground": "rules"})
    crumbs = [
        {"title": _("Moderation"), "url": reverse("moderation:queue")},
        {"title": _("Mehrere auf einmal"), "url": ""},
    ]
    context: dict[str, Any] = {"crumbs": crumbs, "act": act, "chosen": chosen}
    if act == "hide" and not form.is_valid():
        rows = queue.described(bulk.rows(user=request.user, chosen=chosen))
        return render(
            request,
            "moderation/bulk_hide.html",
            context | {"form": form, "items": rows},
            status=400 if form.errors else 200,
        )
    reasons = form.cleaned_data if act == "hide" else {}
    results = bulk.act_on(user=request.user, chosen=chosen, act=act, **reasons)
    return render(request, "moderation/bulk_done.html", context | {"results": results})


def demand(request: HttpRequest) -> None:
    """Asked at every request, so that a right taken away in between is gone at once."""
    if not permissions.can_moderate(request.user):
        raise Http404


def _tabs(numbers: dict[str, int], lane: str, kind: str) -> list[dict[str, Any]]:
    suffix = f"&art={kind}" if kind else ""
    return [
        {
            "title": label,
            "url": f"?stand={key}{suffix}" if key or suffix else "?",
            "current": key == (lane if lane in Lane.values else ""),
            "count": numbers.get(key, 0) if key != Lane.DONE else "",
        }
        for key, label in LANES
    ]
