"""The values of exactly one chart as one stream of any length: CSV in long form, or JSON. In constant memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from django.conf import settings

from mapviews.domain import series, spans
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.lab import recipe as recipes
from mapviews.domain.lab.recipe import Recipe
from mapviews.domain.series import Point
from mapviews.enums import flag_names
from mapviews.models import Channel
from portal.rest import timestamp

COLUMNS = (
    "ts", "channel", "station", "phenomenon", "unit", "value", "min", "max", "n", "flags", "flagged", "resolution",
    "licence", "source", "sample",
)  # fmt: skip


def csv_texts(recipe: Recipe, channels: Sequence[Channel]) -> Iterator[str]:
    """One line for each value and channel, with licence and source on every line."""
    yield ",".join(COLUMNS) + "\n"
    for channel, resolution, pieces in _pieces(recipe, channels):
        station = channel.station
        head = [channel.pk, _cell(station.name), channel.phenomenon_id or _cell(channel.key), channel.unit]
        tail = [resolution, station.licence, f"{settings.BASE_URL}{station.canonical_url}", _bool(station.sample)]
        for piece in pieces:
            buffer = io.StringIO()
            writer = csv.writer(buffer, lineterminator="\n")
            for p in piece:
                figures = [p.value, p.minimum, p.maximum, p.n]
                writer.writerow([_moment(p.ts), *head, *figures, " ".join(flag_names(p.flags)), p.flagged, *tail])
            yield buffer.getvalue()


def json_texts(recipe: Recipe, channels: Sequence[Channel], *, link: str) -> Iterator[str]:
    span = recipe.span()
    head = {
        "title": recipe.title,
        "link": link,
        "from": _moment(span.start),
        "to": _moment(span.end),
        "sample": any(c.station.sample for c in channels),
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "series": ['
    for number, (channel, resolution, pieces) in enumerate(_pieces(recipe, channels)):
        facts = {
            "channel": channel.pk,
            "station": channel.station.name,
            "phenomenon": channel.phenomenon_id,
            "unit": channel.unit,
            "resolution": resolution,
            "licence": channel.station.licence,
            "source": f"{settings.BASE_URL}{channel.station.canonical_url}",
        }
        yield (", " if number else "") + json.dumps(facts, ensure_ascii=False)[:-1] + ', "values": ['
        start = ""
        for piece in pieces:
            yield start + ",\n".join(json.dumps(_row(p, resolution)) for p in piece)
            start = ",\n"
        yield "]}"
    yield "]}\n"


def _pieces(recipe: Recipe, channels: Sequence[Channel]) -> Iterator[tuple[Channel, str, Iterator[list[Point]]]]:
    span = recipe.span()
    every = recipes.every_of(channels)
    for channel in channels:
        resolution = recipes.resolution_of(recipe, channel, span)
        end = span.end if channel.pk in every else min(span.end, series.complete_days_until(now_ms()))
        pieces = series.chunks(channel, resolution=resolution, start=spans.floored(span.start, resolution), end=end)
        yield channel, resolution, pieces if channel.pk in every else _means(pieces)


def _means(pieces: Iterator[list[Point]]) -> Iterator[list[Point]]:
    """Where only means are public, a day's single lowest and highest value stay out."""
    for piece in pieces:
        yield [p._replace(minimum=None, maximum=None, flagged=0) for p in piece]


def _row(p: Point, resolution: str) -> dict[str, object]:
    row: dict[str, object] = {"ts": _moment(p.ts), "value": p.value, "flags": flag_names(p.flags)}
    return row if resolution == "raw" else row | {"n": p.n, "min": p.minimum, "max": p.maximum, "flagged": p.flagged}


def _cell(text: str) -> str:
    """No spreadsheet shall take a name for a formula."""
    return f"'{text}" if text[:1] in "=+-@\t\r" else text


def _bool(value: bool) -> str:
    return "true" if value else "false"


def _moment(ts: int) -> str:
    return timestamp(datetime.fromtimestamp(ts / 1000, tz=UTC)) or ""
