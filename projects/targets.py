"""Projects can be talked about: how the comments learn what a project's thread belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from portal.comments.targets import ThreadTarget
from projects import permissions
from projects.models import Project

if TYPE_CHECKING:
    from portal.comments.models import Thread


class ProjectTarget(ThreadTarget):
    def title(self, thread: Thread) -> str:
        return str(thread.project.title)

    def url(self, thread: Thread) -> str:
        return str(thread.project.get_absolute_url())

    def project(self, thread: Thread) -> Any:
        return thread.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        """Comments stand on the public page, so they are as visible as the page."""
        return Project.objects.public().filter(thread=thread).exists()

    def is_led_by(self, thread: Thread, user: Any) -> bool:
        return permissions.is_lead(user, thread.project)

    def preload(self, threads: Iterable[Thread]) -> None:
        prefetch_related_objects(list(threads), "project")
