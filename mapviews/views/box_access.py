"""What the addresses below `/boxes/` share: the token at the door and errors as openSenseMap's clients know them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from mapviews.domain import doors, tokens
from mapviews.domain.spool import BUSY
from mapviews.models import Station
from mapviews.views.ingest import answer
from portal.exceptions import DomainError


def given_token(request: HttpRequest) -> str:
    """The token of the Authorization header, bare (openSenseMap's way) or as Bearer."""
    header = request.headers.get("Authorization", "").strip()
    return tokens.bearer(header) or header


def holder(request: HttpRequest, osem_id: str) -> Station:
    """The station whose token the request carries; raises `Unauthorized` (401)."""
    station = doors.station_with(token=given_token(request), osem_id=osem_id.lower())
    if station is None:
        # The words of openSenseMap-API: its clients compare them.
        raise DomainError("Unauthorized", "Box access token not valid!", status=401)
    return station


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Turns errors into `{"code", "message"}` with their status; a busy database into 503 with Retry-After."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except DomainError as error:
            return answer(error.status, error.code, str(error.message))
        except BUSY:
            return answer(503, "busy", _("Die Datenbank ist gerade nicht erreichbar."))

    return guarded
