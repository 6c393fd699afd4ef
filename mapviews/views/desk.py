"""The city's sensor desk: sources, devices that wait for a station, messages that could not be read."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mapviews.domain import devices, messages, sources
from mapviews.domain.phenomena import meaning
from mapviews.enums import RawState
from mapviews.forms import MapDeviceForm, SourceForm
from mapviews.lorawan.payloads import PayloadError, parse
from mapviews.models import Device, Phenomenon, RawMessage, Source
from mapviews.permissions import is_sensor_desk
from portal.exceptions import DomainError

SHOWN = 30


def desk_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """404 for everyone who is not at the sensor desk."""

    @login_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_sensor_desk(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    form = SourceForm(request.POST or None)
    created = None
    if request.method == "POST" and form.is_valid():
        created = sources.create(request.user, owner=request.user, **form.cleaned_data)
        form = SourceForm()
    found = Source.objects.annotate(
        dead=Count("messages", filter=Q(messages__state=RawState.DEAD), distinct=True),
        waiting=Count("messages", filter=Q(messages__state=RawState.UNMAPPED), distinct=True),
        device_count=Count("devices", distinct=True),
    )
    dead = RawMessage.objects.filter(state=RawState.DEAD).select_related("source", "device")
    page = Paginator(dead, SHOWN).get_page(request.GET.get("page"))
    for raw in page:
        raw.reason = messages.reason(raw.error_code)
    context = {
        "form": form,
        "created": created,
        "sources": found,
        "unmapped": Device.objects.filter(station=None).select_related("source")[:SHOWN],
        "page_obj": page,
    }
    return render(request, "mapviews/desk.html", context, status=400 if form.errors else 200)


@desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """A device, what its last message holds and means, and the form that maps it."""
    found = get_object_or_404(Device.objects.select_related("source", "station"), pk=pk)
    form = MapDeviceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = devices.map_device(request.user, device=found, station=form.cleaned_data["station"])
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            text = ngettext("%d Nachricht wurde übernommen.", "%d Nachrichten wurden übernommen.", done) % done
            toasts.success(request, _("Das Gerät ist zugeordnet.") + " " + text)
            return redirect("mapviews:desk")
    context = {"device": found, "form": form, "readings": _proposal(found)}
    return render(request, "mapviews/device.html", context, status=400 if form.errors else 200)


def _proposal(found: Device) -> list[dict[str, Any]]:
    raw = found.messages.first()
    if raw is None:
        return []
    try:
        message = parse(found.source.kind, bytes(raw.body), event=raw.event or None)
    except PayloadError:
        return []
    labels = {p.pk: p.label for p in Phenomenon.objects.all()}
    return [
        {"key": key, "value": value, "phenomenon": labels.get(m.phenomenon, "") if (m := meaning(key, value)) else ""}
        for key, value in message.readings.items()
    ]


@desk_only
@require_http_methods(["GET", "HEAD"])
def message(request: HttpRequest, pk: int) -> HttpResponse:
    raw = get_object_or_404(RawMessage.objects.select_related("source", "device"), pk=pk)
    body = bytes(raw.body)[:20_000].decode("utf-8", "replace")
    context = {"raw": raw, "body": body, "reason": messages.reason(raw.error_code) if raw.error_code else ""}
    return render(request, "mapviews/message.html", context)


@desk_only
@require_POST
def replay(request: HttpRequest, pk: int) -> HttpResponse:
    raw = get_object_or_404(RawMessage, pk=pk)
    receipt = messages.replay(request.user, raw=raw)
    if receipt.outcome == "stored":
        toasts.success(request, _("Die Nachricht ist übernommen."))
    else:
        toasts.warning(
            request, messages.reason(receipt.code) if receipt.code else _("Das Gerät ist noch nicht zugeordnet.")
        )
    return redirect("mapviews:desk")


@desk_only
@require_POST
def rotate(request: HttpRequest, slug: str) -> HttpResponse:
    source = get_object_or_404(Source, slug=slug)
    secret = sources.rotate_secret(request.user, source=source)
    return render(request, "mapviews/source_secret.html", {"source": source, "secret": secret})
