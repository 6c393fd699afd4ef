"""Around a running station: alerts, calibration, handing over, deleting or hiding values, taking everything along."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mapviews.domain import alerts, calibration, deletion, handover, hiding, mobile
from mapviews.exports import station_stream
from mapviews.forms import HandoverForm, RangeForm, SilenceForm, ThresholdForm, calibration_form
from mapviews.models import Calibration, Handover, Station, Threshold
from mapviews.permissions import can_own_station, is_sensor_desk
from mapviews.views.own import add_error, managed, show_token
from portal.exceptions import DomainError

METHODS = ["GET", "HEAD", "POST"]


def owned(request: HttpRequest, slug: str) -> Station:
    """The station where it is this person's own; 404 for everyone else."""
    station = managed(request, slug)
    if not can_own_station(request.user, station):
        raise Http404
    return station


@login_required
@never_cache
@require_http_methods(METHODS)
def notices(request: HttpRequest, slug: str) -> HttpResponse:
    """Silence and thresholds; two forms told apart by their button."""
    station = owned(request, slug)
    act = request.POST.get("act", "")
    silence = SilenceForm(request.POST if act == "silence" else None, initial={"silence": station.silence_hours or ""})
    threshold = ThresholdForm(request.POST if act == "threshold" else None, station=station)
    try:
        if act == "silence" and silence.is_valid():
            alerts.set_silence(request.user, station=station, hours=silence.cleaned_data["silence"])
            messages.success(request, _("Gespeichert."))
            return redirect("mapviews:station-notices", slug)
        if act == "threshold" and threshold.is_valid():
            alerts.add_threshold(request.user, **threshold.cleaned_data)
            messages.success(request, _("Gespeichert. Wir schreiben Ihnen, sobald die Grenze erreicht ist."))
            return redirect("mapviews:station-notices", slug)
    except DomainError as error:
        add_error(silence if act == "silence" else threshold, error)
    rows = Threshold.objects.filter(channel__station=station).select_related("channel__phenomenon")
    context = {"station": station, "silence": silence, "threshold": threshold, "thresholds": rows}
    status = 400 if silence.errors or threshold.errors else 200
    return render(request, "mapviews/care/notices.html", context, status=status)


@login_required
@require_POST
def remove_threshold(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    station = owned(request, slug)
    found = get_object_or_404(Threshold.objects.select_related("channel__station"), pk=pk, channel__station=station)
    alerts.remove_threshold(request.user, threshold=found)
    messages.success(request, _("Die Schwelle ist gelöscht."))
    return redirect("mapviews:station-notices", slug)


@login_required
@never_cache
@require_http_methods(METHODS)
def calibrate(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    form = calibration_form(request.POST or None, station=station)
    if request.method == "POST" and form.is_valid():
        try:
            made = calibration.calibrate(request.user, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Gespeichert als Version %d. Sie gilt ab dem nächsten Wert.") % made.version)
            return redirect("mapviews:station-calibrate", slug)
    versions = Calibration.objects.filter(channel__station=station).select_related("channel__phenomenon")
    context = {"station": station, "form": form, "versions": versions}
    return render(request, "mapviews/care/calibrate.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def hand_over(request: HttpRequest, slug: str) -> HttpResponse:
    station = owned(request, slug)
    form = HandoverForm(request.POST if request.POST.get("act") == "offer" else None)
    try:
        if request.POST.get("act") == "withdraw":
            handover.withdraw(request.user, station=station)
            messages.success(request, _("Das Angebot ist zurückgenommen."))
            return redirect("mapviews:station-hand-over", slug)
        if form.is_valid():
            handover.offer(request.user, station=station, email=form.cleaned_data["email"])
            messages.success(request, _("Wir haben den Link verschickt."))
            return redirect("mapviews:station-hand-over", slug)
    except DomainError as error:
        add_error(form, error)
    context = {"station": station, "form": form, "offer": Handover.objects.filter(station=station).first()}
    return render(request, "mapviews/care/hand_over.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def take_over(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the link in the mail. Only the person it was sent to sees the offer."""
    found = handover.find(code)
    if found is None or found.email != request.user.email.lower():
        return render(request, "mapviews/care/no_offer.html", status=404)
    if request.method == "POST":
        station = found.station
        token = handover.accept(request.user, code=code)
        messages.success(request, _("Die Station gehört jetzt Ihnen. Der alte Zugangsschlüssel gilt nicht mehr."))
        return show_token(request, station, token)
    return render(request, "mapviews/care/take_over.html", {"offer": found, "station": found.station})


@login_required
@never_cache
@require_http_methods(METHODS)
def delete_values(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    form = RangeForm(request.POST or None, station=station)
    if request.method == "POST" and form.is_valid():
        start, end = form.bounds()
        channel = form.cleaned_data["channel"]
        chosen = [channel] if channel else None
        count = deletion.delete_values(request.user, station=station, channels=chosen, start=start, end=end)
        messages.success(request, ngettext("%d Wert ist gelöscht.", "%d Werte sind gelöscht.", count) % count)
        return redirect(station)
    context = {"station": station, "form": form}
    return render(request, "mapviews/care/delete_values.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(METHODS)
def hide_values(request: HttpRequest, slug: str) -> HttpResponse:
    """The sensor desk takes values out of public doors, or puts them back."""
    station = managed(request, slug)
    if not is_sensor_desk(request.user):
        raise Http404
    form = RangeForm(request.POST or None, station=station, hiding=True)
    if request.method == "POST" and form.is_valid():
        start, end = form.bounds()
        hidden = request.POST.get("act") != "show"
        given = {"channel": form.cleaned_data["channel"], "reason": form.cleaned_data["reason"]}
        try:
            count = hiding.hide_values(request.user, start=start, end=end, hidden=hidden, **given)
        except DomainError as error:
            form.add_error("last", str(error.message))
        else:
            text = (
                ngettext("%d Wert ist ausgeblendet.", "%d Werte sind ausgeblendet.", count)
                if hidden
                else ngettext("%d Wert ist wieder zu sehen.", "%d Werte sind wieder zu sehen.", count)
            )
            messages.success(request, text % count)
            return redirect(station)
    context = {"station": station, "form": form}
    return render(request, "mapviews/care/hide_values.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def everything(request: HttpRequest, slug: str, kind: str) -> StreamingHttpResponse:
    return station_stream(request, managed(request, slug), kind=kind)


@login_required
@require_POST
def share_cells(request: HttpRequest, slug: str) -> HttpResponse:
    station = owned(request, slug)
    try:
        mobile.share(request.user, station=station, shared=request.POST.get("shared") == "1")
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Gespeichert."))
    return redirect(station)


@login_required
@never_cache
@require_safe
def arrived(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"stamp"}`: changes when a value arrives; the page of a station asks while its owner watches."""
    station = managed(request, slug)
    stamps = station.channels.exclude(latest_ts=None).values_list("latest_changed", flat=True)
    return JsonResponse({"stamp": max(stamps, default=0)})
