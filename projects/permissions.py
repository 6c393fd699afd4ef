"""Who may do what with projects: plain predicates, asked by views, domain, API and templates alike."""

from __future__ import annotations

from typing import Any

from projects.models import Project


def can_create(user: Any) -> bool:
    """New projects are made by communications and administration."""
    return bool(user.is_authenticated and user.has_perm("projects.add_project"))


def can_edit(user: Any, project: Project) -> bool:
    """Communications and administration every project, a project lead their own."""
    if not user.is_authenticated:
        return False
    if user.has_perm("projects.change_project"):
        return True
    return is_lead(user, project)


def is_lead(user: Any, project: Project) -> bool:
    """The person who answers for this very project."""
    return bool(user.is_authenticated and project.lead_id == user.pk and user.has_perm("projects.lead_project"))


def can_edit_programme(user: Any) -> bool:
    """Milestones of the whole programme belong to communications and administration."""
    return bool(user.is_authenticated and user.has_perm("projects.change_project"))


def can_view(user: Any, project: Project) -> bool:
    return Project.objects.visible_to(user).filter(pk=project.pk).exists()
