"""`catalog.jsonld`: the open data of sensors as a DCAT-AP.de catalogue that an open-data portal can harvest."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from mapviews.api.stations import ANYONE
from mapviews.domain import mapping
from mapviews.models import Station
from mapviews.responses import open_json
from portal.rest import timestamp

CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dcatde": "http://dcat-ap.de/def/dcatde/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCES = {
    "CC0-1.0": "http://dcat-ap.de/def/licenses/cc-zero",
    "CC-BY-4.0": "http://dcat-ap.de/def/licenses/cc-by/4.0",
    "dl-de/zero-2-0": "http://dcat-ap.de/def/licenses/dl-zero-de/2.0",
    "dl-de/by-2-0": "http://dcat-ap.de/def/licenses/dl-by-de/2.0",
}
THEME = {"@id": "http://publications.europa.eu/resource/authority/data-theme/ENVI"}
MOST = 5000


def add(router: Router) -> None:
    router.get("/catalog.jsonld", response={200: dict}, summary="Katalog nach DCAT-AP.de")(catalog)


def catalog(request: HttpRequest) -> HttpResponse:
    base = settings.BASE_URL
    publisher = {"@type": "foaf:Organization", "foaf:name": "Stadt Paderborn"}
    stations = mapping.with_channels(Station.objects.visible_to(ANYONE).order_by("pk")[:MOST])
    data = {
        "@context": CONTEXT,
        "@id": f"{base}/api/v1/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": {"@language": "de", "@value": "Messwerte der Digitalen Heimat PB"},
        "dct:description": {
            "@language": "de",
            "@value": "Stationen von Bürgerinnen, Bürgern und Stadt mit ihren Messwerten.",
        },
        "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/DEU"},
        "dcat:dataset": [_dataset(station, base, publisher) for station in stations],
    }
    return open_json(request, data, content_type="application/ld+json")


def _dataset(station: Any, base: str, publisher: dict[str, str]) -> dict[str, Any]:
    licence = {"@id": LICENCES.get(station.licence, station.licence)}
    resolution = "day" if station.publicity == "daily" else "raw"
    return {
        "@id": f"{base}{station.canonical_url}",
        "@type": "dcat:Dataset",
        "dct:title": {"@language": "de", "@value": station.name},
        "dct:description": {
            "@language": "de",
            "@value": station.description or f"Messwerte der Station {station.name}",
        },
        "dct:identifier": str(station.uuid),
        "dct:publisher": publisher,
        "dct:modified": {"@type": "xsd:dateTime", "@value": timestamp(station.updated_at)},
        "dcat:theme": THEME,
        "dcat:keyword": sorted({c.label for c in station.all_channels}) + (["Beispieldaten"] if station.sample else []),
        "dcat:landingPage": {"@id": f"{base}{station.canonical_url}"},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": channel.label,
                "dcat:accessURL": {
                    "@id": f"{base}/api/v1/measurements?channel={channel.pk}&resolution={resolution}&format=csv"
                },
                "dcat:mediaType": {"@id": "https://www.iana.org/assignments/media-types/text/csv"},
                "dct:license": licence,
            }
            for channel in station.all_channels
        ],
    }
