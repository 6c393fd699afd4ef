"""What the projects keep about the people who lead them and write for them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from projects.models import Project, ProjectUpdate

if TYPE_CHECKING:
    from portal.accounts.models import User

COLUMNS = {"projects.Project.lead": Column("projects"), "projects.ProjectUpdate.author": Column("projects")}


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_export("projects", export, _("Projekte, die Sie leiten"))
    privacy.register_erasure("projects", erase, preview)


def export(user: User) -> Iterator[dict[str, Any]]:
    for project in Project.objects.filter(lead=user).order_by("pk"):
        yield {"kind": "lead", "title": project.title, "url": project.get_absolute_url()}
    for update in ProjectUpdate.objects.filter(author=user).order_by("pk"):
        yield {
            "kind": "update",
            "title": update.title,
            "text": update.text,
            "url": update.get_absolute_url(),
            "created": update.published_at.isoformat(timespec="seconds"),
        }


def preview(user: User) -> Iterator[privacy.Fate]:
    yield privacy.Fate(_("Projektleitungen"), Project.objects.filter(lead=user).count(), _("enden; das Projekt bleibt"))
    updates = ProjectUpdate.objects.filter(author=user).count()
    yield privacy.Fate(_("Berichte aus Projekten"), updates, _("bleiben ohne Ihren Namen"))


def erase(user: User) -> int:
    """Reports speak for the city and stay without an author; a project waits for a new lead."""
    leads = Project.objects.filter(lead=user).update(lead=None)
    return leads + ProjectUpdate.objects.filter(author=user).update(author=None)
