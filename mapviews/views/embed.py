"""The widget for other sites: the one page that may stand in a foreign frame. It sets no cookie and reads none."""

from __future__ import annotations

from csp.decorators import csp_replace
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from mapviews.domain import mapping
from mapviews.models import Station
from mapviews.views.pages import brief, shown


@require_safe
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
def widget(request: HttpRequest, slug: str) -> HttpResponse:
    """Newest values of an open station, whoever is signed in around it."""
    brief(request)
    found = mapping.with_channels(Station.objects.visible_to(AnonymousUser()).filter(slug=slug))
    if not found:
        raise Http404
    values = [shown(channel) for channel in found[0].shown_channels if channel.latest_ts is not None]
    return render(request, "mapviews/embed.html", {"station": found[0], "values": values})
