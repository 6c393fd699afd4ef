"""`POST /boxes/{osem_id}/data`, `…/{osem_channel}`: the doors of openSenseMap's senders; `…/lorawan`: own webhooks."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mapviews.domain import doors, messages, mobile, osem
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import EARLIEST, now_ms
from mapviews.lorawan.payloads import PayloadError, kind_of, parse
from mapviews.models import Station
from mapviews.views.box_access import answered, holder
from mapviews.views.ingest import is_encoded, read_body
from portal.exceptions import DomainError

MAX_BODY = 1024 * 1024
AHEAD = 60_000


@csrf_exempt
@require_POST
@answered
def data(request: HttpRequest, osem_id: str) -> JsonResponse:
    station, body = _sender(request, osem_id)
    now = now_ms()
    keyed = any(request.GET.get(flag, "").lower() in ("true", "1") for flag in ("luftdaten", "hackair"))
    values = osem.read(body, content_type=request.content_type or "", now=now, keyed=keyed)
    if keyed:
        doors.add_values(station, values=values, now=now, pascal=True)  # type: ignore[arg-type]
    else:
        _store(station, values, now)  # type: ignore[arg-type]
    return JsonResponse("Measurements saved in box", safe=False, status=201)


@csrf_exempt
@require_POST
@answered
def lorawan(request: HttpRequest, osem_id: str) -> JsonResponse:
    """A webhook of The Things Stack or ChirpStack that a resident points at one station. Other events are ignored."""
    station, body = _sender(request, osem_id)
    now = now_ms()
    try:
        message = parse(kind_of(body), body, event=request.GET.get("event"))
    except PayloadError as error:
        raise osem.unprocessable(messages.reason(error.code)) from error
    if message.event != "up":
        return JsonResponse({"status": "ignored", "stored": 0})
    if message.problem:
        raise osem.unprocessable(messages.reason(message.problem))
    at = int(message.time.timestamp() * 1000) if message.time else now
    moments = [(at, message.readings), *((int(past.timestamp() * 1000), values) for past, values in message.earlier)]
    sent = [doors.Value(key, ts, value) for ts, values in moments for key, value in values.items()]
    result = doors.add_values(station, values=sent, now=now)
    if result.rejected and not result.stored and not result.duplicate:
        raise osem.unprocessable(result.rejected[0].message)
    return JsonResponse({"status": "stored", "stored": result.stored}, status=201)


@csrf_exempt
@require_POST
@answered
def channel(request: HttpRequest, osem_id: str, osem_channel: str) -> JsonResponse:
    station, body = _sender(request, osem_id)
    now = now_ms()
    if (request.content_type or "") not in osem.JSON_TYPES:
        raise DomainError("UnsupportedMediaType", _("Erwartet wird application/json."), status=415)
    _store(station, [osem.single(osem.parse_json(body), channel=osem_channel.lower(), now=now)], now)
    return JsonResponse("Measurement saved in box", safe=False, status=201)


def _sender(request: HttpRequest, osem_id: str) -> tuple[Station, bytes]:
    station = holder(request, osem_id)
    if is_encoded(request):
        raise DomainError("UnsupportedMediaType", _("Komprimierte Nachrichten nehmen wir nicht an."), status=415)
    return station, read_body(request, MAX_BODY)


def _store(station: Station, entries: list[osem.Entry], now: int) -> None:
    """All or nothing: an unknown sensor or a clock more than a minute ahead refuses the body."""
    channels = {c.osem_id: c for c in station.channels.select_related("phenomenon")}
    if any(entry.channel not in channels for entry in entries):
        raise osem.unprocessable(_("Ein Sensor gehört nicht zu dieser Box."))
    if any(not EARLIEST <= entry.ts <= now + AHEAD for entry in entries):
        raise osem.unprocessable(_("Ein Zeitpunkt liegt in der Zukunft oder vor dem Jahr 2000."))
    readings = [Reading(channels[e.channel].pk, e.ts, e.value) for e in entries]
    ingest(Batch(readings, {c.pk: c for c in channels.values()}, now=now, ahead=AHEAD))
    mobile.remember(station, [mobile.Place(e.ts, *e.place) for e in entries if e.place])
