"""`/projekte/`: the filterable list."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.templatetags.portal_ui import local_path
from projects.domain import catalogue
from projects.forms import FilterForm, chips
from projects.models import Milestone, Project, ProjectIndexPage
from projects.views.cards import cards

PER_PAGE = 18


def project_list(request: HttpRequest, page: ProjectIndexPage) -> HttpResponse:
    """The list with filters, counts and pagination; unknown filter values and page numbers are forgiven."""
    filters = FilterForm(request.GET).filters()
    counts = catalogue.facets(filters)
    found = catalogue.find(filters).with_details()
    page_obj = Paginator(found, PER_PAGE).get_page(request.GET.get("seite"))
    context = {
        "page": page,
        "breadcrumb": [{"title": page.title, "url": ""}],
        "form": FilterForm.shown(filters, counts),
        "filters": filters,
        "chips": chips(filters),
        "page_obj": page_obj,
        "cards": cards(page_obj.object_list),
        "total": Project.objects.public().count(),
        "map_url": map_url(filters),
        "milestones": Milestone.objects.programme_wide() if not filters and page_obj.number == 1 else (),
    }
    return render(request, "projects/project_index_page.html", context)


def map_url(filters: catalogue.Filters) -> str:
    """The map with the same filters; its page belongs to `mapviews.maps`, which this app does not import."""
    query = filters.query()
    return local_path("/projekte/karte/") + (f"?{query}" if query else "")
