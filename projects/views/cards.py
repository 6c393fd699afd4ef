"""How a project looks in a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from projects.enums import Area, Status
from projects.models import Project

AREA_ICONS = {
    Area.ADMINISTRATION: "building",
    Area.MOBILITY: "bus",
    Area.EDUCATION: "school",
    Area.ENVIRONMENT: "leaf",
    Area.HEALTH: "health",
    Area.SAFETY: "shield",
    Area.COMMUNITY: "people",
    Area.DATA: "database",
    Area.INFRASTRUCTURE: "network",
}
STATUS_LOOK = {
    Status.IDEA: ("neutral", "idea"),
    Status.PLANNED: ("neutral", "clock"),
    Status.RUNNING: ("info", "play"),
    Status.DONE: ("success", "check"),
}


def status_badge(project: Project) -> dict[str, str]:
    kind, icon = STATUS_LOOK[Status(project.status)]
    return {"label": project.get_status_display(), "kind": kind, "icon": icon}


def cards(projects: Iterable[Project]) -> list[dict[str, Any]]:
    """What `projects/_card.html` shows of each; needs `with_details()` to stay at a fixed number of queries."""
    return [
        {
            "project": project,
            "icon": AREA_ICONS[Area(project.area)],
            "status": status_badge(project),
            "partners": [partnership.partner.name for partnership in project.partnerships.all()],
            "places": list(project.places.all()),
        }
        for project in projects
    ]
