"""The catalogue for open-data portals: what DCAT-AP.de 3.0 demands is there, and every address in it answers."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache

from mapviews.domain.ingest import Batch, Reading, ingest
from mapviews.domain.rollups import refresh

pytestmark = pytest.mark.django_db
FIRST = int(datetime(2026, 5, 1, 12, tzinfo=UTC).timestamp() * 1000)
DAY = 86_400_000

# https://www.dcat-ap.de/def/dcatde/3.0/spec/: obligatory, then recommended properties of each class.
DEMANDED = {
    "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher"},
    "dcat:Dataset": {"dct:title", "dct:description", "dct:publisher"},
    "dcat:Distribution": {"dcat:accessURL", "dct:license"},
    "dcat:DataService": {"dcat:endpointURL", "dct:title", "dct:publisher"},
    "foaf:Agent": {"foaf:name"},
}
RECOMMENDED = {
    "dcat:Catalog": {
        "dct:modified", "dct:language", "foaf:homepage", "dcat:themeTaxonomy", "dcatap:availability", "dct:spatial",
        "dcat:dataset",
    },
    "dcat:Dataset": {
        "dcat:keyword", "dcatde:politicalGeocodingLevelURI", "dcatde:politicalGeocodingURI", "dcat:theme",
        "dcat:contactPoint", "dcatap:availability", "dct:spatial", "dct:temporal", "dcat:distribution",
    },
    "dcat:Distribution": {"dct:title", "dct:modified", "dct:format", "dcatap:availability"},
    "dcat:DataService": {"dcat:endpointDescription", "dcatap:availability"},
}  # fmt: skip
LICENCES = {
    f"http://dcat-ap.de/def/licenses/{name}" for name in ("cc-zero", "cc-by/4.0", "dl-zero-de/2.0", "dl-by-de/2.0")
}


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


@pytest.fixture
def catalog(client: Any, make_station: Any, make_user: Any) -> dict[str, Any]:
    owner = make_user()
    for licence, value in (("CC0-1.0", 10.0), ("CC0-1.0", 20.0), ("dl-de/by-2-0", 30.0)):
        station = make_station(
            owner, name=f"=Balkon {value}", phenomena=["pm10", "battery"], licence=licence, sample=True
        )
        channels = {c.pk: c for c in station.channels.select_related("phenomenon")}
        ingest(Batch([Reading(pk, FIRST + i * DAY, value) for pk in channels for i in range(2)], channels))
    refresh()
    answer = client.get("/api/v1/catalog.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    return json.loads(answer.content)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from nodes(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from nodes(inner)


def test_each_class_has_what_is_demanded_and_recommended(catalog: dict[str, Any]) -> None:
    seen: set[str] = set()
    for node in nodes(catalog):
        kind = node.get("@type")
        wanted = DEMANDED.get(kind, set()) | RECOMMENDED.get(kind, set())
        assert wanted <= {key for key, value in node.items() if value}, (kind, wanted - set(node))
        seen |= {kind} if kind in DEMANDED else set()
    assert seen == set(DEMANDED)


def test_prefixes_ids_and_literals_are_sound(catalog: dict[str, Any]) -> None:
    prefixes = set(catalog["@context"])
    defined = [node["@id"] for node in nodes(catalog) if "@id" in node and "@type" in node and len(node) > 2]
    assert len(defined) == len(set(defined))
    for node in nodes({key: value for key, value in catalog.items() if key != "@context"}):
        for key in node:
            assert key.startswith("@") or key.split(":")[0] in prefixes, key
        if "@type" in node:
            assert node["@type"].split(":")[0] in prefixes
        if "@id" in node:
            assert urlsplit(node["@id"]).scheme in {"http", "https"}
            assert " " not in node["@id"]
    ids = set(defined)
    for node in nodes(catalog):
        for link in ("dcat:accessService", "dct:publisher"):
            if link in node:
                assert node[link]["@id"] in ids


def test_data_sets_by_phenomenon_and_licence(catalog: dict[str, Any]) -> None:
    sets = catalog["dcat:dataset"]
    assert [d["dct:identifier"] for d in sets] == ["dhpb-pm10-cc0-1.0", "dhpb-pm10-dl-de-by-2-0"]
    assert {x["dct:license"]["@id"] for d in sets for x in d["dcat:distribution"]} <= LICENCES
    for data in sets:
        assert data["dct:temporal"]["dcat:startDate"] == {"@type": "xsd:date", "@value": "2026-05-01"}
        assert data["dct:modified"]["@value"] == "2026-05-02T12:00:00.000Z"
        assert data["dcatde:politicalGeocodingURI"]["@id"].endswith("/municipalityKey/05774032")
        assert data["dcat:theme"] == [{"@id": "http://publications.europa.eu/resource/authority/data-theme/ENVI"}]
        formats = [x["dct:format"]["@id"].rsplit("/", 1)[1] for x in data["dcat:distribution"]]
        assert formats == ["CSV", "JSON", "GEOJSON", "JSON"]
    named = ["dcatde:licenseAttributionByText" in d["dcat:distribution"][0] for d in sets]
    assert named == [False, True]
    assert "2 offenen Stationen" in sets[0]["dct:description"]["@value"]


def test_every_address_answers_with_its_licence_alone(client: Any, catalog: dict[str, Any]) -> None:
    counts = []
    for data in catalog["dcat:dataset"]:
        texts = []
        for distribution in data["dcat:distribution"]:
            parts = urlsplit(distribution["dcat:accessURL"]["@id"])
            answer = client.get(f"{parts.path}?{parts.query}")
            assert answer.status_code == 200
            assert (
                answer["Content-Type"].split(";")[0] == distribution["dcat:mediaType"]["@id"].split("media-types/")[1]
            )
            texts.append(b"".join(answer.streaming_content) if answer.streaming else answer.content)
        rows = list(csv.DictReader(io.StringIO(texts[0].decode())))
        counts.append(
            [
                len(rows),
                len(json.loads(texts[1])["items"]),
                len(json.loads(texts[2])["features"]),
                len(json.loads(texts[3])["value"]),
            ]
        )
        assert {row["day"] for row in rows} == {"2026-05-01", "2026-05-02"}
        assert all(row["name"].startswith("'=Balkon") for row in rows)
    assert counts == [[4, 2, 2, 2], [2, 1, 1, 1]]
    for service in catalog["dcat:service"]:
        assert client.get(urlsplit(service["dcat:endpointDescription"]["@id"]).path).status_code == 200


def test_daily_means_of_indoor_stations_bear_no_count_and_no_running_day(client: Any, make_station: Any) -> None:
    station = make_station(phenomena=["co2"], exposure="indoor", publicity="daily")
    hidden = make_station(phenomena=["co2"], publicity="private", exposure="indoor")
    for one in (station, hidden):
        channel = one.channels.select_related("phenomenon").get()
        now = int(datetime.now(UTC).timestamp() * 1000)
        ingest(Batch([Reading(channel.pk, ts, 500.0) for ts in (FIRST, FIRST + 1, now)], {channel.pk: channel}))
    answer = client.get("/api/v1/daily.csv?phenomenon=co2")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["station"], row["day"], row["mean"], row["n"]) for row in rows] == [
        (station.slug, "2026-05-01", "500.0", "")
    ]
    assert client.get("/api/v1/daily.csv?phenomenon=ruhe").status_code == 404
