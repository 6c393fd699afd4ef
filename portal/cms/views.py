"""Search, notes about barriers, and small addresses of the editorial site."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.cms.domain.feedback import report_barrier
from portal.cms.forms import BarrierNoteForm
from portal.cms.search import groups, terms
from portal.exceptions import DomainError


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """One page over all sources; `nur=<source>` shows more of one kind."""
    query = request.GET.get("q", "").replace("\x00", "")[:200].strip()
    only = request.GET.get("nur", "")[:40]
    found = groups(query, request.user, only=only, limit=50 if only else 5)
    context = {
        "query": query,
        "groups": found,
        "only": only,
        "total": sum(group.total for group in found),
        "too_short": bool(query) and not terms(query),
        "breadcrumb": [{"title": _("Suche"), "url": ""}],
    }
    return render(request, "cms/search.html", context)


@never_cache
def report(request: HttpRequest) -> HttpResponse:
    """Report a barrier; works without JavaScript and without an account."""
    form = BarrierNoteForm(request.POST or None, initial={"page": request.GET.get("seite", "")[:300]})
    if request.method == "POST" and form.is_valid():
        if form.cleaned_data["website"]:  # a machine filled in what people do not see
            return redirect("cms:barrier-report")
        try:
            report_barrier(
                user=request.user,
                text=form.cleaned_data["text"],
                page=form.cleaned_data["page"],
                email=form.cleaned_data["email"],
            )
        except DomainError as error:
            form.add_error(error.field, error.message)
        else:
            messages.success(request, _("Danke. Ihre Meldung ist angekommen. Wir kümmern uns darum."))
            return redirect("cms:barrier-report")
    context = {
        "form": form,
        "breadcrumb": [
            {"title": _("Barrierefreiheit"), "url": "/barrierefreiheit/"},
            {"title": _("Barriere melden"), "url": ""},
        ],
    }
    return render(request, "cms/barrier_report.html", context, status=422 if form.errors else 200)
