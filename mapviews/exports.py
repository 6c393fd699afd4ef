"""Values of a channel or of a whole station as one stream of any length in constant memory."""

from __future__ import annotations

import functools
import json
from collections.abc import AsyncIterator, Iterator
from datetime import date, timedelta
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from mapviews.domain import series
from mapviews.enums import flag_names
from mapviews.models import Channel, Station

FIRST_DAY = date(1970, 1, 1)


def moment_text(ts: int) -> str:
    """Milliseconds since 1970 as RFC 3339 in UTC, as `portal.rest.timestamp` writes it."""
    seconds, ms = divmod(ts, 1000)
    minutes, second = divmod(seconds, 60)
    hours, minute = divmod(minutes, 60)
    day, hour = divmod(hours, 24)
    return f"{_day_text(day)}T{hour:02}:{minute:02}:{second:02}.{ms:03}Z"


@functools.lru_cache(maxsize=4096)
def _day_text(day: int) -> str:
    return (FIRST_DAY + timedelta(days=day)).isoformat()


def csv_stream(
    request: HttpRequest,
    channel: Channel,
    *,
    resolution: str,
    start: int = series.FIRST,
    end: int = series.LAST,
    means_only: bool = False,
) -> StreamingHttpResponse:
    """All values as one CSV file of any length in constant memory: `ts,value,flags[,n,min,max,flagged],sample`.

    `means_only` leaves out what tells single values of a day.
    """
    pieces = series.chunks(channel, resolution=resolution, start=start, end=end)
    texts = _csv_texts(pieces, resolution == "raw" or means_only, "true" if channel.station.sample else "false")
    body: Any = in_threads(texts) if isinstance(request, ASGIRequest) else texts
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"{channel.station.slug}-{channel.phenomenon_id or channel.pk}-{resolution}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = f'<https://spdx.org/licenses/{channel.station.licence}>; rel="license"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Link"
    return response


def station_stream(request: HttpRequest, station: Station, *, kind: str) -> StreamingHttpResponse:
    """Everything a station measured, for its owner: CSV that the upload reads again, or JSON. `kind`: csv or json."""
    channels = list(station.channels.select_related("phenomenon", "station"))
    texts = _station_csv(channels) if kind == "csv" else _station_json(station, channels)
    body: Any = in_threads(texts) if isinstance(request, ASGIRequest) else texts
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    response = StreamingHttpResponse(body, content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="{station.slug}.{kind}"'
    response["Link"] = f'<https://spdx.org/licenses/{station.licence}>; rel="license"'
    return response


def _station_csv(channels: list[Channel]) -> Iterator[str]:
    yield "ts,phenomenon,value,unit,flags\n"
    for channel in channels:
        tail = f"{channel.unit},"
        name = channel.phenomenon_id or _quoted(channel.key)
        for piece in series.chunks(channel, resolution="raw", hidden=True):
            yield "".join(
                f"{moment_text(p.ts)},{name},{_cell(p.value)},{tail}{' '.join(flag_names(p.flags))}\n" for p in piece
            )


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _station_json(station: Station, channels: list[Channel]) -> Iterator[str]:
    head = {"station": station.name, "licence": station.licence, "sample": station.sample}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "channels": ['
    for number, channel in enumerate(channels):
        facts = {"key": channel.key, "phenomenon": channel.phenomenon_id, "unit": channel.unit}
        yield (", " if number else "") + json.dumps(facts, ensure_ascii=False)[:-1] + ', "values": ['
        start = ""
        for piece in series.chunks(channel, resolution="raw", hidden=True):
            yield start + ", ".join(json.dumps([moment_text(p.ts), p.value, flag_names(p.flags)]) for p in piece)
            start = ", "
        yield "]}"
    yield "]}\n"


def _csv_texts(pieces: Iterator[list[series.Point]], short: bool, sample: str) -> Iterator[str]:
    yield "ts,value,flags,sample\n" if short else "ts,value,flags,n,min,max,flagged,sample\n"
    for piece in pieces:
        lines = []
        for p in piece:
            line = f"{moment_text(p.ts)},{_cell(p.value)},{' '.join(flag_names(p.flags))}"
            if not short:
                line += f",{p.n},{_cell(p.minimum)},{_cell(p.maximum)},{p.flagged}"
            lines.append(f"{line},{sample}\n")
        yield "".join(lines)


def _cell(value: float | None) -> str:
    return "" if value is None else repr(value)


async def in_threads(texts: Iterator[str]) -> AsyncIterator[str]:
    """Under ASGI a plain iterator would be read whole before it is sent."""
    step = sync_to_async(lambda: next(texts, None))
    while (text := await step()) is not None:
        yield text
