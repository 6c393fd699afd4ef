"""Reading the projects: the filters that the list, the map and the API share, and how many projects each choice has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Q, TextChoices

from projects.enums import Area, Kind, Programme, Status
from projects.models import Project, ProjectArea, ProjectQuerySet

CHOICES: dict[str, type[TextChoices]] = {"area": Area, "kind": Kind, "programme": Programme, "status": Status}
PARAMETERS = {"area": "bereich", "kind": "art", "programme": "programm", "status": "stand", "text": "q"}


@dataclass(frozen=True)
class Filters:
    """What somebody looks for; an empty value means "all". Values are those of `projects.enums`."""

    area: str = ""
    kind: str = ""
    programme: str = ""
    status: str = ""
    text: str = ""

    def __bool__(self) -> bool:
        return any(self.active().values())

    def active(self) -> dict[str, str]:
        """Parameter of the address -> value, where something is set."""
        return {parameter: value for name, parameter in PARAMETERS.items() if (value := str(getattr(self, name)))}

    def query(self) -> str:
        """`bereich=umwelt&q=pader`, without the question mark."""
        return urlencode(self.active())

    def without(self, name: str) -> Filters:
        return replace(self, **{name: ""})


@dataclass(frozen=True)
class Row:
    """The few values of a project that counting needs."""

    areas: frozenset[str]
    kind: str
    programme: str
    status: str

    def matches(self, filters: Filters) -> bool:
        return (
            (not filters.area or filters.area in self.areas)
            and (not filters.kind or filters.kind == self.kind)
            and (not filters.programme or filters.programme == self.programme)
            and (not filters.status or filters.status == self.status)
        )


def find(filters: Filters) -> ProjectQuerySet:
    """Public projects that fit all filters, by title; what an anonymous visitor may see."""
    found = _with_text(Project.objects.public(), filters.text)
    if filters.area:
        found = found.in_area(filters.area)
    for name in ("kind", "programme", "status"):
        if value := getattr(filters, name):
            found = found.filter(**{name: value})
    return found.order_by("title", "pk")


def facets(filters: Filters) -> dict[str, dict[str, int]]:
    """For each filter: choice -> number of public projects if it were chosen, the others staying (two queries)."""
    rows = _rows(filters.text)
    counted = {}
    for name, choices in CHOICES.items():
        others = filters.without(name)
        counts: Counter[str] = Counter()
        for row in rows:
            if row.matches(others):
                counts.update(row.areas if name == "area" else [getattr(row, name)])
        counted[name] = {str(choice.value): counts[choice.value] for choice in choices}
    return counted


def _with_text(projects: ProjectQuerySet, text: str) -> ProjectQuerySet:
    """Every word must occur in the title, the aim, the summary of a live page, or the name of a partner or place."""
    for word in text.split()[:8]:
        projects = projects.filter(
            Q(title__icontains=word)
            | Q(aim__icontains=word)
            | Q(pk__in=_ids("pages__summary__icontains", word, pages__live=True))
            | Q(pk__in=_ids("partnerships__partner__name__icontains", word))
            | Q(pk__in=_ids("places__name__icontains", word))
        )
    return projects


def _ids(lookup: str, word: str, **also: bool) -> ProjectQuerySet:
    return Project.objects.filter(**{lookup: word, **also}).values("pk")  # type: ignore[return-value]


def _rows(text: str) -> list[Row]:
    found = list(_with_text(Project.objects.public(), text).values_list("pk", "area", "kind", "programme", "status"))
    further = _further_areas(pk for pk, *_rest in found)
    return [
        Row(frozenset({area, *further.get(pk, ())}), kind, programme, status)
        for pk, area, kind, programme, status in found
    ]


def _further_areas(ids: Iterable[int]) -> dict[int, list[str]]:
    areas: dict[int, list[str]] = {}
    for pk, area in ProjectArea.objects.filter(project__in=list(ids)).values_list("project", "area"):
        areas.setdefault(pk, []).append(area)
    return areas
