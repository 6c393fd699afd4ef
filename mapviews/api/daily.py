"""`daily.csv`: the daily means of every public station for one phenomenon, one stream of any length."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.core.handlers.asgi import ASGIRequest
from django.http import Http404, HttpRequest, StreamingHttpResponse
from ninja import Query, Router

from mapviews.api.stations import ANYONE
from mapviews.domain import mapping, series
from mapviews.domain.ingest.batch import now_ms
from mapviews.enums import Publicity
from mapviews.exports import in_threads, moment_text
from mapviews.models import Channel, Phenomenon, Station
from mapviews.responses import allow_all
from portal.rest import Failure

COLUMNS = ("station", "name", "lat", "lng", "channel", "day", "mean", "n", "unit", "licence", "sample")
STATIONS = 200


def add(router: Router) -> None:
    router.get(
        "/daily.csv",
        response={200: str, 404: Failure},
        summary="Tagesmittel aller Stationen für eine Messgröße",
        description="Tage in UTC, die vorbei sind. `n` fehlt bei Stationen in Innenräumen.",
    )(read)


def read(
    request: HttpRequest,
    phenomenon: str = Query(..., max_length=50),
    licence: str = Query("", max_length=20, description="nur Stationen mit dieser Lizenz, zum Beispiel CC0-1.0"),
) -> Any:
    found = Phenomenon.objects.filter(pk=phenomenon).first()
    if found is None:
        raise Http404
    texts = _texts(found, licence)
    body: Any = in_threads(texts) if isinstance(request, ASGIRequest) else texts
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tagesmittel-{found.pk}.csv"'
    if licence:
        response["Link"] = f'<https://spdx.org/licenses/{licence}>; rel="license"' if licence.isascii() else ""
    return allow_all(response)


def _texts(phenomenon: Phenomenon, licence: str) -> Iterator[str]:
    yield ",".join(COLUMNS) + "\n"
    last, until = 0, series.complete_days_until(now_ms())
    while True:
        stations = Station.objects.visible_to(ANYONE).filter(pk__gt=last, pk__in=phenomenon.channels.values("station"))
        if licence:
            stations = stations.filter(licence=licence)
        part = mapping.with_channels(stations.order_by("pk")[:STATIONS])
        for station in part:
            for channel in station.all_channels:  # type: ignore[attr-defined]
                if channel.phenomenon_id == phenomenon.pk:
                    yield from _lines(station, channel, until)
        if len(part) < STATIONS:
            return
        last = part[-1].pk


def _lines(station: Any, channel: Channel, until: int) -> Iterator[str]:
    place = station.current
    where = (place.public_latitude, place.public_longitude) if place else ("", "")
    tail = (channel.unit, station.licence, "true" if station.sample else "false")
    for piece in series.chunks(channel, resolution="day", end=until):
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        for p in piece:
            if p.value is not None:
                n = "" if station.publicity == Publicity.DAILY else p.n
                day = moment_text(p.ts)[:10]
                writer.writerow((station.slug, _safe(station.name), *where, channel.pk, day, p.value, n, *tail))
        yield out.getvalue()


def _safe(text: str) -> str:
    """A spreadsheet would run a name that begins like a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text
