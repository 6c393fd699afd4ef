"""Sample stations with a week of invented readings, through the domain functions; idempotent.

Nine stations at places of `static/geo` (approximate, see SOURCES.md there); all of it is Beispieldaten. The practice
feed (`lorawan_simulate`) keeps the LoRaWAN ones alive; its secret lies in `var/simulator.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from mapviews.domain import devices, mobile, places, rollups, simulation, sources, stations
from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.enums import Exposure, Precision, Publicity
from mapviews.models import Device, Source, Station
from mapviews.permissions import OPERATOR
from projects.models import Project

CITIZEN = "buergerin@demo.example"
DESK = "admin@demo.example"
BICYCLE = "Messrad (Beispiel)"
SOURCE = "LoRaWAN der Stadt (Übung)"
SOURCE_SLUG = "lorawan-der-stadt-ubung"
TREE_PROJECT = "baumsensoren-riemekepark"


@dataclass(frozen=True)
class Sample:
    name: str
    place: str
    phenomena: tuple[str, ...]
    description: str
    owner: str = DESK
    eui: str = ""
    precision: str = Precision.CELL_500
    exposure: str = Exposure.OUTDOOR
    publicity: str = Publicity.PUBLIC
    project: str = ""


SAMPLES = (
    Sample("Luft am Rathaus", "rathaus", ("pm10", "pm25", "temperature", "humidity"),
           "Feinstaub und Wetter mitten in der Innenstadt.", eui="70b3d5e75e000001", precision=Precision.EXACT),
    Sample("Baumsensor 1 im Riemekepark", "hauptbahnhof", ("soil_moisture", "soil_temperature", "battery"),
           "Misst, wie feucht der Boden an den Wurzeln einer Linde ist.", eui="70b3d5e75e000002",
           precision=Precision.CELL_2000, project=TREE_PROJECT),
    Sample("Pegel am Padersee", "padersee", ("water_level", "temperature"),
           "Wasserstand am Auslauf des Sees.", eui="70b3d5e75e000003", precision=Precision.EXACT),
    Sample("Ruhe an der Stadtbibliothek", "stadtbibliothek", ("noise", "temperature"),
           "Wie laut es im Hof ist. Gemessen wird nur der Pegel, nie der Ton.", eui="70b3d5e75e000004",
           precision=Precision.EXACT),
    Sample("Wetter in Schloß Neuhaus", "schloss_neuhaus", ("temperature", "humidity", "pressure"),
           "Wetterstation im Schlosspark.", eui="70b3d5e75e000005", precision=Precision.EXACT),
    Sample("Luft an der Universität", "universitaet", ("pm10", "pm25", "noise"),
           "Feinstaub und Lärm an der Warburger Straße.", eui="70b3d5e75e000006", precision=Precision.EXACT),
    Sample("Balkon in Elsen", "st_elsen", ("temperature", "humidity", "pm10", "pm25"),
           "Ein selbst gebauter Sensor, der Ort ist ungefähr.", owner=CITIZEN),
    Sample("Garten in Wewer", "st_wewer", ("temperature", "humidity", "pressure"),
           "Wetter hinter dem Haus, der Ort ist ungefähr.", owner=CITIZEN),
    Sample("Gruppenraum im Theater", "theater", ("co2",),
           "Luft in einem Innenraum: Öffentlich sind nur Tagesmittel.", exposure=Exposure.INDOOR,
           publicity=Publicity.DAILY, precision=Precision.CELL_500),
)  # fmt: skip


def build(people: Mapping[str, Any]) -> None:
    """Makes what is missing and brings the readings up to now."""
    source = _source(people)
    for sample in SAMPLES:
        station = Station.objects.filter(sample=True, name=sample.name).first() or _register(sample, people)
        if sample.eui:
            _connect(source, station, sample)
        else:
            channels = list(station.channels.select_related("phenomenon"))
            simulation.backfill(channels, seed=station.slug)
    _rides(people)
    rollups.refresh()


def _rides(people: Mapping[str, Any]) -> None:
    """A bicycle with a sensor: eight rides across the city last month, told as fields of 500 m alone."""
    if Station.objects.filter(sample=True, name=BICYCLE).exists():
        return
    owner = people[CITIZEN]
    station = stations.register(
        owner,
        name=BICYCLE,
        description="Ein Sensor am Lenker. Öffentlich ist nur, was je Feld und Monat zusammenkommt.",
        exposure=Exposure.MOBILE,
        publicity=Publicity.PRIVATE,
        phenomena=["pm10", "temperature"],
        sample=True,
    ).station
    mobile.share(owner, station=station, shared=True)
    station.refresh_from_db()
    channels = {c.pk: c for c in station.channels.select_related("phenomenon")}
    first = (timezone.now().replace(day=1, hour=7, minute=0, second=0, microsecond=0) - timedelta(days=1)).replace(
        day=3
    )
    (north, east), (to_north, to_east) = ((51.672, 8.69), (51.775, 8.80))
    for day in range(8):
        start = int((first + timedelta(days=2 * day)).timestamp() * 1000)
        parts = [number / 180 for number in range(181)]  # ninety minutes, a place every half minute
        mobile.remember(
            station,
            [
                mobile.Place(
                    start + round(part * 5_400_000), north + part * (to_north - north), east + part * (to_east - east)
                )
                for part in parts
            ],
        )
        readings = [
            Reading(pk, start + round(part * 5_400_000), round(level + 14 * part * (1 - part) + (day + number) % 5, 1))
            for pk, level in zip(channels, (12, 9), strict=True)
            for number, part in enumerate(parts)
        ]
        ingest(Batch(readings, channels))
    mobile.publish()


def _source(people: Mapping[str, Any]) -> Source:
    source = Source.objects.filter(slug=SOURCE_SLUG).first()
    if source is None:
        made = sources.create(OPERATOR, name=SOURCE, kind="chirpstack", owner=people[DESK], sample=True)
        source, secret = made.source, made.secret
    elif (feed := simulation.load_feed()) is not None and feed.source == source.slug:
        secret = feed.secret
    else:
        secret = sources.rotate_secret(OPERATOR, source=source)
    listed = [simulation.Device(s.eui, s.name, list(s.phenomena)) for s in SAMPLES if s.eui]
    simulation.save_feed(simulation.Feed(source.slug, source.ingest_url, secret, listed))
    return source


def _register(sample: Sample, people: Mapping[str, Any]) -> Station:
    place = places.known_places()[sample.place]
    return stations.register(
        people[sample.owner],
        name=sample.name,
        description=sample.description,
        exposure=sample.exposure,
        publicity=sample.publicity,
        latitude=place["latitude"],
        longitude=place["longitude"],
        precision=sample.precision,
        phenomena=[] if sample.eui else list(sample.phenomena),
        project=Project.objects.filter(slug=sample.project).first() if sample.project else None,
        sample=True,
    ).station


def _connect(source: Source, station: Station, sample: Sample) -> None:
    """Lets the device be heard once, maps it, and fills its past."""
    simulated = simulation.Device(sample.eui, sample.name, list(sample.phenomena))
    if not Device.objects.filter(source=source, dev_eui=sample.eui).exists():
        simulation.send(source, simulated, moment=timezone.now() - simulation.HISTORY)
    device = Device.objects.get(source=source, dev_eui=sample.eui)
    if device.station_id is None:
        devices.map_device(OPERATOR, device=device, station=station)
    simulation.backfill(list(device.channels.select_related("phenomenon")), seed=sample.eui)
