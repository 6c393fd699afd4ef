"""`/sensorthings/v1.1/…`: from the path of a request to its rows."""

from __future__ import annotations

import json
import re
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from mapviews.models import Channel, Measurement
from mapviews.responses import allow_all, open_json
from mapviews.sensorthings import options
from mapviews.sensorthings.answers import collection, document
from mapviews.sensorthings.entities import ABSENT, ENTITIES, Entity, observations_of
from mapviews.sensorthings.errors import Refused, missing, unsupported, wrong
from mapviews.sensorthings.filters import SUPPORTED

PREFIX = "/sensorthings/v1.1"
_SEGMENT = re.compile(r"(\$?[A-Za-z@.]+)(?:\((?:'([^'\0]{1,80})'|(\d{1,18}))\))?")


@csrf_exempt
def serve(request: HttpRequest, path: str = "") -> HttpResponse:
    """Every address of the service. It only reads: other methods answer 501."""
    try:
        if request.method == "OPTIONS":
            return allow_all(HttpResponse(status=204))
        if request.method not in ("GET", "HEAD"):
            raise unsupported(f"{request.method}; this service reads only")
        return _answer(request, [part for part in path.split("/") if part])
    except Refused as error:
        kind = "error" if error.status < 500 else "unsupported"
        return allow_all(
            JsonResponse({"code": error.status, "type": kind, "message": error.message}, status=error.status)
        )


def _answer(request: HttpRequest, parts: list[str]) -> HttpResponse:
    root = f"{settings.BASE_URL}{PREFIX}"
    if not parts:
        return open_json(request, _root(root))
    only_links = parts[-1] == "$ref" and len(parts) > 1
    asked = options.read(request.GET.dict())
    if only_links:
        asked.select, asked.expand = ("@iot.selfLink",), {}
    entity, rows, one = _walk(parts[:-1] if only_links else parts)
    if isinstance(one, tuple) and only_links:
        raise wrong("$ref stands behind entities.")
    if isinstance(one, tuple):  # a property
        row, name, raw = one
        written = {"id": entity.identity(row)} | entity.write(row)
        if name not in written:
            raise missing()
        if raw:
            plain = written[name] if isinstance(written[name], str) else json.dumps(written[name], ensure_ascii=False)
            return allow_all(HttpResponse(plain, content_type="text/plain; charset=utf-8"))
        return open_json(request, {name: written[name]})
    if one is not None:
        return open_json(request, document(entity, one, root, asked))
    address = f"{root}/{'/'.join(parts)}"
    return open_json(request, collection(entity, rows, root, asked, address=address, query=request.GET.dict()))


REQUESTS = ("order", "expand", "select", "pagination", "count", "top", "skip")
SERVED = ("thing", "location", "datastream", "observed-property", "observation")  # no sensors, no features of interest
CONFORMANCE = "http://www.opengis.net/spec/iot_sensing/1.1/req/"


def _root(root: str) -> dict[str, Any]:
    kept = [f"{CONFORMANCE}{name}" for name in (*(f"datamodel/{name}/properties" for name in SERVED), "resource-path")]
    return {
        "serverSettings": {
            "conformance": kept + [f"{CONFORMANCE}request-data/{name}" for name in REQUESTS],
            f"{CONFORMANCE}request-data/filter": {"supported": SUPPORTED},
        },
        "value": [{"name": name, "url": f"{root}/{name}"} for name in ENTITIES],
    }


def _walk(parts: list[str]) -> tuple[Entity, QuerySet[Any], Any]:
    """The entity type at the end of a path, its rows, and the one row where the path names one."""
    entity, rows, one = _first(parts[0])
    for index, part in enumerate(parts[1:], 1):
        name, key = _segment(part)
        if one is None:
            raise unsupported(f"{part} behind a collection")
        if name in entity.links:
            target, many, step = entity.links[name]
            entity, rows = ENTITIES[target], step(one)
            one = (_one(entity, rows, key) if key is not None else None) if many else rows.first()
            if not many and one is None:
                raise missing()
        elif name in ABSENT or name in ("Sensor", "FeatureOfInterest", "HistoricalLocations"):
            raise unsupported(name)
        else:
            rest = parts[index + 1 :]
            if rest not in ([], ["$value"]):
                raise missing()
            return entity, rows, (one, name, bool(rest))
    return entity, rows, one


def _segment(part: str) -> tuple[str, str | None]:
    match = _SEGMENT.fullmatch(part)
    if match is None:
        raise wrong(f"„{part[:60]}“ cannot be read.")
    return match[1], match[2] if match[2] is not None else match[3]


def _first(part: str) -> tuple[Entity, QuerySet[Any], Any]:
    name, key = _segment(part)
    if name in ABSENT:
        raise unsupported(name)
    if name not in ENTITIES:
        raise missing()
    entity = ENTITIES[name]
    rows = entity.rows()
    return entity, rows, _one(entity, rows, key) if key is not None else None


def _one(entity: Entity, rows: QuerySet[Any], key: str) -> Any:
    if entity.name == "Observations":
        found = _observation(rows, key)
    else:
        if not entity.text_id and not key.isdigit():
            raise missing()
        found = rows.filter(pk=key).first()
    if found is None:
        raise missing()
    return found


def _observation(rows: QuerySet[Any], key: str) -> Any:
    channel, _dash, ts = key.partition("-")
    if not (channel.isdigit() and ts.isdigit() and len(key) < 36):
        return None
    if rows.model is not Measurement:
        return rows.filter(channel_id=int(channel), ts=int(ts)).first()
    found = ENTITIES["Datastreams"].rows().filter(pk=int(channel)).first()
    return observations_of(found).filter(ts=int(ts)).first() if isinstance(found, Channel) else None
