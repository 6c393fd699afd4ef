"""The owner changes name, description, who sees the values, licence or project of a station."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mapviews.domain import station_changes
from mapviews.forms import StationChangeForm
from mapviews.views.care import owned
from mapviews.views.own import add_error
from portal.exceptions import DomainError


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, slug: str) -> HttpResponse:
    station = owned(request, slug)
    initial = {name: getattr(station, name) for name in station_changes.FIELDS}
    form = StationChangeForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            changed = station_changes.change(request.user, station=station, **form.values())
        except DomainError as error:
            add_error(form, error)
        else:
            messages.success(request, _("Gespeichert."))
            changed.refresh_from_db()  # a held text has changed the address
            return redirect(changed)
    context = {"form": form, "station": station}
    return render(request, "mapviews/care/change.html", context, status=400 if form.errors else 200)
