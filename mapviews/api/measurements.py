"""`measurements` (read, as JSON pages or one CSV stream) and `POST stations/{id}/measurements`."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from mapviews.api.stations import ANYONE, station_filter
from mapviews.domain import doors, series, tokens
from mapviews.domain.ingest import Batch, Reading, Refused, ingest
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.spool import BUSY
from mapviews.enums import Publicity, flag_names
from mapviews.exports import csv_stream, moment_text
from mapviews.lorawan.payloads.clock import moment
from mapviews.lorawan.payloads.document import number
from mapviews.models import Channel, Station
from mapviews.responses import busy, open_json
from portal.exceptions import DomainError
from portal.rest import Cursor, Failure, Limit, decode_cursor, next_url

MAX_BODY = 1024 * 1024
MAX_ITEMS = 10_000


class Value(Schema):
    ts: str
    value: float | None
    flags: list[str]


class ValuePage(Schema):
    items: list[Value]
    next: str | None


class Reject(Schema):
    index: int
    code: str
    message: str


class Stored(Schema):
    stored: int
    duplicate: int
    rejected: list[Reject]


def add(router: Router) -> None:
    router.get("/measurements", response={200: ValuePage, 404: Failure}, summary="Messwerte eines Kanals")(read)
    router.post(
        "/stations/{station}/measurements",
        response={201: Stored, 400: Failure, 401: Failure, 413: Failure, 503: Failure},
        summary="Messwerte senden",
        description="Mit `Authorization: Bearer <Zugangsschlüssel der Station>`.",
    )(write)


def read(
    request: HttpRequest,
    channel: int,
    start: str | None = Query(None, alias="from", max_length=40),
    end: str | None = Query(None, alias="to", max_length=40),
    resolution: Literal["raw", "hour", "day"] = "raw",
    format: Literal["json", "csv"] = "json",
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> HttpResponse:
    public = Station.objects.visible_to(ANYONE)
    found = Channel.objects.select_related("station", "phenomenon").filter(pk=channel, station__in=public).first()
    if found is None:
        raise Http404
    first, last = _bound(start, "from", series.FIRST), _bound(end, "to", series.LAST)
    if found.station.publicity == Publicity.DAILY:
        if resolution != "day":
            message = _("Diese Station steht in einem Innenraum. Öffentlich sind nur Tagesmittel (resolution=day).")
            raise DomainError("daily_only", message, status=403)
        last = min(last, series.complete_days_until(now_ms()))
    means_only = found.station.publicity == Publicity.DAILY
    if format == "csv":
        return csv_stream(request, found, resolution=resolution, start=first, end=last, means_only=means_only)
    if cursor:
        after = decode_cursor(cursor)
        if not re.fullmatch(r"-?\d{1,18}", after):
            raise DomainError("bad_cursor", _("Der Wert von „cursor“ ist ungültig."))
        first = max(first, int(after) + 1)
    points = series.points(found, resolution=resolution, start=first, end=last, limit=limit + 1)
    more = len(points) > limit
    points = points[:limit]
    data = {
        "items": [point_out(p, resolution, means_only=means_only) for p in points],
        "next": next_url(request, points[-1].ts) if more else None,
        "channel": found.pk,
        "unit": found.unit,
        "licence": found.station.licence,
        "sample": found.station.sample,
    }
    return open_json(request, data)


def _bound(text: str | None, name: str, default: int) -> int:
    if not text:
        return default
    at = moment(re.sub(r" (\d\d:?\d\d)$", r"+\1", text.strip()))  # an unescaped + arrives as a space
    if at is None and re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()):
        at = moment(f"{text.strip()}T00:00:00Z")
    if at is None:
        raise DomainError("bad_time", _("„%s“ muss ein Zeitpunkt nach RFC 3339 sein.") % name)
    return int(at.timestamp() * 1000)


def point_out(point: series.Point, resolution: str, *, means_only: bool) -> dict[str, Any]:
    """A point for the API; where only means are public, a day's single lowest and highest value stay out."""
    data: dict[str, Any] = {"ts": moment_text(point.ts), "value": point.value, "flags": flag_names(point.flags)}
    if resolution != "raw" and not means_only:
        data |= {"n": point.n, "min": point.minimum, "max": point.maximum, "flagged": point.flagged}
    return data


def write(request: HttpRequest, station: str) -> HttpResponse:
    try:
        return _write(request, station)
    except BUSY:
        return busy()


def _write(request: HttpRequest, station: str) -> HttpResponse:
    token = tokens.bearer(request.headers.get("Authorization", ""))
    found = Station.objects.filter(station_filter(station)).values_list("pk", flat=True).first()
    owner = doors.station_with(token=token, pk=found or 0)
    if owner is None:
        raise DomainError("unauthorized", _("Station oder Zugangsschlüssel stimmen nicht."), status=401)
    items = _items(request)
    readings: list[Reading] = []
    places: list[int] = []
    rejected: list[Refused] = []
    for index, item in enumerate(items):
        reading = _reading(index, item)
        if isinstance(reading, Refused):
            rejected.append(reading)
        else:
            readings.append(reading)
            places.append(index)
    channels = {c.pk: c for c in owner.channels.select_related("phenomenon")}
    result = ingest(Batch(readings, channels))
    rejected += [Refused(places[r.index], r.code, r.message) for r in result.rejected]
    data = {
        "stored": result.stored,
        "duplicate": result.duplicate,
        "rejected": [asdict(r) for r in sorted(rejected)],
    }
    return JsonResponse(data, status=201)


def _items(request: HttpRequest) -> list[Any]:
    body = request.read(MAX_BODY + 1)
    if len(body) > MAX_BODY:
        raise DomainError("too_large", _("Die Nachricht ist größer als 1 MiB."), status=413)
    try:
        document = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise DomainError("not_json", _("Die Nachricht ist kein gültiges JSON.")) from error
    items = document.get("measurements") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise DomainError("shape", _("Erwartet wird ein Objekt mit der Liste „measurements“."))
    if len(items) > MAX_ITEMS:
        raise DomainError("too_many", _("Höchstens 10.000 Werte auf einmal."), status=413)
    return items


def _reading(index: int, item: Any) -> Reading | Refused:
    if not isinstance(item, dict):
        return Refused(index, "shape", _("Der Eintrag ist kein Objekt."))
    channel = item.get("channel")
    if isinstance(channel, str) and channel.isdecimal() and len(channel) < 18:
        channel = int(channel)
    if not isinstance(channel, int) or isinstance(channel, bool):
        return Refused(index, "unknown_channel", _("Der Messkanal fehlt oder ist keine Zahl."))
    value = item.get("value")
    figure = None if isinstance(value, bool) else number(value)
    if figure is None:
        return Refused(index, "bad_value", _("Das ist keine brauchbare Zahl."))
    ts = item.get("ts")
    at = moment(ts)
    if at is None:
        return Refused(index, "bad_time", _("Der Zeitpunkt ist nicht lesbar (RFC 3339)."))
    return Reading(channel, int(at.timestamp() * 1000), figure)
