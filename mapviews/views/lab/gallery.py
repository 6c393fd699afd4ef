"""The gallery of Smart Services: list, page, picture, show one's own, change, delete, support, and the way out."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mapviews.domain.lab import recipe as recipes
from mapviews.domain.lab import services
from mapviews.forms.lab import GalleryFilter, ServiceForm
from mapviews.models import SmartService
from mapviews.views import plots
from mapviews.views.own import add_error
from portal.comments.permissions import can_moderate
from portal.dates import weekday
from portal.exceptions import DomainError

METHODS = ["GET", "HEAD", "POST"]
PER_PAGE = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    form = GalleryFilter(request.GET or None)
    rows = SmartService.objects.public().select_related("author", "project").prefetch_related("phenomena")
    data = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if data.get("messgroesse"):
        rows = rows.filter(phenomena=data["messgroesse"])
    if data.get("offen"):
        rows = rows.exclude(repository="")
    for word in data.get("suche", "").split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(description__icontains=word))
    page = Paginator(rows.order_by("-shown_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    active = [{"title": _("Gefiltert"), "url": "?", "remove": True}] if any(data.values()) else []
    context = {"filter_form": form, "page_obj": page, "active": active}
    return render(request, "mapviews/lab/gallery.html", context)


@require_safe
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    service = _find(request, slug)
    user: Any = request.user
    channels = recipes.open_channels(list(service.channels.values_list("pk", flat=True)))
    context = {
        "service": service,
        "phenomena": list(service.phenomena.all()),
        "channels": channels,
        "is_own": user.is_authenticated and service.author_id == user.pk,
        "supported": user.is_authenticated and service.supports.filter(user=user).exists(),
        "can_moderate": can_moderate(user),
    }
    return render(request, "mapviews/lab/service.html", context)


@require_safe
def picture(request: HttpRequest, slug: str) -> HttpResponse:
    """Seen by whoever sees the service."""
    service = _find(request, slug)
    if not service.picture or not service.picture.storage.exists(service.picture.name):
        raise Http404
    with service.picture.open("rb") as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@login_required
@never_cache
@require_http_methods(METHODS)
def submit(request: HttpRequest) -> HttpResponse:
    keys = plots.numbers(request.GET, "k", recipes.MOST)
    channels = recipes.open_channels(keys)
    initial = {"phenomena": [c.phenomenon_id for c in channels], "uses_api": True}
    form = ServiceForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            service = services.submit(request.user, channels=[c.pk for c in channels], **form.values())
        except DomainError as error:
            add_error(form, error)
        else:
            return _sent(request, service)
    context = {"form": form, "channels": channels}
    return render(request, "mapviews/lab/service_form.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    service = _own(request, slug)
    initial = {"picture_alt": service.picture_alt}
    form = ServiceForm(request.POST or None, request.FILES or None, instance=service, initial=initial)
    form.initial.pop("picture", None)
    if request.method == "POST" and form.is_valid():
        kept = list(service.channels.values_list("pk", flat=True))
        try:
            changed = services.edit(request.user, service=service, channels=kept, **form.values())
        except DomainError as error:
            add_error(form, error)
        else:
            return _sent(request, changed)
    context = {"form": form, "service": service}
    return render(request, "mapviews/lab/service_form.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    service = _own(request, slug)
    if request.method == "POST":
        services.delete(request.user, service=service)
        messages.success(request, _("Ihr Smart Service steht nicht mehr in der Galerie."))
        return redirect("mapviews:lab-mine")
    return render(request, "mapviews/lab/delete.html", {"thing": service})


@login_required
@never_cache
@require_http_methods(METHODS)
def support(request: HttpRequest, slug: str) -> HttpResponse:
    """By POST; by GET (after signing in) a page with the one button."""
    service = _find(request, slug)
    if request.method == "POST":
        try:
            services.support(request.user, service=service, take_back=bool(request.POST.get("zurueck")))
        except DomainError as error:
            messages.error(request, str(error.message))
        return redirect(f"{service.get_absolute_url()}#gefaellt")
    return render(request, "mapviews/lab/support.html", {"service": service})


@require_safe
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Says that the portal ends here and what that means, and shows the whole address."""
    service = _find(request, slug)
    if not service.address:
        raise Http404
    return render(request, "mapviews/lab/leave.html", {"service": service})


def _find(request: HttpRequest, slug: str) -> SmartService:
    rows = SmartService.objects.visible_to(request.user).select_related("author", "project", "thread")
    return get_object_or_404(rows, slug=slug)


def _own(request: HttpRequest, slug: str) -> SmartService:
    service = _find(request, slug)
    if service.author_id != request.user.pk:
        raise Http404
    return service


def _sent(request: HttpRequest, service: SmartService) -> HttpResponse:
    until = timezone.localtime(service.held_until) if service.held_until else timezone.localtime()
    day = weekday(until, year=False)
    messages.success(
        request, _("Danke! Wir sehen ihn uns an, spätestens bis %(day)s. Bis dahin sehen nur Sie ihn.") % {"day": day}
    )
    return redirect(service)
