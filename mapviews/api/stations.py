"""`stations`, `channels`, `stations.geojson`."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema

from mapviews.domain import mapping, moments
from mapviews.domain.ingest.batch import now_ms
from mapviews.enums import Exposure, Publicity, flag_names
from mapviews.exports import moment_text
from mapviews.models import Channel, Phenomenon, Station
from mapviews.responses import open_json
from portal.exceptions import DomainError
from portal.rest import Cursor, Failure, Limit, paginate, timestamp

ANYONE = AnonymousUser()


class Latest(Schema):
    ts: str
    value: float
    flags: list[str]


class ChannelOut(Schema):
    id: int
    station: int
    key: str
    phenomenon: str | None
    unit: str
    latest: Latest | None
    sample: bool


class ChannelPage(Schema):
    items: list[ChannelOut]
    next: str | None


class StationOut(Schema):
    id: int
    slug: str
    name: str
    url: str
    exposure: str
    lat: float | None
    lng: float | None
    phenomena: list[str]
    last_seen: str | None
    licence: str
    sample: bool


class StationPage(Schema):
    items: list[StationOut]
    next: str | None


def latest_of(channel: Channel) -> dict[str, Any] | None:
    if channel.latest_ts is None or channel.station.publicity == Publicity.DAILY:
        return None
    return {
        "ts": moment_text(channel.latest_ts),
        "value": channel.latest_value,
        "flags": flag_names(channel.latest_flags),
    }


def station_out(station: Station) -> dict[str, Any]:
    place = station.places[0] if station.places else None  # type: ignore[attr-defined]
    return {
        "id": station.pk,
        "slug": station.slug,
        "name": station.name,
        "url": station.canonical_url,
        "exposure": station.exposure,
        "lat": place.public_latitude if place else None,
        "lng": place.public_longitude if place else None,
        "phenomena": sorted({c.phenomenon_id for c in station.all_channels if c.phenomenon_id}),  # type: ignore[attr-defined]
        "last_seen": timestamp(station.last_seen_at) if station.publicity != Publicity.DAILY else None,
        "licence": station.licence,
        "sample": station.sample,
    }


def channel_out(channel: Channel) -> dict[str, Any]:
    return {
        "id": channel.pk,
        "station": channel.station_id,
        "key": channel.key,
        "phenomenon": channel.phenomenon_id,
        "unit": channel.unit,
        "latest": latest_of(channel),
        "sample": channel.station.sample,
    }


def station_filter(value: str) -> Q:
    """A station by id or slug, with the prefix for channels where asked from there."""
    return Q(pk=int(value)) if value.isdecimal() and len(value) < 18 else Q(slug=value)


def add(router: Router) -> None:
    router.get("/stations", response={200: StationPage}, summary="Öffentliche Stationen")(list_stations)
    router.get("/channels", response={200: ChannelPage}, summary="Messkanäle")(list_channels)
    router.get("/stations.geojson", response={200: dict, 400: Failure}, summary="Stationen als GeoJSON")(geojson)


def list_stations(
    request: HttpRequest,
    limit: int = Limit,
    cursor: str | None = Cursor,
    phenomenon: str | None = Query(None, max_length=50),
    bbox: str | None = Query(None, max_length=100),
) -> HttpResponse:
    queryset = Station.objects.visible_to(ANYONE)
    if phenomenon:
        queryset = queryset.filter(pk__in=Channel.objects.filter(phenomenon=phenomenon).values("station"))
    if bbox:
        box = mapping.box_of(bbox)
        if box is None:
            raise bad_box()
        queryset = queryset.filter(
            locations__is_current=True,
            locations__public_latitude__range=(box.south, box.north),
            locations__public_longitude__range=(box.west, box.east),
        )
    page = paginate(request, _WithChannels(queryset), station_out, limit=limit, cursor=cursor)
    return open_json(request, page)


class _WithChannels:
    """Lets `paginate` slice first and attach places and channels after."""

    def __init__(self, queryset: Any) -> None:
        self.queryset = queryset

    def filter(self, **lookups: Any) -> _WithChannels:
        return _WithChannels(self.queryset.filter(**lookups))

    def order_by(self, *fields: str) -> _WithChannels:
        return _WithChannels(self.queryset.order_by(*fields))

    def __getitem__(self, part: slice) -> list[Station]:
        return mapping.with_channels(self.queryset[part])


def list_channels(
    request: HttpRequest,
    station: str | None = Query(None, max_length=80),
    device: str | None = Query(None, max_length=120),
    phenomenon: str | None = Query(None, max_length=50),
    licence: str | None = Query(None, max_length=20),
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> HttpResponse:
    public = Station.objects.visible_to(ANYONE)
    if licence:
        public = public.filter(licence=licence)
    queryset = Channel.objects.select_related("station", "phenomenon")
    if station:
        public = public.filter(station_filter(station))
    if device:
        by_eui = Q(device__dev_eui__iexact=device)
        queryset = queryset.filter(by_eui | Q(device__dev_eui="", device__device_id__iexact=device))
    if phenomenon:
        queryset = queryset.filter(phenomenon=phenomenon)
    queryset = queryset.filter(station__in=public.values("pk"))
    return open_json(request, paginate(request, queryset, channel_out, limit=limit, cursor=cursor))


def bad_box() -> DomainError:
    return DomainError("bad_bbox", _("„bbox“ muss West, Süd, Ost, Nord in Grad sein, mit Komma getrennt."))


def geojson(
    request: HttpRequest,
    bbox: str = Query("-180,-90,180,90", max_length=100),
    zoom: int = Query(12, ge=0, le=22),
    phenomenon: str = Query("", max_length=50),
    exposure: str = Query("", max_length=10, description="outdoor oder indoor"),
    project: str = Query("", max_length=100, description="Kurzname eines Projekts"),
    group: str = Query("", max_length=100, description="Kurzname einer Gruppe"),
    licence: str = Query("", max_length=20, description="zum Beispiel CC0-1.0"),
    at: str = Query("", max_length=25, description="Stunde (2026-11-22T13Z) oder Tag (2026-11-21), die vorbei sind"),
) -> HttpResponse:
    box, only = mapping.box_of(bbox), mapping.Only(exposure, project, group, licence)
    if box is None:
        raise bad_box()
    moment = moment_of(at)
    if mapping.count(box) > mapping.GRID_FROM:
        slug = phenomenon or "pm10"
        unit = Phenomenon.objects.filter(pk=slug).values_list("unit", flat=True).first() or ""
        features = [
            _cell(cell, slug, unit) for cell in mapping.grid(box, zoom=zoom, phenomenon=slug, only=only, moment=moment)
        ]
    else:
        found = mapping.stations_in(box, phenomenon=phenomenon, only=only)
        means = moments.means(found, moment) if moment else None
        features = [_feature(station, phenomenon, moment, means) for station in found]
    data: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if moment:
        data["at"] = {"from": moment_text(moment.start), "to": moment_text(moment.end), "resolution": moment.resolution}
    return open_json(request, data, content_type="application/geo+json", seconds=30 if moment else 2)


def moment_of(text: str) -> moments.Moment | None:
    """The moment asked for, None for now; an error where it cannot be read or is not over."""
    if not text:
        return None
    moment = moments.parse(text, now=now_ms())
    if moment is None:
        message = _("„at“ muss eine Stunde (2026-11-22T13Z) oder ein Tag (2026-11-21) sein, die vorbei sind.")
        raise DomainError("bad_time", message)
    return moment


def _means(station: Any, phenomenon: str, moment: moments.Moment, means: dict[int, moments.Mean]) -> list[Any]:
    return [
        {
            "channel": c.pk,
            "phenomenon": c.phenomenon_id,
            "label": c.label,
            "unit": c.unit_label,
            "decimals": c.phenomenon.decimals if c.phenomenon else 2,
            "value": round(mean.value, 6),
            "ts": moment_text(moment.start),
            "flags": [],
        }
        | ({"n": mean.n, "flagged": mean.flagged} if mean.n is not None else {})
        for c in station.all_channels
        if (mean := means.get(c.pk)) and mean.value is not None and (not phenomenon or c.phenomenon_id == phenomenon)
    ]


def _feature(
    station: Any, phenomenon: str, moment: moments.Moment | None, means: dict[int, moments.Mean] | None
) -> dict[str, Any]:
    values = _latest(station, phenomenon) if moment is None else _means(station, phenomenon, moment, means or {})
    return {
        "type": "Feature",
        "id": station.pk,
        "geometry": {
            "type": "Point",
            "coordinates": [station.current.public_longitude, station.current.public_latitude],
        },
        "properties": {
            "id": station.pk,
            "slug": station.slug,
            "name": station.name,
            "url": station.canonical_url,
            "exposure": station.exposure,
            "exposure_label": str(Exposure(station.exposure).label),
            "precision": station.current.precision,
            "values": values,
            "sample": station.sample,
        },
    }


def _latest(station: Any, phenomenon: str) -> list[Any]:
    return [
        {
            "channel": c.pk,
            "phenomenon": c.phenomenon_id,
            "label": c.label,
            "unit": c.unit_label,
            "decimals": c.phenomenon.decimals if c.phenomenon else 2,
            "value": c.latest_value,
            "ts": moment_text(c.latest_ts),
            "flags": flag_names(c.latest_flags),
        }
        for c in station.shown_channels
        if c.latest_ts is not None and (not phenomenon or c.phenomenon_id == phenomenon)
    ]


def _cell(cell: mapping.Cell, phenomenon: str, unit: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": cell.key,
        "geometry": {"type": "Point", "coordinates": [cell.longitude, cell.latitude]},
        "properties": {
            "cell": cell.key,
            "count": cell.count,
            "mean": cell.mean,
            "phenomenon": phenomenon,
            "unit": unit,
            "flagged": cell.flagged,
        },
    }
