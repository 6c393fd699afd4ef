"""The live map: list first, then the map; now, or as it was in an hour or day of the past."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mapviews.domain import groups, mapping, moments
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.words import scale_of, scales, words_for
from mapviews.enums import Exposure
from mapviews.forms import LiveMapFilter, MomentForm
from mapviews.models import Channel, Station
from mapviews.views import surface_words
from mapviews.views.pages import PER_PAGE, shown

KEEP, KEEP_PAST = timedelta(seconds=5), timedelta(seconds=30)
MOST_VALUES = 6


@require_safe
def live_map(request: HttpRequest) -> HttpResponse:
    now = now_ms()
    moment_form = MomentForm(request.GET or None, now=now)
    moment = moment_form.moment()
    request.cache_expires_at = timezone.now() + (KEEP_PAST if moment else KEEP)  # type: ignore[attr-defined]
    form = LiveMapFilter(request.GET or None, user=request.user)
    only = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(_stations(request, only), PER_PAGE).get_page(request.GET.get("page"))
    chosen = only.get("messgroesse")
    context = {
        "filter_form": form,
        "active": _active(only),
        "kept": [(name, request.GET[name]) for name in form.fields if request.GET.get(name)],
        "phenomenon": chosen.pk if chosen else "",
        "exposure": only.get("standort") or "",
        "project": only["projekt"].slug if only.get("projekt") else "",
        "group": only["gruppe"].slug if only.get("gruppe") else "",
        "wants_surface": bool(only.get("flaeche")),
        "surface": surface_words.told(chosen, moment) if chosen and only.get("flaeche") else None,
        "scale": scale_of(chosen.pk) if chosen else [],
        "scale_unit": chosen.unit_label if chosen else "",
        "scales": json.dumps(scales()),
        "page_obj": page,
        "rows": _rows(page, chosen, moment),
        "moment": moment,
        "moment_form": moment_form,
        "too_late": bool(moment is None and (request.GET.get("zeit") or request.GET.get("tag"))),
    }
    return render(request, "mapviews/live_map.html", context)


def _stations(request: HttpRequest, only: dict[str, Any]) -> Any:
    stations = Station.objects.visible_to(request.user).order_by("name", "pk")
    if only.get("messgroesse"):
        stations = stations.measuring(only["messgroesse"])
    if only.get("standort"):
        stations = stations.filter(exposure=only["standort"])
    if only.get("projekt"):
        stations = stations.filter(project=only["projekt"])
    if only.get("gruppe"):
        stations = groups.for_group(stations, only["gruppe"].slug, request.user)
    return stations


def _active(only: dict[str, Any]) -> list[dict[str, Any]]:
    titles = [only["messgroesse"].label] if only.get("messgroesse") else []
    titles += [str(Exposure(only["standort"]).label)] if only.get("standort") else []
    titles += [only["projekt"].title] if only.get("projekt") else []
    titles += [only["gruppe"].name] if only.get("gruppe") else []
    titles += [_("mit Fläche")] if only.get("flaeche") else []
    return [{"title": title, "url": "?", "remove": True} for title in titles]


def _rows(page: Any, chosen: Any, moment: moments.Moment | None) -> list[dict[str, Any]]:
    keys = [station.pk for station in page]
    found = mapping.with_channels(Station.objects.filter(pk__in=keys).order_by("name", "pk"))
    if moment is None:
        return [{"station": s, "values": _wanted(s.shown_channels, chosen)} for s in found]  # type: ignore[attr-defined]
    means = moments.means(found, moment)
    return [
        {
            "station": s,
            "values": [
                past(c, means[c.pk])
                for c in s.all_channels  # type: ignore[attr-defined]
                if c.pk in means and means[c.pk].value is not None and (not chosen or c.phenomenon_id == chosen.pk)
            ][:MOST_VALUES],
        }
        for s in found
    ]


def _wanted(channels: list[Channel], chosen: Any) -> list[dict[str, Any]]:
    with_value = (c for c in channels if c.latest_ts is not None and (not chosen or c.phenomenon_id == chosen.pk))
    return [shown(channel) for channel in with_value][:MOST_VALUES]


def past(channel: Channel, mean: moments.Mean) -> dict[str, Any]:
    """The mean of a moment for a template."""
    decimals = channel.phenomenon.decimals if channel.phenomenon else 2
    notes = []
    if mean.n is not None:
        notes.append(ngettext("aus %d Wert", "Mittel aus %d Werten", mean.n) % mean.n)
    if mean.flagged:
        left_out = ngettext("%d Fehlerwert zählt nicht mit", "%d Fehlerwerte zählen nicht mit", mean.flagged)
        notes.append(left_out % mean.flagged)
    return {
        "label": channel.label,
        "unit": channel.unit_label,
        "value": formats.number_format(mean.value, decimal_pos=decimals),
        "words": words_for(channel.phenomenon_id, mean.value),
        "note": ", ".join(notes) or _("Mittel des Tages"),
    }
