"""`/konto/daten/`: what the portal knows about me, take it along, erase it."""

from __future__ import annotations

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from portal.accounts.domain import privacy


@never_cache
@login_required
def show_data(request: HttpRequest) -> HttpResponse:
    return render(request, "accounts/data.html", {"counts": privacy.overview(user=request.user)})


@never_cache
@login_required
def download(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(privacy.export(user=request.user), json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = f'attachment; filename="meine-daten-{timezone.localdate():%Y-%m-%d}.json"'
    return response


@never_cache
@reauthentication_required
def erase_own(request: HttpRequest) -> HttpResponse:
    if request.method != "POST" or request.POST.get("bestaetigt") != "ja":
        missing = request.method == "POST"
        return render(request, "accounts/erase.html", {"missing": missing}, status=400 if missing else 200)
    privacy.erase(user=request.user, account=request.user)
    logout(request)
    messages.success(request, _("Ihr Konto ist gelöscht."))
    return redirect("/")
