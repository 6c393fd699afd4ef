"""Writing the facts of a project: what it is, who takes part, where, with whose money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from portal import audit
from portal.activity.enums import District
from portal.comments.models import Thread
from portal.exceptions import DomainError, NotAllowed
from projects.domain.freshness import refresh
from projects.models import Funding, Partner, Place, Project, ProjectArea, ProjectPartner
from projects.permissions import can_create, can_edit

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

FIELDS = frozenset(
    {
        "title",
        "aim",
        "kind",
        "kind_by",
        "area",
        "programme",
        "programme_note",
        "status",
        "status_note",
        "source_chapter",
        "source_page",
    }
)


@dataclass(frozen=True)
class Relations:
    """What belongs to a project as plain values; each given list replaces what was there.

    `partners`: {"name", "role", "url"} · `places`: {"name", "lat", "lng", "radius_m", "confidence", "basis"},
    optionally "district" (else read from the name) ·
    `fundings`: {"source", "amount_eur", "reference"} · `further_areas`: values of `Area`.
    """

    further_areas: Iterable[str] = ()
    partners: Iterable[Mapping[str, Any]] = ()
    places: Iterable[Mapping[str, Any]] = field(default=())
    fundings: Iterable[Mapping[str, Any]] = ()


def create_project(
    user: User | AnonymousUser,
    *,
    slug: str,
    relations: Relations | None = None,
    lead: User | None = None,
    sample: bool = False,
    **facts: Any,
) -> Project:
    """Creates a project without a page; nobody but editors and its lead sees it before `publish_project_page`.

    `facts` are the plain fields (`title`, `aim`, `kind`, `area`, `programme`, `status`, …). Raises NotAllowed, or
    DomainError `invalid_project` with the field at fault. Audited as `project.created`.
    """
    if not can_create(user):
        raise NotAllowed()
    with transaction.atomic():
        thread = Thread.objects.create(target="project")
        project = Project(slug=slug, lead=lead, sample=sample, thread=thread, **_known(facts))
        _save(project)
        _replace_relations(project, relations or Relations())
        audit.record(actor=user, action="project.created", obj=project, payload={"slug": slug, "title": project.title})
        refresh()
    return project


def change_facts(
    user: User | AnonymousUser, *, project: Project, relations: Relations | None = None, **facts: Any
) -> Project:
    """Changes plain fields and, where given, replaces what belongs to the project.

    Raises NotAllowed, or DomainError `invalid_project`. Audited as `project.changed` with the names of what changed;
    nothing is written where nothing changes.
    """
    if not can_edit(user, project):
        raise NotAllowed()
    changed = {name: value for name, value in _known(facts).items() if getattr(project, name) != value}
    with transaction.atomic():
        for name, value in changed.items():
            setattr(project, name, value)
        names = sorted(changed)
        if changed:
            _save(project)
        if relations is not None and _replace_relations(project, relations):
            names.append("relations")
        if names:
            audit.record(actor=user, action="project.changed", obj=project, payload={"fields": names})
            refresh()
    return project


def relations_of(project: Project, **changes: Any) -> Relations:
    """What belongs to the project now, with changes: `relations_of(project, further_areas=["umwelt"])`."""
    present = _present(project)
    values: dict[str, Any] = {
        "further_areas": present["further_areas"],
        "partners": [dict(zip(("name", "role", "url"), row, strict=True)) for row in present["partners"]],
        "places": [dict(zip(PLACE_FIELDS, row, strict=True)) for row in present["places"]],
        "fundings": [dict(zip(FUNDING_FIELDS, row, strict=True)) for row in present["fundings"]],
    }
    return Relations(**(values | changes))


def _known(facts: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := facts.keys() - FIELDS:
        raise TypeError(f"unknown facts of a project: {', '.join(sorted(unknown))}")
    return dict(facts)


def _save(project: Project) -> None:
    try:
        project.full_clean()
    except ValidationError as error:
        name, messages = next(iter(error.message_dict.items()))
        raise DomainError("invalid_project", messages[0], field=name) from error
    project.save()


def _replace_relations(project: Project, relations: Relations) -> bool:
    """Makes the rows equal to `relations`; whether anything had to be changed."""
    wanted = _wanted(relations)
    if wanted == _present(project):
        return False
    ProjectArea.objects.filter(project=project).delete()
    ProjectPartner.objects.filter(project=project).delete()
    Place.objects.filter(project=project).delete()
    Funding.objects.filter(project=project).delete()
    ProjectArea.objects.bulk_create(ProjectArea(project=project, area=area) for area in wanted["further_areas"])
    for name, role, url in wanted["partners"]:
        partner, _created = Partner.objects.get_or_create(name=name, defaults={"url": url})
        ProjectPartner.objects.create(project=project, partner=partner, role=role)
    for place in wanted["places"]:
        Place.objects.create(project=project, **dict(zip(PLACE_FIELDS, place, strict=True)))
    for funding in wanted["fundings"]:
        Funding.objects.create(project=project, **dict(zip(FUNDING_FIELDS, funding, strict=True)))
    return True


PLACE_FIELDS = ("name", "lat", "lng", "radius_m", "confidence", "basis", "district")
FUNDING_FIELDS = ("source", "amount_eur", "reference")


def _wanted(relations: Relations) -> dict[str, list[Any]]:
    return {
        "further_areas": list(relations.further_areas),
        "partners": [(p["name"], p.get("role", ""), p.get("url", "")) for p in relations.partners],
        "places": [
            tuple(({"district": District.in_name(p["name"])} | dict(p)).get(name, "") for name in PLACE_FIELDS)
            for p in relations.places
        ],
        "fundings": [(f["source"], f.get("amount_eur"), f.get("reference", "")) for f in relations.fundings],
    }


def _present(project: Project) -> dict[str, list[Any]]:
    partners = project.partnerships.values_list("partner__name", "role", "partner__url")
    return {
        "further_areas": list(project.further_areas.values_list("area", flat=True)),
        "partners": list(partners),
        "places": list(project.places.values_list(*PLACE_FIELDS)),
        "fundings": list(project.fundings.values_list(*FUNDING_FIELDS)),
    }
