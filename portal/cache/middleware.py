"""Tells the door until when a page may be kept: sets a header that never leaves the house."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


class CacheUntilMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        moment = getattr(request, "cache_expires_at", None)
        if moment is not None:
            response["X-Cache-Until"] = f"{moment.timestamp():.3f}"
        return response
