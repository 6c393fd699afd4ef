"""What residents do: register a station, see its token once, move, delete it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mapviews.domain import stations
from mapviews.forms import DeleteForm, HideForm, PlaceForm, StationForm
from mapviews.models import Station
from mapviews.permissions import can_manage_station, can_own_station, is_sensor_desk
from portal.exceptions import DomainError
from portal.qr import qr_svg

SESSION_KEY = "mapviews_token_{}"


def managed(request: HttpRequest, slug: str) -> Station:
    """The station where this person may manage it; 404 for everyone else, as for one that does not exist."""
    station = get_object_or_404(Station.objects.visible_to(request.user), slug=slug)
    if not can_manage_station(request.user, station):
        raise Http404
    return station


def add_error(form: object, error: DomainError) -> None:
    field = error.field if error.field in form.fields else None  # type: ignore[attr-defined]
    form.add_error(field, str(error.message))  # type: ignore[attr-defined]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    form = StationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = stations.register(request.user, **form.values())
        except DomainError as error:
            add_error(form, error)
        else:
            return show_token(request, made.station, made.token)
    return render(request, "mapviews/register.html", {"form": form}, status=400 if form.errors else 200)


def show_token(request: HttpRequest, station: Station, token: str) -> HttpResponse:
    request.session[SESSION_KEY.format(station.pk)] = token
    return redirect("mapviews:station-token", station.slug)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def token(request: HttpRequest, slug: str) -> HttpResponse:
    """The token, once: reading it takes it out of the session."""
    station = managed(request, slug)
    value = request.session.pop(SESSION_KEY.format(station.pk), "")
    channels = list(station.channels.select_related("phenomenon"))
    context = {
        "station": station,
        "token": value,
        "qr": qr_svg(value) if value else "",
        "shown_token": value or _("IHR-SCHLÜSSEL"),
        "host": request.get_host().partition(":")[0],
        "channels": channels,
        "first": channels[0] if channels else None,
    }
    return render(request, "mapviews/token.html", context)


@login_required
@require_POST
def rotate(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    return show_token(request, station, stations.rotate_token(request.user, station=station))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    if not can_own_station(request.user, station):
        raise Http404
    current = station.locations.filter(is_current=True).first()
    initial = (
        {"latitude": current.latitude, "longitude": current.longitude, "precision": current.precision}
        if current
        else None
    )
    form = PlaceForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            stations.move(
                request.user,
                station=station,
                latitude=data["latitude"],
                longitude=data["longitude"],
                precision=data["precision"],
            )
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Der Ort ist gespeichert."))
            return redirect(station)
    return render(request, "mapviews/move.html", {"form": form, "station": station}, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    form = DeleteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        stations.delete(request.user, station=station)
        messages.success(request, _("Die Station und alles, was zu ihr gehörte, ist gelöscht."))
        return redirect("mapviews:index")
    context = {"form": form, "station": station}
    return render(request, "mapviews/delete.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def hide(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    if not is_sensor_desk(request.user):
        raise Http404
    form = HideForm(request.POST)
    if form.is_valid():
        hidden = request.POST.get("hidden") == "1"
        stations.hide(request.user, station=station, hidden=hidden, reason=form.cleaned_data["reason"])
        messages.success(request, _("Gespeichert."))
    else:
        messages.error(request, _("Bitte nennen Sie den Grund."))
    return redirect(station)
