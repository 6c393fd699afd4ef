"""Stations and values in the shapes of openSenseMap-API: `box`, `sensor`, measurements newest first, values as text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mapviews.domain import series
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.phenomena import meaning
from mapviews.enums import Flag
from mapviews.models import Channel, Measurement, Station
from portal.rest import timestamp

MOST = 10_000


def _moment(ts: int) -> str:
    return timestamp(datetime.fromtimestamp(ts / 1000, tz=UTC)) or ""


def _text(value: float) -> str:
    """As JavaScript prints it: 3 instead of 3.0."""
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def is_called(channel: Channel, name: str) -> bool:
    """True where `name` is the channel's phenomenon in German, English, or another usual name."""
    found = channel.phenomenon
    if found is None:
        return channel.key == name
    meant = meaning(name)
    return name in (found.slug, found.label_de, found.label_en) or (
        meant is not None and meant.phenomenon == found.slug
    )


def sensor(channel: Channel, *, every: bool) -> dict[str, Any]:
    """A channel as a sensor; without the right to every value it has no `lastMeasurement`."""
    data: dict[str, Any] = {
        "_id": channel.osem_id,
        "title": channel.phenomenon.label_de if channel.phenomenon else channel.key,
        "unit": channel.unit_label,
        "sensorType": channel.key,
    }
    if every and channel.latest_ts is not None and channel.latest_value is not None:
        data["lastMeasurement"] = {"value": _text(channel.latest_value), "createdAt": _moment(channel.latest_ts)}
    return data


def box(station: Station, *, every: bool) -> dict[str, Any]:
    """A station loaded by `mapping.with_channels`. Its place is the public one."""
    data: dict[str, Any] = {
        "_id": station.osem_id,
        "name": station.name,
        "createdAt": timestamp(station.created_at),
        "updatedAt": timestamp(station.updated_at),
        "exposure": station.exposure,
        "model": "custom",
        "sensors": [sensor(channel, every=every) for channel in station.all_channels],  # type: ignore[attr-defined]
    }
    place = station.places[0] if station.places else None  # type: ignore[attr-defined]
    if place is not None:
        point = {
            "type": "Point",
            "coordinates": [place.public_longitude, place.public_latitude],
            "timestamp": timestamp(place.valid_from),
        }
        data |= {"currentLocation": point, "loc": [{"type": "Feature", "geometry": point}]}
    if every and station.last_seen_at:
        data["lastMeasurementAt"] = timestamp(station.last_seen_at)
    return data


def measurements(channel: Channel, *, every: bool, start: int, end: int) -> list[dict[str, Any]]:
    """Values with `start <= ts < end`, newest first, at most 10,000; or means of days that are over."""
    if every:
        found = Measurement.objects.filter(channel=channel, ts__gte=start, ts__lt=end, flags__lt=Flag.HIDDEN).order_by(
            "-ts"
        )
        rows = [(ts, value) for ts, value in found.values_list("ts", "value")[:MOST]]
    else:
        last = min(end, series.complete_days_until(now_ms()))
        days = series.points(channel, resolution="day", start=start, end=last)
        rows = [(p.ts, p.value) for p in reversed(days) if p.value is not None][:MOST]
    return [{"createdAt": _moment(ts), "value": _text(value)} for ts, value in rows]
