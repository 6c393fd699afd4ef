"""The city's sensor desk: sources, devices that wait for a station, messages that could not be read."""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages as toasts
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mapviews.domain import bulk, channels, devices, health, messages, sources
from mapviews.domain.templates import TEMPLATES
from mapviews.enums import RawState
from mapviews.forms import ChannelForm, DevicesForm, MapDeviceForm, MoveDeviceForm, SourceForm, SourceRulesForm
from mapviews.models import Channel, Device, Phenomenon, RawMessage, Source
from mapviews.permissions import is_sensor_desk
from portal.exceptions import DomainError

SHOWN = 30
SESSION_KEY = "mapviews_new_source"


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
    form = SourceForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = sources.create(request.user, owner=request.user, **form.cleaned_data)
        request.session[SESSION_KEY] = [made.source.pk, made.secret]
        return redirect("mapviews:desk")  # so that loading the page again makes no second source
    created = _just_created(request)
    reason = request.GET.get("grund", "")
    dead = RawMessage.objects.filter(state=RawState.DEAD).select_related("source", "device")
    page = Paginator(dead.filter(error_code=reason) if reason else dead, SHOWN).get_page(request.GET.get("page"))
    for raw in page:
        raw.reason = messages.reason(raw.error_code)  # type: ignore[attr-defined]
    found = health.overview()
    codes = sorted({code for one in found for code in one.dead})
    context = {
        "form": form,
        "created": created,
        "sources": found,
        "unmapped": Device.objects.filter(station=None).select_related("source")[:SHOWN],
        "page_obj": page,
        "reasons": [{"code": code, "text": messages.reason(code), "current": code == reason} for code in codes],
        "fix": messages.FIXES.get(reason, ""),
    }
    return render(request, "mapviews/desk.html", context, status=400 if form.errors else 200)


def _just_created(request: HttpRequest) -> dict[str, Any] | None:
    """The new source and its secret, once: reading takes it out of the session."""
    if request.method != "GET" or SESSION_KEY not in request.session:
        return None
    pk, secret = request.session.pop(SESSION_KEY)
    found = Source.objects.filter(pk=pk).first()
    return {"source": found, "secret": secret} if found else None


@desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def device(request: HttpRequest, pk: int) -> HttpResponse:
    """A device, what its messages hold and mean, and the form that maps it."""
    found = get_object_or_404(Device.objects.select_related("source", "station"), pk=pk)
    is_move = request.POST.get("act") == "move"
    moving = MoveDeviceForm(request.POST if is_move else None)
    form = MapDeviceForm(None if is_move else request.POST or None, initial={"station": found.station_id})
    if is_move and moving.is_valid():
        try:
            devices.move(request.user, device=found, station=moving.cleaned_data["station"])
        except DomainError as error:
            moving.add_error("station", str(error.message))
        else:
            toasts.success(request, _("Das Gerät misst jetzt für die neue Station."))
            return redirect("mapviews:desk-device", found.pk)
    if request.method == "POST" and not is_move and form.is_valid():
        try:
            done = _map(request, found, form.cleaned_data)
        except DomainError as error:
            form.add_error(None, str(error.message))
        else:
            text = ngettext("%d Nachricht wurde übernommen.", "%d Nachrichten wurden übernommen.", done) % done
            toasts.success(request, _("Das Gerät ist zugeordnet.") + " " + text)
            return redirect("mapviews:desk-device", found.pk)
    labels = {p.pk: p for p in Phenomenon.objects.all()}
    proposals = channels.proposals(found, template=request.GET.get("vorlage", ""))
    readings = [{"row": row, "phenomenon": labels.get(row.phenomenon)} for row in proposals]
    known = found.channels.select_related("phenomenon")
    context = {
        "device": found, "form": form, "moving": moving, "readings": readings, "channels": known,
        "templates": TEMPLATES,
    }  # fmt: skip
    return render(request, "mapviews/device.html", context, status=400 if form.errors or moving.errors else 200)


def _map(request: HttpRequest, found: Device, given: dict[str, Any]) -> int:
    """Channels of a template are made before the waiting messages become values."""
    with transaction.atomic():
        devices.connect(request.user, device=found, station=given["station"])
        if given["template"]:
            channels.prepare(request.user, device=found, template=given["template"])
    return messages.replay_device(request.user, device=found)


@desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def channel(request: HttpRequest, pk: int) -> HttpResponse:
    """What a channel means, with the last stored values before and after."""
    found = get_object_or_404(
        Channel.objects.select_related("device__source", "station", "phenomenon").exclude(device=None), pk=pk
    )
    initial = {"phenomenon": found.phenomenon_id, "unit": found.input_unit, "factor": str(found.factor)}
    form = ChannelForm(request.POST or None, initial=initial)
    factor, chosen = found.factor, found.phenomenon
    if request.method == "POST" and form.is_valid():
        factor, chosen = form.cleaned_data["factor"], form.cleaned_data["phenomenon"]
        if request.POST.get("act") != "preview":
            try:
                channels.define(request.user, channel=found, **form.cleaned_data)
            except DomainError as error:
                form.add_error(error.field, str(error.message))
            else:
                toasts.success(request, _("Gespeichert. Es gilt ab der nächsten Nachricht."))
                return redirect("mapviews:desk-device", found.device_id)
    sent = channels.readings_of(found.device).get(found.key, []) if found.device else []
    preview = [(value, round(value * (factor or 1.0), 4)) for value in sent]
    context = {"channel": found, "form": form, "preview": preview, "unit": chosen.unit_label if chosen else ""}
    return render(request, "mapviews/channel.html", context, status=400 if form.errors else 200)


@desk_only
@require_http_methods(["GET", "HEAD", "POST"])
def source(request: HttpRequest, slug: str) -> HttpResponse:
    """Rules of a source, its devices as a table in and out, its dead letters by reason."""
    found = get_object_or_404(Source, slug=slug)
    act = request.POST.get("act", "")
    initial = {name: getattr(found, name) for name in ("is_active", "auto_map", "allowed_applications")}
    rules = SourceRulesForm(request.POST if act == "rules" else None, initial=initial)
    table = DevicesForm(request.POST if act == "devices" else None, request.FILES if act == "devices" else None)
    report = None
    try:
        if act == "rules" and rules.is_valid():
            sources.update(request.user, source=found, **rules.cleaned_data)
            toasts.success(request, _("Gespeichert."))
            return redirect("mapviews:desk-source", slug)
        if act == "devices" and table.is_valid():
            report = bulk.bring_in(request.user, source=found, chunks=table.cleaned_data["file"].chunks())
        if act == "replay":
            done, left = messages.replay_dead(request.user, source=found, code=request.POST.get("code", ""))
            toasts.success(
                request, _("%(done)d übernommen, %(left)d weiterhin nicht lesbar.") % {"done": done, "left": left}
            )
            return redirect("mapviews:desk-source", slug)
    except DomainError as error:
        form = rules if act == "rules" else table
        form.add_error(error.field if error.field in form.fields else None, str(error.message))
    one = next(health_ for health_ in health.overview() if health_.source.pk == found.pk)
    dead = [
        {"code": code, "count": count, "text": messages.reason(code), "fix": messages.FIXES.get(code, "")}
        for code, count in one.dead.items()
    ]
    context = {
        "source": found, "health": one, "rules": rules, "table": table, "report": report, "dead": dead,
        "devices": found.devices.select_related("station")[:100],
    }  # fmt: skip
    return render(request, "mapviews/source.html", context, status=400 if rules.errors or table.errors else 200)


@desk_only
@require_http_methods(["GET", "HEAD"])
def devices_csv(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Source, slug=slug)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{found.slug}-geraete.csv"'
    csv.writer(response).writerows(bulk.rows(request.user, source=found))
    return response


@desk_only
@require_http_methods(["GET", "HEAD"])
def message(request: HttpRequest, pk: int) -> HttpResponse:
    raw = get_object_or_404(RawMessage.objects.select_related("source", "device"), pk=pk)
    body = bytes(raw.body)[:20_000].decode("utf-8", "replace")
    context = {
        "raw": raw,
        "body": body,
        "reason": messages.reason(raw.error_code) if raw.error_code else "",
        "fix": messages.FIXES.get(raw.error_code, ""),
    }
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
