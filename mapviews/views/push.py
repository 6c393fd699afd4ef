"""`POST /v1/push-sensor-data/[push_id/]`: the firmware of sensor.community, which cannot choose its own `X-Sensor`:
its "own API" sends what one types as path, user and password."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mapviews.domain import doors, tokens
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.spool import BUSY
from mapviews.lorawan.payloads import PayloadError
from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import load, number, text
from mapviews.models import Station
from mapviews.views.ingest import TooLarge, answer, is_encoded, read_body

MAX_BODY = 1024 * 1024
MAX_VALUES = 100
ID_HEADERS = ("X-Sensor", "Sensor", "Node", "X-Mac-Id")


@csrf_exempt
@require_POST
def receive(request: HttpRequest, push_id: str = "") -> JsonResponse:
    try:
        station = sender(request, push_id)
        if station is None:
            return answer(403, "unknown_sensor", "Diese Sensor-Kennung ist hier nicht angemeldet.")
        if is_encoded(request):
            return answer(415, "unsupported_type", "Komprimierte Nachrichten nehmen wir nicht an.")
        document = load(read_body(request, MAX_BODY))
        now = now_ms()
        values = sensor_values(document, now=now)
        if not values:
            return answer(400, "empty", "Die Nachricht enthält keine Werte (sensordatavalues).")
        result = doors.add_values(station, values=values, now=now, pascal=True)
    except PayloadError:
        return answer(400, "not_json", "Die Nachricht ist kein gültiges JSON.")
    except TooLarge as error:
        return answer(error.status, error.code, str(error.message))
    except BUSY:
        return answer(503, "busy", "Die Datenbank ist gerade nicht erreichbar. Bitte senden Sie die Nachricht erneut.")
    if result.rejected and not result.stored and not result.duplicate:
        return answer(400, result.rejected[0].code, result.rejected[0].message)
    return JsonResponse({"stored": result.stored, "duplicate": result.duplicate}, status=201)


def sender(request: HttpRequest, push_id: str) -> Station | None:
    """The station: by its push id (path, Basic user, header), or by its token (Basic password, Bearer, bare)."""
    user, token = _credentials(request.headers.get("Authorization", "").strip())
    if station := doors.station_by_token(token):
        return station
    sent = [push_id, user] + [request.headers.get(name, "") for name in ID_HEADERS]
    return doors.station_by_push_id(next((text.strip() for text in sent if text.strip()), ""))


def _credentials(header: str) -> tuple[str, str]:
    """User and token of an Authorization header; only Basic has a user."""
    scheme, _space, given = header.partition(" ")
    if scheme.lower() != "basic":
        return "", tokens.bearer(header) or header
    try:
        user, _colon, password = base64.b64decode(given, validate=True).decode("utf-8", "replace").partition(":")
    except (binascii.Error, ValueError):
        return "", ""
    return user, password


def sensor_values(document: dict[str, Any], *, now: int) -> list[doors.Value]:
    """The numbers of `sensordatavalues`; text such as "-59 dBm" and null are no values."""
    sent = moment(document.get("timestamp"))
    ts = int(sent.timestamp() * 1000) if sent else now
    entries = document.get("sensordatavalues")
    found = []
    for entry in entries[:MAX_VALUES] if isinstance(entries, list) else []:
        if not isinstance(entry, dict):
            continue
        key, value = text(entry.get("value_type"), 60), number(entry.get("value"))
        if key and value is not None and not isinstance(entry.get("value"), bool):
            found.append(doors.Value(key, ts, value))
    return found
