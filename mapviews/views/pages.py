"""What everyone sees: the start page of sensors, the live map, a station with its chart."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mapviews.domain import charts, mapping, series
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.words import scale_of, scales, words_for
from mapviews.enums import FLAG_LABELS, Exposure, Flag
from mapviews.exports import csv_stream
from mapviews.forms import PhenomenonFilter
from mapviews.models import Channel, Station
from mapviews.permissions import can_manage_station, can_own_station, can_see_every_value, is_sensor_desk

PER_PAGE = 30
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
        "flags": [FLAG_LABELS[flag] for flag in Flag if channel.latest_flags & flag],
    }


def _filtered(request: HttpRequest) -> tuple[PhenomenonFilter, Any]:
    form = PhenomenonFilter(request.GET or None)
    stations = Station.objects.visible_to(request.user).order_by("name", "pk")
    if form.is_bound and form.is_valid():
        if phenomenon := form.cleaned_data["messgroesse"]:
            stations = stations.filter(pk__in=Channel.objects.filter(phenomenon=phenomenon).values("station"))
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
def live_map(request: HttpRequest) -> HttpResponse:
    brief(request)
    return render(request, "mapviews/live_map.html", _listing(request))


@require_safe
def station(request: HttpRequest, slug: str) -> HttpResponse:
    brief(request)
    found = get_object_or_404(Station.objects.visible_to(request.user).select_related("project", "thread"), slug=slug)
    found = mapping.with_channels(Station.objects.filter(pk=found.pk).select_related("project", "thread"))[0]
    every = can_see_every_value(request.user, found)
    channels = found.all_channels
    selected = _selected(request, channels)
    period = charts.period_of(request.GET.get("zeitraum", ""), every=every)
    context = {
        "station": found,
        "place": found.current,
        "every": every,
        "values": [shown(c) for c in channels if c.latest_ts is not None] if every else [],
        "channels": [c for c in channels if c.latest_ts is not None],
        "selected": selected,
        "period": period,
        "periods": charts.PERIODS if every else charts.DAILY_PERIODS,
        "may_manage": can_manage_station(request.user, found),
        "is_owner": can_own_station(request.user, found),
        "is_desk": is_sensor_desk(request.user),
    }
    if selected:
        context |= _table(charts.data(selected, period=period, every=every))
    return render(request, "mapviews/station.html", context)


def _selected(request: HttpRequest, channels: list[Channel]) -> Channel | None:
    with_data = [c for c in channels if c.latest_ts is not None]
    wanted = request.GET.get("kanal", "")
    return next((c for c in with_data if str(c.pk) == wanted), with_data[0] if with_data else None)


def _flag_words(point: series.Point) -> str:
    """What is odd about a value, or how many odd ones a mean leaves out."""
    if point.flagged:
        return ngettext("%d auffälliger Wert", "%d auffällige Werte", point.flagged) % point.flagged
    return ", ".join(str(FLAG_LABELS[flag]) for flag in Flag if point.flags & flag)


def _table(chart: charts.Chart) -> dict[str, Any]:
    rows = [
        [
            formats.date_format(timezone.localtime(at(p.ts)), "SHORT_DATETIME_FORMAT"),
            formats.number_format(p.value, decimal_pos=chart.decimals) if p.value is not None else "–",
            _flag_words(p),
        ]
        for p in chart.points[-200:]
    ]
    return {"chart": chart, "chart_rows": rows, "chart_columns": [_("Zeit"), chart.label_with_unit, _("Hinweis")]}


@require_safe
def chart_data(request: HttpRequest, slug: str) -> JsonResponse:
    """`{"x": […], "series": […]}` for the chart component."""
    found = get_object_or_404(Station.objects.visible_to(request.user), slug=slug)
    channel = get_object_or_404(
        Channel.objects.select_related("phenomenon", "station"), pk=_number(request.GET.get("kanal")), station=found
    )
    every = can_see_every_value(request.user, found)
    period = charts.period_of(request.GET.get("zeitraum", ""), every=every)
    return JsonResponse(charts.data(channel, period=period, every=every).as_json())


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
