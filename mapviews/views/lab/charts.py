"""Build a chart of public channels; its values, downloads and starting code. The address is the chart."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mapviews.domain.lab import code, search
from mapviews.domain.lab import download as streams
from mapviews.domain.lab import recipe as recipes
from mapviews.domain.lab.recipe import Recipe
from mapviews.exports import in_threads
from mapviews.forms.lab import RecipeForm, SearchForm
from mapviews.models import Channel
from mapviews.views import plots
from mapviews.views.pages import brief

SEARCHED = ("messgroesse", "ortsteil", "projekt", "suche")


@require_safe
def build(request: HttpRequest) -> HttpResponse:
    brief(request)
    recipe = recipes.read(request.GET)
    channels = recipes.open_channels(recipe.channels)
    context = shown(recipe, channels) if channels else {}
    context |= chosen(recipe, channels, request) | found(request, recipe)
    return render(request, "mapviews/lab/build.html", context)


def chosen(recipe: Recipe, channels: list[Channel], request: HttpRequest) -> dict[str, Any]:
    """What is in the chart and how to change it; links without script."""
    initial = {
        "zeitraum": recipe.period,
        "von": recipe.first[:10],
        "bis": recipe.last[:10],
        "wert": recipe.figure,
        "raster": recipe.step,
        "titel": recipe.title,
    }
    return {
        "recipe": recipe,
        "channels": channels,
        "most": recipes.MOST,
        "full": len(channels) >= recipes.MOST,
        "lost": len(recipe.channels) - len(channels),
        "recipe_form": RecipeForm(initial=initial),
        "bad_range": recipe.wants_range,
        "keep_query": recipe.query(),
    }


def found(request: HttpRequest, recipe: Recipe) -> dict[str, Any]:
    """The search and what it found."""
    form = SearchForm({name: request.GET.get(name, "") for name in SEARCHED})
    data = form.cleaned_data if form.is_valid() else {}
    project = data.get("projekt")
    rows, more = search.channels(
        phenomenon=data["messgroesse"].pk if data.get("messgroesse") else "",
        district=data.get("ortsteil", ""),
        project=project,
        words=data.get("suche", ""),
        without=recipe.channels,
    )
    return {"search_form": form, "found": rows, "found_more": more, "searched": any(data.values())}


def shown(recipe: Recipe, channels: list[Channel]) -> dict[str, Any]:
    """Plots, downloads and code of a chart; used by kept charts too."""
    query = recipe.query()
    plot = recipes.plot(recipe, channels)
    items = plots.items(plot, src=f"{reverse('mapviews:lab-values')}?{urlencode(_untimed(recipe))}")
    link = f"{settings.BASE_URL}/sensoren/labor/?{query}"
    rows = code.rows(recipe, channels)
    return {
        "plots": items,
        "span": plot.span,
        "query": query,
        "link": link,
        "licences": list(dict.fromkeys(c.station.get_licence_display() for c in channels)),
        "daily": [c for c in channels if c.pk not in recipes.every_of(channels)],
        "sample": any(c.station.sample for c in channels),
        "codes": [
            {"key": "python", "title": "Python (pandas)", "text": code.python(rows, link)},
            {"key": "r", "title": "R", "text": code.r(rows, link)},
            {"key": "javascript", "title": "JavaScript", "text": code.javascript(rows, link)},
        ],
    }


def _untimed(recipe: Recipe) -> list[tuple[str, str]]:
    """Without the range, which the chart adds by itself, and without the title, which the values do not need."""
    return [(name, value) for name, value in recipe.parameters() if name not in ("zeitraum", "von", "bis", "titel")]


@require_safe
def values(request: HttpRequest) -> JsonResponse:
    """`{"x": […], "series": […]}` of one panel (`feld`) for the chart component."""
    recipe = recipes.read(request.GET)
    channels = recipes.open_channels(recipe.channels)
    number = next(iter(plots.numbers(request.GET, "feld", 1)), 0)
    if not channels:
        return JsonResponse({"x": [], "series": []})
    return JsonResponse(recipes.plot(recipe, channels).as_json(number))


@require_safe
def download(request: HttpRequest, kind: str) -> StreamingHttpResponse:
    """Exactly the values of this chart, of any length in constant memory, with licence and source."""
    recipe = recipes.read(request.GET)
    channels = recipes.open_channels(recipe.channels)
    link = f"{settings.BASE_URL}/sensoren/labor/?{recipe.query()}"
    texts = streams.csv_texts(recipe, channels) if kind == "csv" else streams.json_texts(recipe, channels, link=link)
    body: Any = in_threads(texts) if isinstance(request, ASGIRequest) else texts
    types = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
    response = StreamingHttpResponse(body, content_type=types[kind])
    response["Content-Disposition"] = f'attachment; filename="reallabor.{kind}"'
    licences = dict.fromkeys(c.station.licence for c in channels)
    response["Link"] = ", ".join(f'<https://spdx.org/licenses/{licence}>; rel="license"' for licence in licences)
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "Link"
    return response


@require_safe
def notebook(request: HttpRequest) -> HttpResponse:
    """A Jupyter notebook for this chart."""
    recipe = recipes.read(request.GET)
    channels = recipes.open_channels(recipe.channels)
    link = f"{settings.BASE_URL}/sensoren/labor/?{recipe.query()}"
    document = code.notebook(code.rows(recipe, channels), link, recipe.title or _("Messwerte aus Paderborn"))
    response = HttpResponse(json.dumps(document, ensure_ascii=False, indent=1), content_type="application/x-ipynb+json")
    response["Content-Disposition"] = 'attachment; filename="reallabor.ipynb"'
    return response
