"""`GET /api/v1/projects`: the published projects as open data."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema

from portal.rest import Cursor, Failure, Limit, paginate
from projects.domain import catalogue
from projects.forms import FilterForm
from projects.models import Project

router = Router(tags=["Projekte"])


class ProjectOut(Schema):
    """`lat`, `lng` are those of the first place (WGS 84), or null where a project has none."""

    id: int
    slug: str
    title: str
    url: str
    aim: str
    kind: str
    area: str
    areas: list[str]
    programme: str
    status: str
    partners: list[str]
    lat: float | None
    lng: float | None
    radius_m: int | None
    source: str
    sample: bool


class ProjectsOut(Schema):
    items: list[ProjectOut]
    next: str | None


@router.get(
    "/projects",
    response={200: ProjectsOut, 400: Failure},
    summary="Projekte",
    description="Veröffentlichte Projekte, gefiltert wie auf der Seite „Projekte“.",
)
def projects(
    request: HttpRequest,
    bereich: str = Query("", max_length=40),
    art: str = Query("", max_length=40),
    programm: str = Query("", max_length=40),
    stand: str = Query("", max_length=40),
    q: str = Query("", max_length=100),
    limit: int = Limit,
    cursor: str | None = Cursor,
) -> dict[str, Any]:
    """Published projects, filtered as on `/projekte/` (`bereich`, `art`, `programm`, `stand`, `q`)."""
    filters = FilterForm(request.GET).filters()
    return paginate(request, catalogue.find(filters).with_details(), project_row, limit=limit, cursor=cursor)


def project_row(project: Project) -> dict[str, Any]:
    place = next(iter(project.places.all()), None)
    return {
        "id": project.pk,
        "slug": project.slug,
        "title": project.title,
        "url": project.get_absolute_url(),
        "aim": project.aim,
        "kind": project.kind,
        "area": project.area,
        "areas": project.areas,
        "programme": project.programme,
        "status": project.status,
        "partners": [partnership.partner.name for partnership in project.partnerships.all()],
        "lat": place.lat if place else None,
        "lng": place.lng if place else None,
        "radius_m": place.radius_m if place else None,
        "source": project.source_chapter,
        "sample": project.sample,
    }
