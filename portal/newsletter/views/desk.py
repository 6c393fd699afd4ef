"""`/rundbriefe/schreiben/`: the desk of the communications staff."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.exceptions import DomainError
from portal.newsletter.domain import segments, sending
from portal.newsletter.enums import IssueState
from portal.newsletter.forms import IssueForm, SegmentForm
from portal.newsletter.models import Issue, Segment

View = Callable[..., HttpResponse]


def for_writers(view: View) -> View:
    """404 for everyone without the right; the page does not exist for them."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(sending.PERMISSION):
            raise Http404
        return view(request, *args, **kwargs)

    return login_required(guarded)


@for_writers
def desk(request: HttpRequest) -> HttpResponse:
    confirmed = Count("subscriptions", filter=Q(subscriptions__confirmed_at__isnull=False))
    context = {
        "issues": list(Issue.objects.prefetch_related("segments")[:50]),
        "segments": list(Segment.objects.annotate(readers=confirmed)),
        "form": SegmentForm(),
        "breadcrumb": [{"title": _("Konto"), "url": "/konto/"}, {"title": _("Rundbriefe"), "url": ""}],
    }
    return render(request, "newsletter/desk.html", context)


@for_writers
def write(request: HttpRequest, number: int | None = None) -> HttpResponse:
    issue = get_object_or_404(Issue, pk=number, state=IssueState.DRAFT) if number else None
    form = IssueForm(request.POST or None, instance=issue)
    if request.method == "POST" and form.is_valid():
        draft = Issue.objects.get(pk=issue.pk) if issue else None
        try:
            saved = sending.write(user=request.user, issue=draft, **form.cleaned_data)
        except DomainError as error:
            form.add_error(error.field or None, str(error.message))
        else:
            return redirect(saved)
    context = {"form": form, "breadcrumb": _crumbs(_("Rundbrief schreiben"))}
    return render(request, "newsletter/write.html", context, status=400 if form.errors else 200)


@for_writers
def show(request: HttpRequest, number: int) -> HttpResponse:
    """The issue as readers see it; progress while it is sent (JSON for the script)."""
    issue = get_object_or_404(Issue.objects.prefetch_related("segments"), pk=number)
    if "application/json" in request.headers.get("Accept", ""):
        finished = issue.state == IssueState.SENT
        return JsonResponse({"state": issue.state, "done": issue.sent, "total": issue.total, "finished": finished})
    readers = issue.readers().count() if issue.state == IssueState.DRAFT else issue.total
    mail = sending.message(issue, request.user.email, "")
    context = {"issue": issue, "readers": readers, "mail": mail, "breadcrumb": _crumbs(issue.title)}
    return render(request, "newsletter/issue.html", context)


@for_writers
@require_POST
def send(request: HttpRequest, number: int) -> HttpResponse:
    issue = get_object_or_404(Issue, pk=number)
    try:
        if "sample" in request.POST:
            sending.send_sample(user=request.user, issue=issue)
            messages.success(request, _("Die Probe ist unterwegs an Ihre Adresse."))
        else:
            sending.send(user=request.user, issue=issue)
    except DomainError as error:
        messages.error(request, str(error.message))
    return redirect(issue)


@for_writers
@require_POST
def add_segment(request: HttpRequest) -> HttpResponse:
    form = SegmentForm(request.POST)
    if form.is_valid():
        segments.add(user=request.user, **form.cleaned_data)
        messages.success(request, _("Die Gruppe ist angelegt."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("newsletter:desk")


def _crumbs(title: str) -> list[dict[str, str]]:
    return [{"title": _("Rundbriefe"), "url": "/rundbriefe/schreiben/"}, {"title": title, "url": ""}]
