"""What everyone sees: the start page of sensors, the live map, a station with its chart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import formats, timezone
from django.views.decorators.http import require_safe

from mapviews.domain import charts, mapping, series
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.words import bands_of, scale_of, scales, words_for
from mapviews.enums import FLAG_LABELS, Exposure, Flag, flag_names
from mapviews.exports import csv_stream
from mapviews.forms import PhenomenonFilter
from mapviews.models import Channel, Station
from mapviews.permissions import can_manage_station, can_own_station, can_see_every_value, is_sensor_desk
from mapviews.views import plots

PER_PAGE = 30
MOST_LINES = 8
KEEP = timedelta(seconds=5)


def brief(request: HttpRequest) -> None:
    """The page cache may keep this page for five seconds: its values move."""
    request.cache_expires_at = timezone.now() + KEEP  # type: ignore[attr-defined]


def at(ts: int | None) -> datetime | None:
    return datetime.fromtimestamp(ts / 1000, tz=UTC) if ts is not None else None


def shown(channel: Channel) -> dict[str, Any]:
    """One latest value for a template."""
    words = words_for(channel.phenomenon_id, channel.latest_value)
    decimals = channel.phenomenon.decimals if channel.phenomenon else 2
    value = channel.latest_value
    return {
        "channel": channel,
        "label": channel.label,
        "unit": channel.unit_label,
        "decimals": decimals,
        "value": formats.number_format(value, decimal_pos=decimals) if value is not None else "–",
        "when": at(channel.latest_ts),
        "words": words,
        "bands": json.dumps(bands_of(channel.phenomenon_id), ensure_ascii=False) if words else "",
        "flag_names": ",".join(flag_names(channel.latest_flags)),
        "flags": [FLAG_LABELS[flag] for flag in Flag if channel.latest_flags & flag],
    }


def _filtered(request: HttpRequest) -> tuple[PhenomenonFilter, Any]:
    form = PhenomenonFilter(request.GET or None)
    stations = Station.objects.visible_to(request.user).order_by("name", "pk")
    if form.is_bound and form.is_valid():
        if phenomenon := form.cleaned_data["messgroesse"]:
            stations = stations.measuring(phenomenon)
        if exposure := form.cleaned_data["standort"]:
            stations = stations.filter(exposure=exposure)
        if project := form.cleaned_data["projekt"]:
            stations = stations.filter(project=project)
    return form, stations


def _listing(request: HttpRequest) -> dict[str, Any]:
    form, stations = _filtered(request)
    page = Paginator(stations, PER_PAGE).get_page(request.GET.get("page"))
    chosen = form.cleaned_data.get("messgroesse") if form.is_bound and form.is_valid() else None
    rows = [
        {
            "station": s,
            "values": [
                shown(c)
                for c in s.shown_channels
                if c.latest_ts is not None and (not chosen or c.phenomenon_id == chosen.pk)
            ][:6],
        }
        for s in mapping.with_channels(Station.objects.filter(pk__in=[s.pk for s in page]).order_by("name", "pk"))
    ]
    active = []
    if chosen:
        active.append({"title": chosen.label, "url": "?", "remove": True})
    only = form.cleaned_data if form.is_bound and form.is_valid() else {}
    if only.get("standort"):
        active.append({"title": Exposure(only["standort"]).label, "url": "?", "remove": True})
    if only.get("projekt"):
        active.append({"title": only["projekt"].title, "url": "?", "remove": True})
    return {
        "exposure": only.get("standort") or "",
        "project": only["projekt"].slug if only.get("projekt") else "",
        "scale": scale_of(chosen.pk) if chosen else [],
        "scale_unit": chosen.unit_label if chosen else "",
        "scales": json.dumps(scales()),
        "filter_form": form,
        "rows": rows,
        "page_obj": page,
        "phenomenon": chosen.pk if chosen else "",
        "active": active,
    }


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    brief(request)
    mine = (
        mapping.with_channels(request.user.stations.order_by("name", "pk")[:10])
        if request.user.is_authenticated
        else []
    )
    context = _listing(request) | {"mine": mine, "is_desk": is_sensor_desk(request.user)}
    return render(request, "mapviews/index.html", context)


@require_safe
def station(request: HttpRequest, slug: str) -> HttpResponse:
    brief(request)
    found = get_object_or_404(Station.objects.visible_to(request.user).select_related("project", "thread"), slug=slug)
    found = mapping.with_channels(Station.objects.filter(pk=found.pk).select_related("project", "thread"))[0]
    every = can_see_every_value(request.user, found)
    channels = found.all_channels
    shown_channels = [c for c in channels if c.latest_ts is not None]
    chosen = _chosen(request, shown_channels)
    context = {
        "station": found,
        "place": found.current,
        "every": every,
        "values": [shown(c) for c in shown_channels] if every else [],
        "channels": shown_channels,
        "chosen": chosen,
        "may_manage": can_manage_station(request.user, found),
        "is_owner": can_own_station(request.user, found),
        "is_desk": is_sensor_desk(request.user),
    }
    if chosen:
        context |= _plots(request, found, chosen, every=every)
    return render(request, "mapviews/station.html", context)


def _chosen(request: HttpRequest, channels: list[Channel]) -> list[Channel]:
    """The channels of the address, else the first."""
    wanted = plots.numbers(request.GET, "kanal", MOST_LINES)
    return [c for c in channels if c.pk in wanted] or channels[:1]


def _plots(request: HttpRequest, found: Station, chosen: list[Channel], *, every: bool) -> dict[str, Any]:
    seen = {c.pk for c in chosen} if every else set()
    span, problem = plots.span_from(request.GET, chosen, every=seen)
    plot = charts.build(chosen, span, every=seen)
    keep = [("kanal", str(c.pk)) for c in chosen]
    src = f"{reverse('mapviews:station-chart', args=[found.slug])}?{urlencode(keep)}"
    context = plots.time_context(span, problem, every=every, keep=keep)
    return context | {"plots": plots.items(plot, src=src), "table_href": f"?{urlencode(keep)}"}


@require_safe
def chart_data(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"x": […], "series": […]}` for the chart component: one panel (`feld`) of these channels over a range."""
    found = get_object_or_404(Station.objects.visible_to(request.user), slug=slug)
    wanted = plots.numbers(request.GET, "kanal", MOST_LINES)
    channels = [
        c
        for c in Channel.objects.select_related("phenomenon", "station").filter(station=found, pk__in=wanted)
        if c.latest_ts is not None
    ]
    if not channels:
        get_object_or_404(Channel, pk__in=wanted, station=found)
        return JsonResponse({"x": [], "series": []})
    every = {c.pk for c in channels} if can_see_every_value(request.user, found) else set()
    span, _problem = plots.span_from(request.GET, channels, every=every)
    number = next(iter(plots.numbers(request.GET, "feld", 1)), 0)
    return JsonResponse(charts.build(channels, span, every=every).as_json(number))


@require_safe
def download(request: HttpRequest, slug: str) -> StreamingHttpResponse:
    """A channel's values as CSV; owners of private stations get theirs here."""
    found = get_object_or_404(Station.objects.visible_to(request.user), slug=slug)
    channel = get_object_or_404(
        Channel.objects.select_related("phenomenon", "station"), pk=_number(request.GET.get("kanal")), station=found
    )
    if can_see_every_value(request.user, found):
        return csv_stream(request, channel, resolution="raw")
    return csv_stream(request, channel, resolution="day", end=series.complete_days_until(now_ms()), means_only=True)


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
