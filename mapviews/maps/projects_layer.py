"""The layer of the projects: one point for each place, with all projects that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapviews.maps.layers import Card, Point
from portal.templatetags.portal_ui import local_path
from projects.domain import catalogue
from projects.forms import FilterForm
from projects.models import Place, Project
from projects.templatetags.projects import distance


class ProjectsLayer:
    key = "projects"
    label = gettext_lazy("Projekte")

    def points(self, filters: Mapping[str, str]) -> list[Point]:
        """Places of the public projects that fit the filters of the list; two queries."""
        return points_of(catalogue.find(FilterForm(filters).filters()).with_details())


def points_of(projects: Iterable[Project]) -> list[Point]:
    """Groups the places of these projects, so that two projects in one house do not hide each other."""
    houses: dict[tuple[float, float], list[tuple[Place, Project]]] = {}
    for project in projects:
        for place in project.places.all():
            houses.setdefault((place.lat, place.lng), []).append((place, project))
    return [_point(members) for _where, members in sorted(houses.items())]


def _point(members: list[tuple[Place, Project]]) -> Point:
    place = members[0][0]
    note = _("Ort auf etwa %(genau)s genau (%(sicher)s).") % {
        "genau": distance(place.radius_m),
        "sicher": place.get_confidence_display(),
    }
    cards = tuple(
        Card(project.title, local_path(project.get_absolute_url()), project.get_status_display(), project.sample)
        for _place, project in members
    )
    return Point(place.name, place.lat, place.lng, place.radius_m, cards, note)
