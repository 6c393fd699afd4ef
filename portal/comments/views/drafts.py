"""What somebody typed before signing in: kept in the own session for a day, and offered again in the form."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from portal.comments.models import Thread
from portal.comments.views import doors

KEY, LONGEST, MOST = "comment_drafts", 20_000, 5
KEPT_FOR = 24 * 3600  # seconds; then the session of somebody who never signed in has expired (retention deletes it)
NEW_SESSIONS, WITHIN = 20, 600  # of one address, within so many seconds


@csrf_exempt  # acts with nobody's rights: keeps a text in the own session until its author has signed in
@require_POST
def keep(request: HttpRequest, thread_pk: int) -> HttpResponse:
    """The form below a public page, which carries no CSRF token since a first visit sets no cookie."""
    origin = request.headers.get("Origin")
    if origin and origin != f"{request.scheme}://{request.get_host()}":
        return HttpResponseForbidden(_("Dieses Formular gehört zu einer anderen Seite."))
    thread = doors.find_thread(request, thread_pk)
    to = reverse("comments:comment-create", args=[thread.pk])
    if not request.user.is_authenticated:
        return to_sign_in(request, thread, to)
    _put(request, thread.pk, request.POST.get("text", ""))
    return redirect(to)


def to_sign_in(request: HttpRequest, thread: Thread, to: str) -> HttpResponse:
    """Keeps what was posted, and leads to the sign-in and from there to `to`; 429 where one address keeps very much."""
    text = request.POST.get("text", "")[:LONGEST]
    if KEY not in request.session and _too_many(request):
        context = {"thread": thread, "text": text, "where": doors.where(thread, _("Bitte warten"))}
        return render(request, "comments/wait.html", context, status=429)
    _put(request, thread.pk, text)
    request.session.set_expiry(KEPT_FOR)
    return redirect_to_login(to)


def _put(request: HttpRequest, thread_pk: int, text: str) -> None:
    drafts = dict(request.session.get(KEY, {}))
    drafts.pop(str(thread_pk), None)
    drafts[str(thread_pk)] = text[:LONGEST]
    request.session[KEY] = dict(list(drafts.items())[-MOST:])


def typed(request: HttpRequest, thread_pk: int) -> str:
    return str(request.session.get(KEY, {}).get(str(thread_pk), ""))


def forget(request: HttpRequest, thread_pk: int) -> None:
    drafts = dict(request.session.get(KEY, {}))
    if drafts.pop(str(thread_pk), None) is not None:
        request.session[KEY] = drafts


def keep_signed_in(*, request: HttpRequest, **_signal: Any) -> None:
    """After signing in the session lasts as long as any other (receiver of Django's `user_logged_in`)."""
    if KEY in request.session:
        request.session.set_expiry(None)


def _too_many(request: HttpRequest) -> bool:
    """Counts by a digest of the address, which is forgotten after ten minutes."""
    address = hashlib.blake2b(request.META.get("REMOTE_ADDR", "").encode(), digest_size=12).hexdigest()
    key = f"comments.drafts.{address}"
    cache.add(key, 0, WITHIN)
    try:
        return bool(cache.incr(key) > NEW_SESSIONS)
    except ValueError:  # ran out between the two lines
        return False
