"""Open answers: readable from every origin, with an ETag of their content."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _


def open_json(
    request: HttpRequest, data: Any, *, content_type: str = "application/json", seconds: int = 0
) -> HttpResponse:
    """JSON for everyone; 304 where the reader has it already."""
    response = JsonResponse(data, encoder=DjangoJSONEncoder, safe=False, json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = content_type
    etag = quote_etag(hashlib.blake2b(response.content, digest_size=12).hexdigest())
    response["Cache-Control"] = f"public, max-age={seconds}" if seconds else "no-cache"
    response["ETag"] = etag
    conditional = get_conditional_response(request, etag=etag, response=response)
    return allow_all(conditional or response)


def allow_all(response: HttpResponse) -> HttpResponse:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Link"
    return response


def busy() -> JsonResponse:
    """503 with Retry-After: the database does not answer right now."""
    message = _("Die Datenbank ist gerade nicht erreichbar. Bitte senden Sie die Nachricht erneut.")
    response = JsonResponse({"code": "busy", "message": message}, status=503)
    response["Retry-After"] = "5"
    return response
