"""Sends people with a role but without a second factor to its set-up page, whatever page they asked for."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

# Names of the pages one needs to get there: set-up, confirming who one is, signing out, mail addresses.
OPEN_NAMES = {
    "account_logout",
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_set_password",
    "account_change_password",
    "usersessions_list",
    "javascript-catalog",
}


def require_second_factor(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """The roles are without force until then (`User.roles`); this only shows the way."""

    def middleware(request: HttpRequest) -> HttpResponse:
        # Only a request with a session can be signed in; all others stay free of session and database.
        signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if signed_in and request.user.lacks_second_factor and not _is_open(request):
            return _refusal(request)
        return get_response(request)

    return middleware


def _refusal(request: HttpRequest) -> HttpResponse:
    if request.method == "GET" or "text/html" in request.headers.get("Accept", ""):
        return HttpResponseRedirect(reverse("mfa_index"))
    message = _("Für Ihre Aufgaben brauchen Sie einen zweiten Faktor. Bitte richten Sie ihn ein.")
    return JsonResponse({"code": "second_factor_missing", "message": message}, status=403)


def _is_open(request: HttpRequest) -> bool:
    if request.path.startswith((settings.STATIC_URL, "/healthz", "/readyz")):
        return True
    try:
        name = resolve(request.path_info).url_name or ""
    except Resolver404:
        return True
    return name in OPEN_NAMES or name.startswith("mfa_")
