"""The login doors of Wagtail and Django lead to ours, POST too: their forms know neither limits nor second factor.

Both also send those here who are signed in and have no right to what they asked for. Our login would send them
straight back, and so on for ever: they get 403 instead.
"""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.csrf import csrf_exempt


def _redirect(url: str) -> HttpResponse:
    """303: whatever was posted here is not posted on."""
    return HttpResponse(status=303, headers={"Location": url, "Cache-Control": "no-store"})


@csrf_exempt
def to_login(request: HttpRequest) -> HttpResponse:
    target = request.GET.get("next", "")
    if target and request.user.is_authenticated:
        raise PermissionDenied
    if not target:  # the door of an area leads back into that area
        target = request.path_info.rsplit("login/", 1)[0].replace("_util/", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts=None):
        target = "/"
    return _redirect(f"{reverse('account_login')}?{urlencode({'next': target})}")


@csrf_exempt
def to_logout(request: HttpRequest) -> HttpResponse:
    return _redirect(reverse("account_logout"))


@csrf_exempt
def to_password(request: HttpRequest, **_kwargs: str) -> HttpResponse:
    return _redirect(reverse("account_change_password" if "change" in request.path_info else "account_reset_password"))
