"""`POST /boxes/{osem_id}/data` and `/boxes/{osem_id}/{osem_channel}`: the doors of openSenseMap's senders."""

from __future__ import annotations

from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mapviews.domain import doors, osem, tokens
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.ingest.batch import EARLIEST, now_ms
from mapviews.models import Station
from mapviews.views.ingest import answer, read_body
from portal.exceptions import DomainError

MAX_BODY = 1024 * 1024
AHEAD = 60_000


def _door(handle: Callable[..., None]) -> Callable[..., JsonResponse]:
    """Token, body and errors, the same for both addresses."""

    @csrf_exempt
    @require_POST
    def view(request: HttpRequest, osem_id: str, **kwargs: str) -> JsonResponse:
        try:
            header = request.headers.get("Authorization", "").strip()
            token = tokens.bearer(header) or header
            station = doors.station_with(token=token, osem_id=osem_id.lower())
            if station is None:
                return answer(401, "Unauthorized", _("Box oder Zugangsschlüssel stimmen nicht."))
            handle(request, station, read_body(request, MAX_BODY), **kwargs)
        except DomainError as error:
            return answer(error.status, error.code, str(error.message))
        except OperationalError:
            return answer(503, "busy", _("Die Datenbank ist gerade nicht erreichbar."))
        return JsonResponse("Measurements saved in box", safe=False, status=201)

    return view


@_door
def data(request: HttpRequest, station: Station, body: bytes) -> None:
    now = now_ms()
    keyed = any(request.GET.get(flag, "").lower() in ("true", "1") for flag in ("luftdaten", "hackair"))
    values = osem.read(body, content_type=request.content_type or "", now=now, keyed=keyed)
    if keyed:
        doors.add_values(station, values=values, now=now, pascal=True)  # type: ignore[arg-type]
    else:
        _store(station, values, now)  # type: ignore[arg-type]


@_door
def channel(request: HttpRequest, station: Station, body: bytes, osem_channel: str) -> None:
    now = now_ms()
    if request.content_type not in ("application/json", "", None):
        raise DomainError("unsupported_type", _("Erwartet wird application/json."), status=415)
    _store(station, [osem.single(osem.parse_json(body), channel=osem_channel, now=now)], now)


def _store(station: Station, entries: list[osem.Entry], now: int) -> None:
    """All or nothing: an unknown sensor or a clock more than a minute ahead refuses the body."""
    channels = {c.osem_id: c for c in station.channels.select_related("phenomenon")}
    if any(entry.channel not in channels for entry in entries):
        raise osem.unprocessable(_("Ein Sensor gehört nicht zu dieser Box."))
    if any(not EARLIEST <= entry.ts <= now + AHEAD for entry in entries):
        raise osem.unprocessable(_("Ein Zeitpunkt liegt in der Zukunft oder vor dem Jahr 2000."))
    readings = [Reading(channels[e.channel].pk, e.ts, e.value) for e in entries]
    ingest(Batch(readings, {c.pk: c for c in channels.values()}, now=now, ahead=AHEAD))
