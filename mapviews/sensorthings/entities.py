"""The five entity types, what may be asked of them, and how they are written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet, Value
from django.db.models.functions import Coalesce, Concat

from mapviews.domain import rollups, series
from mapviews.domain.ingest.batch import now_ms
from mapviews.domain.ingest.store import DAY
from mapviews.enums import Flag, Publicity, flag_names
from mapviews.models import Channel, DirtyBucket, Measurement, Phenomenon, RollupDay, Station, StationLocation
from mapviews.sensorthings.filters import Field
from portal.rest import timestamp

MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"


@dataclass(frozen=True)
class Entity:
    """`rows()` are those everyone may see; `write(row)` are its properties; `links` lead from a row to other rows.

    A link is (name of the target, True for many, rows of it for one row).
    """

    name: str
    rows: Callable[[], QuerySet[Any]]
    fields: Mapping[str, Field]
    identity: Callable[[Any], int | str]
    write: Callable[[Any], dict[str, Any]]
    order: tuple[str, ...] = ("pk",)
    links: dict[str, tuple[str, bool, Callable[[Any], QuerySet[Any]]]] = field(default_factory=dict)
    text_id: bool = False


def _stations() -> QuerySet[Any]:
    return Station.objects.visible_to(AnonymousUser())


def _locations() -> QuerySet[Any]:
    return StationLocation.objects.filter(is_current=True, station__in=_stations()).select_related("station")


def _channels() -> QuerySet[Any]:
    found = Channel.objects.filter(station__in=_stations()).select_related("station", "phenomenon")
    return found.annotate(shown_name=Concat("station__name", Value(": "), Coalesce("phenomenon__label_de", "key")))


def _properties() -> QuerySet[Any]:
    return Phenomenon.objects.order_by("pk")


def _observations() -> QuerySet[Any]:
    """Single values; stations with daily means are read by their datastream."""
    open_channels = Channel.objects.filter(station__in=_stations().filter(publicity=Publicity.PUBLIC))
    return Measurement.objects.filter(channel__in=open_channels.values("pk"), flags__lt=Flag.HIDDEN)


def observations_of(channel: Channel) -> QuerySet[Any]:
    """Values of a datastream; indoors the means of days that are over."""
    if channel.station.publicity != Publicity.DAILY:
        return Measurement.objects.filter(channel=channel, flags__lt=Flag.HIDDEN)
    if DirtyBucket.objects.filter(channel=channel).exists():
        rollups.refresh([channel.pk])
    until = series.complete_days_until(now_ms())
    means = RollupDay.objects.filter(channel=channel, bucket__lt=until, n__gt=0)
    return means.annotate(ts=F("bucket"), value=F("total") / F("n"), flags=Value(0))


def _moment(ts: int) -> str:
    return timestamp(datetime.fromtimestamp(ts / 1000, tz=UTC)) or ""


def _thing(station: Station) -> dict[str, Any]:
    return {
        "name": station.name,
        "description": station.description or station.name,
        "properties": {
            "slug": station.slug,
            "exposure": station.exposure,
            "licence": station.licence,
            "sample": station.sample,
        },
    }


def _location(place: StationLocation) -> dict[str, Any]:
    return {
        "name": place.station.name,
        "description": "Öffentlicher Ort der Station" + ("" if place.precision == "exact" else ", ungefähr"),
        "encodingType": "application/geo+json",
        "location": {"type": "Point", "coordinates": [place.public_longitude, place.public_latitude]},
        "properties": {"precision": place.precision},
    }


def _datastream(channel: Channel) -> dict[str, Any]:
    found = channel.phenomenon
    daily = channel.station.publicity == Publicity.DAILY
    data: dict[str, Any] = {
        "name": f"{channel.station.name}: {found.label_de if found else channel.key}",
        "description": "Tagesmittel" if daily else "Einzelne Werte",
        "observationType": MEASUREMENT,
        "unitOfMeasurement": {
            "name": found.unit_label if found else channel.input_unit,
            "symbol": found.unit_label if found else channel.input_unit,
            "definition": f"https://ucum.org/#{found.unit}" if found else "",
        },
        "properties": {"key": channel.key, "licence": channel.station.licence, "sample": channel.station.sample},
    }
    return data


def _property(found: Phenomenon) -> dict[str, Any]:
    return {
        "name": found.label_en,
        "description": found.label_de,
        "definition": found.definition or f"https://ucum.org/#{found.unit}",
        "properties": {"unit": found.unit, "minimum": found.minimum, "maximum": found.maximum},
    }


def _observation(row: Any) -> dict[str, Any]:
    at = _moment(row.ts)
    is_day = isinstance(row, RollupDay)
    return {
        "phenomenonTime": f"{at}/{_moment(row.ts + DAY)}" if is_day else at,
        "resultTime": _moment(row.ts + DAY) if is_day else at,
        "result": round(row.value, 6),
        "resultQuality": flag_names(row.flags),
    }


ENTITIES: dict[str, Entity] = {
    "Things": Entity(
        "Things", _stations, identity=lambda s: s.pk, write=_thing,
        fields={
            "id": Field("pk", "number"), "name": Field("name"), "description": Field("description"),
            "properties/slug": Field("slug"), "properties/exposure": Field("exposure"),
            "properties/licence": Field("licence"),
        },
        links={
            "Locations": ("Locations", True, lambda s: _locations().filter(station=s.pk)),
            "Datastreams": ("Datastreams", True, lambda s: _channels().filter(station=s.pk)),
        },
    ),
    "Locations": Entity(
        "Locations", _locations, identity=lambda p: p.pk, write=_location,
        fields={
            "id": Field("pk", "number"), "name": Field("station__name"), "location/type": Field("Point", "constant"),
            "location/geometry/type": Field("", "constant"), "location": Field("public", "point"),
        },
        links={"Things": ("Things", True, lambda p: _stations().filter(pk=p.station_id))},
    ),
    "Datastreams": Entity(
        "Datastreams", _channels, identity=lambda c: c.pk, write=_datastream,
        fields={
            "id": Field("pk", "number"), "name": Field("shown_name"), "properties/key": Field("key"),
            "unitOfMeasurement/symbol": Field("phenomenon__unit_label"),
            "ObservedProperty/id": Field("phenomenon_id"), "ObservedProperty/name": Field("phenomenon__label_en"),
            "Thing/id": Field("station_id", "number"), "Thing/name": Field("station__name"),
            "properties/licence": Field("station__licence"),
        },
        links={
            "Thing": ("Things", False, lambda c: _stations().filter(pk=c.station_id)),
            "ObservedProperty": ("ObservedProperties", False, lambda c: _properties().filter(pk=c.phenomenon_id or "")),
            "Observations": ("Observations", True, observations_of),
        },
    ),
    "ObservedProperties": Entity(
        "ObservedProperties", _properties, identity=lambda p: p.pk, write=_property, text_id=True,
        fields={
            "id": Field("pk"), "name": Field("label_en"), "description": Field("label_de"),
            "definition": Field("definition"),
        },
        links={"Datastreams": ("Datastreams", True, lambda p: _channels().filter(phenomenon=p.pk))},
    ),
    "Observations": Entity(
        "Observations", _observations, identity=lambda m: f"{m.channel_id}-{m.ts}", write=_observation, text_id=True,
        fields={
            "phenomenonTime": Field("ts", "ms"), "resultTime": Field("ts", "ms"), "result": Field("value", "number"),
            "Datastream/id": Field("channel_id", "number"),
        },
        order=("channel_id", "ts"),
        links={"Datastream": ("Datastreams", False, lambda m: _channels().filter(pk=m.channel_id))},
    ),
}  # fmt: skip
ABSENT = ("Sensors", "FeaturesOfInterest", "HistoricalLocations", "MultiDatastreams", "TaskingCapabilities")
