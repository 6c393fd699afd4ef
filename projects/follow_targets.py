"""What of the projects can be followed: a project, one of the nine areas of life, a district of the city."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.activity import targets
from portal.activity.enums import District
from portal.activity.targets import Subject
from projects.enums import Area
from projects.models import Project


def register() -> None:
    targets.register("project", _("Projekt"), projects)
    targets.register("area", _("Lebensbereich"), areas)
    targets.register("district", _("Stadtteil"), districts)
    targets.register_reach("projects", topics_of)


def projects(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    numbers = [number for number in ids if number.isdecimal() and len(number) < 19]
    found = Project.objects.visible_to(user).filter(pk__in=numbers)
    return {str(project.pk): Subject(project.title, project.get_absolute_url()) for project in found}


def areas(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    return {key: Subject(str(Area(key).label), f"/projekte/?bereich={key}") for key in ids if key in Area.values}


def districts(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    return {key: Subject(str(District(key).label), "/projekte/karte/") for key in ids if key in District.values}


def topics_of(project: Project) -> Iterable[str]:
    """The areas of a project and the districts where it can be seen."""
    yield from {targets.topic("area", area) for area in project.areas}
    places = project.places.exclude(district="").values_list("district", flat=True)
    yield from {targets.topic("district", district) for district in places}
