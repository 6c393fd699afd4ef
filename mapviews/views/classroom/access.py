"""Who is in the room of a class: a member by the cookie of that room, or the teacher by the session."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from mapviews.domain.classroom import pupils
from mapviews.models import Classroom, Pupil
from mapviews.permissions import can_lead_classroom
from portal.exceptions import DomainError

COOKIE = "klasse"
MOST_WRONG, WINDOW = 60, 600  # a whole class types from one school's address


@dataclass(frozen=True)
class Visitor:
    """`pupil` is None for the teacher; `code` is the member's own return code, as the cookie holds it."""

    classroom: Classroom
    pupil: Pupil | None
    code: str = ""

    @property
    def leads(self) -> bool:
        return self.pupil is None


def visitor(request: HttpRequest, slug: str) -> Visitor | None:
    """Who enters this room, or None: strangers cannot tell a class from one that does not exist."""
    code = request.COOKIES.get(COOKIE, "")
    pupil = pupils.find(code, slug=slug) if code else None
    if pupil is not None:
        return Visitor(pupil.classroom, pupil, code)
    classroom = Classroom.objects.led_by(request.user).select_related("project").filter(slug=slug).first()
    return Visitor(classroom, None) if classroom is not None else None


def demand_visitor(request: HttpRequest, slug: str) -> Visitor:
    found = visitor(request, slug)
    if found is None:
        raise Http404
    return found


def led(request: HttpRequest, slug: str) -> Classroom:
    """The class where this person leads it; 404 for everyone else, as for one that does not exist."""
    rows = Classroom.objects.led_by(request.user).select_related("teacher", "deputy", "project")
    classroom = get_object_or_404(rows, slug=slug)
    if not can_lead_classroom(request.user, classroom):
        raise Http404
    return classroom


def keep(request: HttpRequest, response: HttpResponse, *, classroom: Classroom, code: str) -> None:
    """Until the browser is closed, for this room alone; school computers are shared."""
    response.set_cookie(
        COOKIE, code, path=room_path(classroom), httponly=True, secure=request.is_secure(), samesite="Strict"
    )


def forget(response: HttpResponse, *, classroom: Classroom) -> None:
    response.delete_cookie(COOKIE, path=room_path(classroom), samesite="Strict")


def room_path(classroom: Classroom) -> str:
    return reverse("mapviews:classroom-room", args=[classroom.slug])


def demand_few_wrong(request: HttpRequest) -> None:
    """At most 60 wrong codes in ten minutes from one address. Raises `too_many_tries` (429)."""
    if (cache.get(_key(request)) or 0) >= MOST_WRONG:
        message = _("Das waren viele falsche Codes. Bitte warten Sie zehn Minuten.")
        raise DomainError("too_many_tries", message, field="code", status=429)


def count_wrong(request: HttpRequest) -> None:
    key = _key(request)
    cache.add(key, 0, WINDOW)
    cache.incr(key)


def _key(request: HttpRequest) -> str:
    """A keyed hash that is forgotten after ten minutes; the address itself is kept nowhere."""
    address = request.META.get("REMOTE_ADDR", "")
    digest = hmac.new(settings.SECRET_KEY.encode(), f"klasse:{address}".encode(), hashlib.sha256).hexdigest()
    return f"mapviews:class-code:{digest[:32]}"
