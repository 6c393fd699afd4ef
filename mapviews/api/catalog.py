"""`catalog.jsonld`: the open data of sensors as a DCAT-AP.de 3.0 catalogue that an open-data portal can harvest.

Properties and vocabularies: https://www.dcat-ap.de/def/dcatde/3.0/spec/ and its Konventionenhandbuch.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Router

from mapviews.domain import catalogue
from mapviews.responses import open_json
from portal.rest import timestamp

EU = "http://publications.europa.eu/resource/authority"
DE = "http://dcat-ap.de/def"
CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dcatde": f"{DE}/dcatde/",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LICENCES = {
    "CC0-1.0": f"{DE}/licenses/cc-zero",
    "CC-BY-4.0": f"{DE}/licenses/cc-by/4.0",
    "dl-de/zero-2-0": f"{DE}/licenses/dl-zero-de/2.0",
    "dl-de/by-2-0": f"{DE}/licenses/dl-by-de/2.0",
}
NAMED = {"CC-BY-4.0", "dl-de/by-2-0"}
ATTRIBUTION = "Digitale Heimat PB, Stadt Paderborn, und wer die Stationen betreibt"
TRANSPORT = {"count", "occupancy"}
TECHNICAL = {"battery", "battery_level", "voltage", "signal"}  # of devices, not of the city
MUNICIPALITY = {"@id": f"{DE}/politicalGeocoding/municipalityKey/05774032"}  # Stadt Paderborn
LEVEL = {"@id": f"{DE}/politicalGeocoding/Level/municipality"}
KREIS = "POLYGON((8.4031 51.4474,9.0172 51.4474,9.0172 51.8771,8.4031 51.8771,8.4031 51.4474))"
AVAILABLE = {"@id": f"{EU}/planned-availability/AVAILABLE"}
GERMAN = {"@id": f"{EU}/language/DEU"}


def add(router: Router) -> None:
    router.get("/catalog.jsonld", response={200: dict}, summary="Katalog nach DCAT-AP.de")(catalog)


def catalog(request: HttpRequest) -> HttpResponse:
    base = settings.BASE_URL.rstrip("/")
    entries = [entry for entry in catalogue.entries() if entry.phenomenon.pk not in TECHNICAL]
    newest = max((entry.modified for entry in entries if entry.modified), default=None)
    data: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": f"{base}/api/v1/catalog.jsonld",
        "@type": "dcat:Catalog",
        "dct:title": _german("Messwerte der Digitalen Heimat PB"),
        "dct:description": _german("Stationen von Bürgerinnen, Bürgern und Stadt Paderborn mit ihren Messwerten."),
        "dct:publisher": _publisher(base),
        "dct:language": GERMAN,
        "foaf:homepage": {"@id": f"{base}/sensoren/", "@type": "foaf:Document"},
        "dcat:themeTaxonomy": {"@id": f"{EU}/data-theme"},
        "dct:spatial": _spatial(),
        "dcatap:availability": AVAILABLE,
        "dcat:service": _services(base),
        "dcat:dataset": [_dataset(entry, base) for entry in entries],
    }
    if newest:
        data["dct:modified"] = _moment(newest)
    return open_json(request, data, content_type="application/ld+json", seconds=300)


def _german(text: str) -> dict[str, str]:
    return {"@language": "de", "@value": text}


def _moment(at: Any) -> dict[str, Any]:
    return {"@type": "xsd:dateTime", "@value": timestamp(at)}


def _publisher(base: str) -> dict[str, Any]:
    return {
        "@id": f"{base}/impressum/#herausgeberin",
        "@type": "foaf:Agent",
        "foaf:name": "Stadt Paderborn",
        "dct:type": {"@id": "http://purl.org/adms/publishertype/LocalAuthority"},
    }


def _spatial() -> list[dict[str, Any]]:
    outline = {"@type": "geo:wktLiteral", "@value": KREIS}
    return [MUNICIPALITY, {"@type": "dct:Location", "locn:geometry": outline, "dcat:bbox": outline}]


def _services(base: str) -> list[dict[str, Any]]:
    rows = (
        ("api", "Schnittstelle der Digitalen Heimat PB", "/api/v1", "/api/v1/openapi.json"),
        ("sensorthings", "OGC SensorThings API 1.1", "/sensorthings/v1.1", "/sensorthings/v1.1"),
    )
    return [
        {
            "@id": f"{base}/api/v1/catalog.jsonld#{key}",
            "@type": "dcat:DataService",
            "dct:title": _german(title),
            "dct:publisher": {"@id": _publisher(base)["@id"]},
            "dcat:endpointURL": {"@id": base + address},
            "dcat:endpointDescription": {"@id": base + description},
            "dcatap:availability": AVAILABLE,
        }
        for key, title, address, description in rows
    ]


def _dataset(entry: catalogue.Entry, base: str) -> dict[str, Any]:
    name, slug = entry.phenomenon.label_de, entry.phenomenon.pk
    key = f"{slug}-{entry.licence}".lower().replace("/", "-")
    unit = f" in {entry.phenomenon.unit_label}" if entry.phenomenon.unit_label else ""
    data: dict[str, Any] = {
        "@id": f"{base}/api/v1/catalog.jsonld#{key}",
        "@type": "dcat:Dataset",
        "dct:title": _german(f"{name} in Paderborn ({entry.licence})"),
        "dct:description": _german(
            f"{name}{unit}, gemessen von {entry.stations} offenen Stationen von Menschen und Stadt im "
            "Kreis Paderborn: Tagesmittel, neueste und einzelne Werte. Private Stationen stehen ungefähr, "
            "von Stationen in Innenräumen gibt es nur Tagesmittel. Auffällige Werte sind gekennzeichnet."
            + (" Enthält Beispieldaten." if entry.sample else "")
        ),
        "dct:identifier": f"dhpb-{key}",
        "dct:publisher": {"@id": _publisher(base)["@id"]},
        "dcat:contactPoint": {
            "@type": "vcard:Kind",
            "vcard:fn": "Digitale Heimat PB, Stadt Paderborn",
            "vcard:hasURL": {"@id": f"{base}/impressum/"},
        },
        "dcat:theme": [{"@id": f"{EU}/data-theme/{'TRAN' if slug in TRANSPORT else 'ENVI'}"}],
        "dcat:keyword": [_german(word) for word in (name, "Sensor", "Messwerte", "Bürgerwissenschaft", "Paderborn")]
        + ([_german("Beispieldaten")] if entry.sample else []),
        "dcat:landingPage": {"@id": f"{base}/sensoren/?messgroesse={quote(slug)}"},
        "dcatde:politicalGeocodingLevelURI": LEVEL,
        "dcatde:politicalGeocodingURI": MUNICIPALITY,
        "dct:spatial": _spatial(),
        "dct:language": GERMAN,
        "dct:accessRights": {"@id": f"{EU}/access-right/PUBLIC"},
        "dct:accrualPeriodicity": {"@id": f"{EU}/frequency/UPDATE_CONT"},
        "dcatap:availability": AVAILABLE,
        "dcat:distribution": _distributions(entry, base, key),
    }
    if entry.first:
        start = {"@type": "xsd:date", "@value": entry.first.date().isoformat()}
        data["dct:temporal"] = {"@type": "dct:PeriodOfTime", "dcat:startDate": start}
    if entry.modified:
        data["dct:modified"] = _moment(entry.modified)
    return data


def _distributions(entry: catalogue.Entry, base: str, key: str) -> list[dict[str, Any]]:
    slug, licence = quote(entry.phenomenon.pk), quote(entry.licence, safe="")
    things = quote(f"ObservedProperty/id eq '{entry.phenomenon.pk}' and properties/licence eq '{entry.licence}'")
    iana = "https://www.iana.org/assignments/media-types/"
    rows = (
        ("csv", "Tagesmittel aller Stationen", "CSV", f"{iana}text/csv",
         f"/api/v1/daily.csv?phenomenon={slug}&licence={licence}", ""),
        ("json", "Messkanäle mit neuestem Wert", "JSON", f"{iana}application/json",
         f"/api/v1/channels?phenomenon={slug}&licence={licence}", "api"),
        ("geojson", "Stationen mit neuestem Wert", "GEOJSON", f"{iana}application/geo+json",
         f"/api/v1/stations.geojson?phenomenon={slug}&licence={licence}", "api"),
        ("sensorthings", "SensorThings: Datenströme mit allen Werten", "JSON", f"{iana}application/json",
         f"/sensorthings/v1.1/Datastreams?$filter={things}", "sensorthings"),
    )  # fmt: skip
    found = []
    for kind, title, format_, media, address, service in rows:
        data: dict[str, Any] = {
            "@id": f"{base}/api/v1/catalog.jsonld#{key}-{kind}",
            "@type": "dcat:Distribution",
            "dct:title": _german(title),
            "dcat:accessURL": {"@id": base + address},
            "dct:license": {"@id": LICENCES[entry.licence]},
            "dct:format": {"@id": f"{EU}/file-type/{format_}"},
            "dcat:mediaType": {"@id": media},
            "dcatap:availability": AVAILABLE,
        }
        if entry.licence in NAMED:
            data["dcatde:licenseAttributionByText"] = _german(ATTRIBUTION)
        if entry.modified:
            data["dct:modified"] = _moment(entry.modified)
        if service:
            data["dcat:accessService"] = {"@id": f"{base}/api/v1/catalog.jsonld#{service}"}
        else:
            data["dcat:downloadURL"] = {"@id": base + address}
        found.append(data)
    return found
