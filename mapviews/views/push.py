"""`POST /v1/push-sensor-data/`: the firmware of sensor.community (also its `luftdaten` bodies)."""

from __future__ import annotations

from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from mapviews.domain import doors
from mapviews.domain.ingest.batch import now_ms
from mapviews.lorawan.payloads import PayloadError
from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import load, number, text
from mapviews.views.ingest import TooLarge, answer, read_body

MAX_BODY = 1024 * 1024
MAX_VALUES = 100
ID_HEADERS = ("X-Sensor", "Sensor", "Node", "X-Mac-Id")


@csrf_exempt
@require_POST
def receive(request: HttpRequest) -> JsonResponse:
    push_id = next((request.headers[name] for name in ID_HEADERS if request.headers.get(name)), "")
    try:
        station = doors.station_by_push_id(push_id.strip())
        if station is None:
            return answer(403, "unknown_sensor", "Diese Sensor-Kennung ist hier nicht angemeldet.")
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
    except OperationalError:
        return answer(503, "busy", "Die Datenbank ist gerade nicht erreichbar. Bitte senden Sie die Nachricht erneut.")
    if result.rejected and not result.stored and not result.duplicate:
        return answer(400, result.rejected[0].code, result.rejected[0].message)
    return JsonResponse({"stored": result.stored, "duplicate": result.duplicate}, status=201)


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
        if key and value is not None:
            found.append(doors.Value(key, ts, value))
    return found
