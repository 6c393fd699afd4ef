"""A CSV file from choosing it to the report of every refused line."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mapviews.domain import uploads
from mapviews.enums import UploadState
from mapviews.forms import ColumnsForm, UploadForm
from mapviews.models import UploadJob
from mapviews.permissions import can_manage_station
from mapviews.views.own import add_error, managed
from portal.exceptions import DomainError

SHOWN_ERRORS = 100
KINDS = {
    "sensor_community": gettext_lazy("Archiv von sensor.community"),
    "opensensemap": gettext_lazy("Export der openSenseMap"),
    "long": gettext_lazy("Tabelle mit einem Wert je Zeile"),
    "wide": gettext_lazy("Tabelle mit einer Spalte je Messgröße"),
}


def job_of(request: HttpRequest, uuid: object) -> UploadJob:
    job = get_object_or_404(UploadJob.objects.select_related("station"), uuid=uuid)
    if not can_manage_station(request.user, job.station):
        raise Http404
    return job


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, slug: str) -> HttpResponse:
    station = managed(request, slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            job = uploads.start(request.user, station=station, file_name=file.name, chunks=file.chunks())
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect("mapviews:upload-detail", job.uuid)
    context = {"form": form, "station": station, "uploads": station.uploads.all()[:10]}
    return render(request, "mapviews/upload.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def detail(request: HttpRequest, uuid: object) -> HttpResponse:
    """Preview with the button, then progress, then the report."""
    job = job_of(request, uuid)
    context = {"job": job, "station": job.station, "kind": KINDS.get(job.shape.get("kind", ""), "")}
    if job.state != UploadState.PREVIEW:
        if request.method == "POST":
            return redirect("mapviews:upload-detail", job.uuid)
        context["errors"] = job.row_errors.all()[:SHOWN_ERRORS]
        return render(request, "mapviews/upload_report.html", context)
    form = ColumnsForm(request.POST or None, shape=job.shape)
    if request.method == "POST" and form.is_valid():
        try:
            uploads.confirm(request.user, job=job, mapping=form.mapping(), zone=form.cleaned_data.get("zone"))
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect("mapviews:upload-detail", job.uuid)
    context |= {"form": form, "header": job.shape["header"][:20], "preview": job.shape["preview"]}
    return render(request, "mapviews/upload_preview.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
def progress(request: HttpRequest, uuid: object) -> JsonResponse:
    job = job_of(request, uuid)
    names = ("state", "rows", "stored", "duplicate", "rejected", "done_bytes", "size")
    return JsonResponse({name: getattr(job, name) for name in names} | {"finished": job.is_finished})


@login_required
@require_POST
def discard(request: HttpRequest, uuid: object) -> HttpResponse:
    job = job_of(request, uuid)
    try:
        uploads.discard(request.user, job=job)
    except DomainError as error:
        messages.error(request, str(error.message))
    else:
        messages.success(request, _("Die Datei wurde verworfen. Es wurde nichts gespeichert."))
    return redirect(job.station)
