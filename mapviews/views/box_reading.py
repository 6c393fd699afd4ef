"""Reading and deleting below `/boxes/`, as openSenseMap-API does it. Everyone sees open stations only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mapviews.domain import deletion, doors, mapping, osem, osem_output
from mapviews.domain.ingest.batch import now_ms
from mapviews.lorawan.payloads.clock import moment
from mapviews.models import Channel, Station
from mapviews.permissions import StationKey
from mapviews.responses import allow_all, open_json
from mapviews.views.box_access import answered, given_token, holder
from mapviews.views.ingest import read_body
from portal.exceptions import DomainError

WINDOW = 48 * 3_600_000
MAX_BODY = 1024 * 1024


def _not_found() -> DomainError:
    return DomainError("NotFound", "Box not found", status=404)


def _visible(request: HttpRequest, osem_id: str) -> tuple[Station, bool]:
    """The station and whether every value may be seen: open ones for all, one's own with its token."""
    station = doors.station_with(token=given_token(request), osem_id=osem_id.lower())
    if station is not None:
        return mapping.with_channels(Station.objects.filter(pk=station.pk))[0], True
    found = mapping.with_channels(Station.objects.visible_to(AnonymousUser()).filter(osem_id=osem_id.lower()))
    if not found:
        raise _not_found()
    return found[0], found[0].publicity != "daily"


def _channel(station: Station, osem_channel: str) -> Channel:
    for channel in station.all_channels:  # type: ignore[attr-defined]
        if channel.osem_id == osem_channel.lower():
            return channel  # type: ignore[no-any-return]
    raise DomainError("NotFound", "Sensor not found", status=404)


def _span(request: HttpRequest) -> tuple[int, int]:
    """`from-date` and `to-date` in ms, both included; without them the last 48 hours."""
    found = []
    for name, default in (("to-date", now_ms()), ("from-date", None)):
        text = request.GET.get(name, "").strip().replace(" ", "+")
        at = moment(text) if text else None
        if text and at is None:
            raise osem.unprocessable(f"Illegal value for parameter {name}. Expected an RFC 3339 date.")
        found.append(int(at.timestamp() * 1000) if at else default)
    end = found[0] or 0
    start = end - WINDOW if found[1] is None else found[1]
    if start > end:
        raise osem.unprocessable("Invalid time frame specified")
    return start, end + 1


@require_safe
@answered
def box(request: HttpRequest, osem_id: str) -> HttpResponse:
    station, every = _visible(request, osem_id)
    return open_json(request, osem_output.box(station, every=every))


@require_safe
@answered
def sensors(request: HttpRequest, osem_id: str) -> HttpResponse:
    station, every = _visible(request, osem_id)
    document = osem_output.box(station, every=every)
    return open_json(request, {"_id": document["_id"], "sensors": document["sensors"]})


@require_safe
@answered
def sensor(request: HttpRequest, osem_id: str, osem_channel: str) -> HttpResponse:
    station, every = _visible(request, osem_id)
    return open_json(request, osem_output.sensor(_channel(station, osem_channel), every=every))


@require_safe
@answered
def values(request: HttpRequest, osem_id: str, osem_channel: str) -> HttpResponse:
    """Newest first, at most 10,000; stations indoors show means of days that are over."""
    station, every = _visible(request, osem_id)
    channel = _channel(station, osem_channel)
    start, end = _span(request)
    rows = osem_output.measurements(channel, every=every, start=start, end=end)
    if request.GET.get("format") == "csv":
        sign = ";" if request.GET.get("delimiter") == "semicolon" else ","
        lines = [f"createdAt{sign}value"] + [f"{r['createdAt']}{sign}{r['value']}" for r in rows]
        return _csv("\n".join(lines) + "\n", osem_channel.lower())
    return open_json(request, rows)


def _csv(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv")
    response["Content-Disposition"] = f"attachment; filename={name}.csv"
    return allow_all(response)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@answered
def by_phenomenon(request: HttpRequest) -> HttpResponse:
    """`/boxes/data/?boxid=…|bbox=…&phenomenon=…`: one CSV over several boxes; parameters as query or JSON body."""
    given: dict[str, Any] = request.GET.dict()
    if request.method == "POST":
        document = osem.parse_json(read_body(request, MAX_BODY)) if request.content_type == "application/json" else {}
        given |= document if isinstance(document, dict) else {}
    stations = _asked(given)
    start, end = _span(request)
    lines = ["sensorId,createdAt,value,lat,lon"]
    for station in stations:
        lines += _rows(station, str(given.get("phenomenon", "")), start, end)
    return _csv("\n".join(lines) + "\n", "opensensemap_org-download")


def _asked(given: dict[str, Any]) -> list[Station]:
    if not str(given.get("phenomenon", "")):
        raise osem.unprocessable("missing required parameter phenomenon")
    queryset = Station.objects.visible_to(AnonymousUser()).order_by("pk")
    if given.get("boxid"):
        wanted = given["boxid"] if isinstance(given["boxid"], list) else str(given["boxid"]).split(",")
        return mapping.with_channels(queryset.filter(osem_id__in=[str(w).strip().lower() for w in wanted[:100]]))
    if given.get("bbox"):
        box = _box(given["bbox"])
        return mapping.stations_in(box)[:100]
    raise osem.unprocessable("please specify either boxid or bbox")


def _box(text: Any) -> mapping.Box:
    """Errors in the words of openSenseMap-API, which its clients compare."""
    parts = text if isinstance(text, list) else str(text).split(",")
    wrong = "Illegal value for parameter bbox. "
    if len(parts) != 4:
        raise osem.unprocessable(wrong + "Invalid number of coordinates.")
    try:
        west, south, east, north = (float(part) for part in parts)
    except (TypeError, ValueError) as error:
        raise osem.unprocessable(wrong + "Supplied values can not be parsed as floats.") from error
    box = mapping.box_of(f"{west},{south},{east},{north}")
    if not (abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 90 and abs(north) <= 90) or box is None:
        raise osem.unprocessable(wrong + "Supplied coordinates are outside of (180, 90, -180, 90).")
    return box


def _rows(station: Station, phenomenon: str, start: int, end: int) -> Iterable[str]:
    every = station.publicity != "daily"
    place = station.places[0] if station.places else None  # type: ignore[attr-defined]
    at = f"{place.public_latitude},{place.public_longitude}" if place else ","
    for channel in station.all_channels:  # type: ignore[attr-defined]
        if osem_output.is_called(channel, phenomenon):
            for row in osem_output.measurements(channel, every=every, start=start, end=end):
                yield f"{channel.osem_id},{row['createdAt']},{row['value']},{at}"


@csrf_exempt
@require_http_methods(["DELETE"])
@answered
def delete(request: HttpRequest, osem_id: str, osem_channel: str) -> HttpResponse:
    """Body: `{"deleteAllMeasurements": true}`, `{"timestamps": […]}` or `{"from-date", "to-date"}`."""
    token = given_token(request)
    other = doors.station_by_token(token)
    if other is not None and other.osem_id != osem_id.lower():
        raise DomainError("Forbidden", "User does not own this senseBox", status=403)
    station = holder(request, osem_id)
    channel = station.channels.filter(osem_id=osem_channel.lower()).first()
    if channel is None:
        raise DomainError("NotFound", "Sensor not found", status=404)
    chosen = _range(osem.parse_json(read_body(request, MAX_BODY) or b"{}"))
    count = deletion.delete_values(StationKey(station), station=station, channels=[channel], **chosen)
    return JsonResponse({"code": "Ok", "message": f"{count} measurements deleted"})


def _range(document: Any) -> dict[str, Any]:
    if not isinstance(document, dict):
        raise osem.unprocessable(_("Erwartet wird ein Objekt."))
    ways = [name for name in ("deleteAllMeasurements", "timestamps", "from-date") if document.get(name)]
    if len(ways) != 1:
        raise osem.unprocessable(_("Nennen Sie „deleteAllMeasurements“, „timestamps“ oder „from-date“ mit „to-date“."))
    if ways == ["deleteAllMeasurements"]:
        if document[ways[0]] not in (True, "true"):
            raise osem.unprocessable(_("„deleteAllMeasurements“ muss true sein."))
        return {}
    if ways == ["timestamps"]:
        given = document["timestamps"]
        moments = [moment(text) for text in given] if isinstance(given, list) else [None]
        if any(at is None for at in moments):
            raise osem.unprocessable(_("Ein Zeitpunkt ist nicht lesbar (RFC 3339)."))
        return {"moments": [int(at.timestamp() * 1000) for at in moments if at]}
    start, end = moment(document["from-date"]), moment(document.get("to-date"))
    if start is None or end is None or start > end:
        raise osem.unprocessable(_("Ein Zeitpunkt ist nicht lesbar (RFC 3339)."))
    return {"start": int(start.timestamp() * 1000), "end": int(end.timestamp() * 1000) + 1}


@require_safe
@answered
def boxes(request: HttpRequest) -> HttpResponse:
    """`/boxes`: open stations, at most 1,000; `bbox`, `exposure` and `phenomenon` narrow the list."""
    if bbox := request.GET.get("bbox"):
        stations = mapping.stations_in(_box(bbox))[:1000]
    else:
        stations = mapping.with_channels(Station.objects.visible_to(AnonymousUser()).order_by("pk")[:1000])
    if exposure := request.GET.get("exposure"):
        stations = [s for s in stations if s.exposure in exposure.split(",")]
    if phenomenon := request.GET.get("phenomenon"):
        stations = [s for s in stations if any(osem_output.is_called(c, phenomenon) for c in s.all_channels)]  # type: ignore[attr-defined]
    rows = [osem_output.box(s, every=s.publicity != "daily") for s in stations]
    return open_json(request, rows, seconds=0 if settings.DEBUG else 5)
