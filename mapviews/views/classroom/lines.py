"""A box's line with its notes, and two lines beside each other."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mapviews.domain.charts import PERIODS
from mapviews.domain.classroom import compare, notes
from mapviews.domain.ingest.store import DAY
from mapviews.forms.classroom import CompareForm, NoteForm, local_text
from mapviews.models import Channel, ClassBox, Classroom
from mapviews.views.classroom import access
from mapviews.views.own import add_error
from portal.exceptions import DomainError

WAYS = tuple(period for period in PERIODS if period.days)
ROWS = 200


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def box(request: HttpRequest, slug: str, station: str) -> HttpResponse:
    """One box: line, table, notes, and the form for a new one."""
    found = access.visitor(request, slug)
    if found is None:
        return redirect("mapviews:classroom-join")
    one = _box(found.classroom, station)
    channels = _channels(one)
    channel = _chosen(request, channels)
    period = next((p for p in WAYS if p.key == request.GET.get("zeitraum")), WAYS[0 if one.class_sees_every else 2])
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"starts": _newest(channel)})
    if request.method == "POST" and channel is not None and form.is_valid():
        try:
            notes.write(
                classroom=found.classroom,
                channel=channel,
                pupil=found.pupil,
                user=request.user if found.leads else None,
                **form.cleaned_data,
            )
        except DomainError as error:
            add_error(form, error)
        else:
            return redirect(f"{request.path}?kanal={channel.pk}&zeitraum={period.key}#notizen")
    context: dict[str, Any] = {
        "visitor": found,
        "classroom": found.classroom,
        "box": one,
        "station": one.station,
        "channels": channels,
        "channel": channel,
        "period": period,
        "periods": WAYS,
        "form": form,
    }
    if channel is not None:
        readable = notes.readable(found.classroom, pupil=found.pupil)
        span = _span(one, channel, period.days or 1)
        context |= {"span": span, "rows": _table(span), "notes": readable.filter(channel=channel)[:50]}
        context["yesterday"] = _beside_the_day_before(span, channel)
    return render(request, "mapviews/classroom/box.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def box_data(request: HttpRequest, slug: str, station: str) -> JsonResponse:
    """The chart component's data for one box."""
    found = access.demand_visitor(request, slug)
    one = _box(found.classroom, station)
    channel = get_object_or_404(
        Channel.objects.select_related("phenomenon", "station"),
        pk=_number(request.GET.get("kanal")),
        station=one.station,
    )
    period = next((p for p in WAYS if p.key == request.GET.get("zeitraum")), WAYS[0])
    readable = notes.readable(found.classroom, pupil=found.pupil).filter(channel=channel)
    return JsonResponse(compare.chart(_span(one, channel, period.days or 1), notes=list(readable[:200])))


@never_cache
@require_safe
def beside(request: HttpRequest, slug: str) -> HttpResponse:
    """Two channels, or two spans of one, beside each other."""
    found = access.visitor(request, slug)
    if found is None:
        return redirect("mapviews:classroom-join")
    form = CompareForm(request.GET if "a" in request.GET else None, channels=_all_channels(found.classroom))
    if not form.is_bound:
        _propose(form)
    context: dict[str, Any] = {"visitor": found, "classroom": found.classroom, "form": form}
    if form.is_bound and form.is_valid():
        spans = _spans(found.classroom, form.cleaned_data)
        readable = notes.readable(found.classroom, pupil=found.pupil)
        context["spans"] = [
            {
                "span": span,
                "label": compare.label_of(span, spans[1 - number]),
                "notes": readable.filter(channel=span.channel, starts__gte=span.start, starts__lt=span.end)[:50],
                "rows": _table(span),
                "from": _moment(span.start),
                "to": _moment(span.end),
            }
            for number, span in enumerate(spans)
        ]
        means = [span.mean for span in spans]
        same = spans[0].channel.phenomenon_id == spans[1].channel.phenomenon_id
        if same and means[0] is not None and means[1] is not None:
            difference = means[1] - means[0]
            context |= {"difference": difference, "more": abs(difference), "zero": 0.0}
    return render(request, "mapviews/classroom/compare.html", context, status=400 if form.errors else 200)


@never_cache
@require_safe
def beside_data(request: HttpRequest, slug: str) -> JsonResponse:
    found = access.demand_visitor(request, slug)
    form = CompareForm(request.GET, channels=_all_channels(found.classroom))
    if not form.is_valid():
        return JsonResponse({"code": "bad_question", "message": _("Bitte wählen Sie zwei Messreihen.")}, status=400)
    first, second = _spans(found.classroom, form.cleaned_data)
    return JsonResponse(compare.chart(first, second))


def _box(classroom: Classroom, station: str) -> ClassBox:
    return get_object_or_404(classroom.boxes.live().select_related("station"), station__slug=station)


def _channels(one: ClassBox) -> list[Channel]:
    rows = one.station.channels.select_related("phenomenon", "station").exclude(latest_ts=None)
    return list(rows)


def _all_channels(classroom: Classroom) -> list[Channel]:
    boxes = classroom.boxes.live().values("station")
    rows = Channel.objects.filter(station__in=boxes).exclude(latest_ts=None).select_related("phenomenon", "station")
    return list(rows.order_by("station__class_box__number", "phenomenon__position", "pk"))


def _chosen(request: HttpRequest, channels: list[Channel]) -> Channel | None:
    wanted = request.GET.get("kanal", "")
    return next((c for c in channels if str(c.pk) == wanted), channels[0] if channels else None)


def _span(one: ClassBox, channel: Channel, days: int) -> compare.Span:
    end = (channel.latest_ts or 0) + 1
    return compare.span(one, channel, start=end - days * DAY, end=end)


def _spans(classroom: Classroom, data: dict[str, Any]) -> tuple[compare.Span, compare.Span]:
    boxes = {box.station_id: box for box in classroom.boxes.live().select_related("station")}
    pairs = ((data["a"], data["von"], data["bis"]), (data["b"], data["von2"], data["bis2"]))
    first, second = (
        compare.span(
            boxes[c.station_id],
            Channel.objects.select_related("phenomenon", "station").get(pk=c.pk),
            start=compare.ms(start),
            end=compare.ms(end),
        )
        for c, start, end in pairs
    )
    return first, second


def _propose(form: CompareForm) -> None:
    """The last day of the first channel, beside another box that measures the same."""
    channels = list(form.fields["a"].queryset.select_related("station").order_by("station__class_box__number", "pk"))
    if not channels:
        return
    first = channels[0]
    twin = next((c for c in channels[1:] if c.phenomenon_id == first.phenomenon_id), first)
    end = _moment((first.latest_ts or 0) + 60_000)
    form.initial |= {"a": first.pk, "b": twin.pk, "von": end - timedelta(days=1), "bis": end}


def _beside_the_day_before(span: compare.Span, channel: Channel) -> str:
    """The query that lays this span over the one before it."""
    start, end = _moment(span.start), _moment(span.end)
    length = end - start
    pairs = [("a", channel.pk), ("von", local_text(start)), ("bis", local_text(end)), ("b", channel.pk)]
    pairs += [("von2", local_text(start - length)), ("bis2", local_text(end - length))]
    return "&".join(f"{key}={value}" for key, value in pairs)


def _table(span: compare.Span) -> list[tuple[str, str]]:
    decimals = span.channel.phenomenon.decimals if span.channel.phenomenon else 2
    style = "SHORT_DATE_FORMAT" if span.daily else "SHORT_DATETIME_FORMAT"
    return [
        (formats.date_format(_moment(p.ts), style), formats.number_format(p.value, decimal_pos=decimals))
        for p in span.points[-ROWS:]
        if p.value is not None
    ]


def _newest(channel: Channel | None) -> datetime | None:
    return _moment(channel.latest_ts) if channel is not None and channel.latest_ts else None


def _moment(ts: int) -> datetime:
    return timezone.localtime(datetime.fromtimestamp(ts / 1000, tz=UTC))


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
