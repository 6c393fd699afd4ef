"""`/api/v1/`: the API assembled from each app's routes. Public reads start from `visible_to(AnonymousUser)`."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

import dialogues.api
import ethics.api
import mapviews.api
import portal.comments.api
import projects.api
from portal.exceptions import DomainError


class OpenApi(NinjaAPI):
    """A GET carries the ETag of its content and answers 304 where the reader has it."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response: HttpResponse = super().create_response(request, data, **options)
        if request.method in ("GET", "HEAD") and response.status_code == 200:
            etag = quote_etag(hashlib.blake2b(response.content, digest_size=12).hexdigest())
            response["ETag"], response["Cache-Control"] = etag, "no-cache"
            response = get_conditional_response(request, etag=etag, response=response) or response
        return response


api = OpenApi(
    title="Digitale Heimat PB",
    version="1",
    description="Offene Daten des Beteiligungs- und Transparenzportals der Stadt Paderborn.",
    urls_namespace="api",
    docs_url=None,
    openapi_url="/openapi.json",
)
for router in (
    projects.api.router,
    dialogues.api.router,
    portal.comments.api.router,
    ethics.api.router,
    mapviews.api.router,
):
    api.add_router("", router)


def _failure(request: HttpRequest, code: str, message: object, status: int) -> HttpResponse:
    return api.create_response(request, {"code": code, "message": str(message)}, status=status)


@api.exception_handler(DomainError)
def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return _failure(request, error.code, error.message, error.status)


@api.exception_handler(ValidationError)
def validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    places = ", ".join(sorted({".".join(str(p) for p in e.get("loc", ())[1:]) or "?" for e in error.errors}))
    return _failure(request, "invalid", f"Ungültige Angaben: {places}.", 422)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return _failure(request, "not_found", "Das gibt es nicht.", 404)


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    return _failure(request, "error", error, error.status_code)
