"""Charts that people keep under a short address: keep, list the own ones, show, delete."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mapviews.domain.lab import keeping
from mapviews.domain.lab import recipe as recipes
from mapviews.forms.lab import KeepForm
from mapviews.models import LabChart
from mapviews.views.lab.charts import shown
from mapviews.views.own import add_error
from mapviews.views.pages import brief
from portal.comments.enums import State
from portal.comments.permissions import can_moderate
from portal.exceptions import DomainError

METHODS = ["GET", "HEAD", "POST"]


@login_required
@never_cache
@require_http_methods(METHODS)
def keep(request: HttpRequest) -> HttpResponse:
    """The recipe stands in the address here too; the form adds title and note."""
    recipe = recipes.read(QueryDict(request.META.get("QUERY_STRING", "")))
    channels = recipes.open_channels(recipe.channels)
    form = KeepForm(request.POST or None, initial={"title": recipe.title})
    if request.method == "POST" and form.is_valid():
        try:
            chart = keeping.keep(request.user, recipe=recipe, **form.cleaned_data)
        except DomainError as error:
            add_error(form, error)
        else:
            if chart.is_visible:
                messages.success(request, _("Aufgehoben. Den kurzen Link können Sie jetzt weitergeben."))
            else:
                messages.warning(request, _("Aufgehoben. Den Text prüfen wir noch; bis dahin sehen nur Sie ihn."))
            return redirect(chart)
    context = {"form": form, "recipe": recipe, "channels": channels, "query": recipe.query()}
    return render(request, "mapviews/lab/keep.html", context, status=400 if form.errors else 200)


@login_required
@never_cache
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    charts = LabChart.objects.filter(owner=request.user).exclude(state=State.DELETED)
    services = request.user.smart_services.exclude(state=State.DELETED)
    return render(request, "mapviews/lab/mine.html", {"charts": charts, "services": services})


@require_safe
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """Read anew each time: what is no longer public is no longer shown here either."""
    brief(request)
    found = get_object_or_404(LabChart.objects.visible_to(request.user).select_related("owner"), code=code)
    recipe = recipes.of_query(found.query)
    channels = recipes.open_channels(recipe.channels)
    context = shown(recipe, channels) if channels else {"query": recipe.query()}
    context |= {
        "chart": found,
        "is_own": found.owner_id == request.user.pk,
        "can_moderate": can_moderate(request.user),
        "lost": len(recipe.channels) - len(channels),
    }
    return render(request, "mapviews/lab/chart.html", context)


@login_required
@never_cache
@require_http_methods(METHODS)
def delete(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(LabChart.objects.visible_to(request.user), code=code)
    if found.owner_id != request.user.pk:
        raise Http404
    if request.method == "POST":
        keeping.delete(request.user, chart=found)
        messages.success(request, _("Das Diagramm ist gelöscht."))
        return redirect("mapviews:lab-mine")
    return render(request, "mapviews/lab/delete.html", {"thing": found})
