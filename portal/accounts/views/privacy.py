"""`/konto/daten/`: what the portal knows about me, take it along, erase it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from portal.accounts.domain import archives, privacy
from portal.accounts.forms import ErasureForm
from portal.accounts.models import DataExport
from portal.exceptions import DomainError

CHUNK = 256 * 1024


@never_cache
@login_required
def show_data(request: HttpRequest) -> HttpResponse:
    context = {"counts": privacy.overview(user=request.user), "job": _latest(request)}
    return render(request, "accounts/data.html", context)


@never_cache
@login_required
@require_POST
def start_archive(request: HttpRequest) -> HttpResponse:
    archives.request_archive(user=request.user)
    return redirect("accounts:data-archive")


@never_cache
@login_required
def show_archive(request: HttpRequest) -> HttpResponse:
    """Progress of the archive at hand: a page that one reloads, or JSON for the script that does so."""
    job = _latest(request)
    if job is None:
        return redirect("accounts:data")
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"state": job.state, "done": job.done, "total": job.total, "finished": job.is_finished})
    return render(request, "accounts/archive.html", {"job": job})


@never_cache
@login_required
def download(request: HttpRequest, uuid: str) -> HttpResponseBase:
    """The person's own archive, read in chunks; 404 for anyone else and after its time."""
    try:
        job = archives.find(user=request.user, uuid=uuid)
    except DomainError as error:
        raise Http404 from error
    response = StreamingHttpResponse(_chunks(archives.path_of(job)), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="meine-daten-{timezone.localdate():%Y-%m-%d}.zip"'
    response["Content-Length"] = str(job.size)
    return response


@never_cache
@login_required
@require_POST
def delete_archive(request: HttpRequest, uuid: str) -> HttpResponse:
    job = DataExport.objects.filter(user=request.user, uuid=uuid).first()
    if job is None:
        raise Http404
    archives.remove(job)
    messages.success(request, _("Der Auszug ist gelöscht."))
    return redirect("accounts:data")


@never_cache
@reauthentication_required
def erase_own(request: HttpRequest) -> HttpResponse:
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        privacy.erase(user=request.user, account=request.user)
        logout(request)
        messages.success(request, _("Ihr Konto ist gelöscht."))
        return redirect("/")
    fates = privacy.preview(user=request.user)
    context: dict[str, Any] = {
        "form": form,
        "goes": [fate for fate in fates if not fate.stays],
        "stays": [fate for fate in fates if fate.stays],
    }
    return render(request, "accounts/erase.html", context, status=400 if form.errors else 200)


def _latest(request: HttpRequest) -> DataExport | None:
    job = DataExport.objects.filter(user=request.user).first()
    return job if job is not None and (not job.is_finished or job.expires_at > timezone.now()) else None


async def _chunks(path: Path) -> AsyncIterator[bytes]:
    with path.open("rb") as source:
        while chunk := await asyncio.to_thread(source.read, CHUNK):
            yield chunk
