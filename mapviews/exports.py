"""A channel's values as one CSV stream of any length in constant memory; for the API and for the owner's pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any

from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, StreamingHttpResponse

from mapviews.domain import series
from mapviews.enums import flag_names
from mapviews.models import Channel
from portal.rest import timestamp


def moment_text(ts: int) -> str:
    """Milliseconds since 1970 as RFC 3339 in UTC."""
    return timestamp(datetime.fromtimestamp(ts / 1000, tz=UTC)) or ""


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
    body: Any = _in_threads(texts) if isinstance(request, ASGIRequest) else texts
    response = StreamingHttpResponse(body, content_type="text/csv; charset=utf-8")
    name = f"{channel.station.slug}-{channel.phenomenon_id or channel.pk}-{resolution}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Link"] = f'<https://spdx.org/licenses/{channel.station.licence}>; rel="license"'
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Link"
    return response


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


async def _in_threads(texts: Iterator[str]) -> AsyncIterator[str]:
    """Under ASGI a plain iterator would be read whole before it is sent."""
    step = sync_to_async(lambda: next(texts, None))
    while (text := await step()) is not None:
        yield text
