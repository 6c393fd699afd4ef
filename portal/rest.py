"""What every list of the API shares: cursor paging `{"items": [...], "next": url|null}` (CONTRACT.md)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Schema

from portal.exceptions import DomainError

Limit = Query(100, ge=1, le=1000, description="Einträge je Seite")
Cursor = Query(None, max_length=200, description="Wert aus „next“ der Seite davor")


class Failure(Schema):
    code: str
    message: str


def timestamp(moment: datetime | None) -> str | None:
    """RFC 3339 in UTC with milliseconds, e.g. `2026-11-22T18:03:11.120Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def encode_cursor(value: object) -> str:
    return base64.urlsafe_b64encode(str(value).encode()).decode().rstrip("=")


def decode_cursor(cursor: str) -> str:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError) as error:
        raise DomainError("bad_cursor", "Der Wert von „cursor“ ist ungültig.") from error


def paginate(
    request: HttpRequest,
    queryset: QuerySet[Any],
    serialise: Callable[[Any], dict[str, Any]],
    *,
    limit: int,
    cursor: str | None,
) -> dict[str, Any]:
    """One page of `queryset`, newest primary key last; `next` is an absolute path with the same filters, or None."""
    if cursor:
        last = decode_cursor(cursor)
        if not last.isdigit():
            raise DomainError("bad_cursor", "Der Wert von „cursor“ ist ungültig.")
        queryset = queryset.filter(pk__gt=int(last))
    rows = list(queryset.order_by("pk")[: limit + 1])
    return {
        "items": [serialise(row) for row in rows[:limit]],
        "next": next_url(request, rows[limit - 1].pk) if len(rows) > limit else None,
    }


def next_url(request: HttpRequest, last: object) -> str:
    """The address of the following page: this request's path and filters with a new cursor."""
    query = {k: v for k, v in request.GET.items() if k != "cursor"} | {"cursor": encode_cursor(last)}
    return f"{request.path}?{urlencode(query)}"
