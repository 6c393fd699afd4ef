"""`/projekte/<slug>/`: one project, and the page of one of its reports."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.templatetags.portal_ui import local_path
from projects import panels
from projects.domain import timeline
from projects.models import Project, ProjectPage, ProjectUpdate
from projects.permissions import can_edit
from projects.views.cards import AREA_ICONS, status_badge

DETAILS = ("places", "further_areas", "partnerships__partner", "fundings", "milestones")


def project_detail(request: HttpRequest, page: ProjectPage) -> HttpResponse:
    """Aim, status and what one can do now first; then the timeline, the panels of upper apps, and the talk."""
    project = Project.objects.prefetch_related(*DETAILS).select_related("thread").get(pk=page.project_id)
    everything = request.GET.get("alle") == "1"
    url = local_path(project.get_absolute_url())
    context = {
        "page": page,
        "project": project,
        "project_url": url,
        "icon": AREA_ICONS[project.area],  # type: ignore[index]
        "status": status_badge(project),
        "timeline": timeline.of_project(project, group=request.GET.get("zeige", ""), limit=0 if everything else 12),
        "panels": panels.shown_for(project, request.user),
        "actions": _actions(project, request.user, url),
        "next_steps": [m for m in project.milestones.all() if not m.reached],
        "can_edit": can_edit(request.user, project),
        "breadcrumb": _breadcrumb(page.title),
    }
    return render(request, "projects/project_page.html", context)


def update_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One short report; 404 where the project is not public."""
    updates = ProjectUpdate.objects.select_related("project").filter(project__in=Project.objects.public())
    update = get_object_or_404(updates, pk=pk, project__slug=slug)
    project_url = local_path(update.project.get_absolute_url())
    trail = _breadcrumb(update.project.title, project_url)
    context = {
        "update": update,
        "project_url": project_url,
        "breadcrumb": [*trail, {"title": update.title, "url": ""}],
    }
    return render(request, "projects/update_detail.html", context)


def _breadcrumb(title: str, url: str = "") -> list[dict[str, str]]:
    return [{"title": _("Projekte"), "url": local_path("/projekte/")}, {"title": title, "url": url}]


def _actions(project: Project, user: Any, url: str) -> list[panels.Action]:
    """What everybody can do comes last: whatever upper apps offer has a date and goes first."""
    talk = panels.Action(_("Kommentar schreiben"), "#kommentare", hint=_("Fragen, Lob, Kritik"), icon="comment")
    return [*panels.actions_for(project, user), talk]
