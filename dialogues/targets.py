"""Events and contributions can be talked about: how the comments learn what a thread belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from dialogues.models import Contribution, Event
from dialogues.permissions import may_discuss
from portal.comments.targets import ThreadTarget
from projects.permissions import is_lead

if TYPE_CHECKING:
    from portal.comments.models import Thread


class EventTarget(ThreadTarget):
    def title(self, thread: Thread) -> str:
        return str(thread.dialogue_event.title)

    def url(self, thread: Thread) -> str:
        return str(thread.dialogue_event.get_absolute_url())

    def project(self, thread: Thread) -> Any:
        return thread.dialogue_event.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return Event.objects.visible_to(user).filter(thread=thread).exists()

    def is_open(self, thread: Thread) -> bool:
        """Comments are told in public, so there are none on internal workshops."""
        return not thread.dialogue_event.is_internal

    def is_led_by(self, thread: Thread, user: Any) -> bool:
        project = self.project(thread)
        return project is not None and is_lead(user, project)

    def preload(self, threads: Iterable[Thread]) -> None:
        prefetch_related_objects(list(threads), "dialogue_event__project")


class ContributionTarget(ThreadTarget):
    """Comments are open in the phases in which people discuss."""

    def title(self, thread: Thread) -> str:
        return str(thread.contribution.title)

    def url(self, thread: Thread) -> str:
        return str(thread.contribution.get_absolute_url())

    def project(self, thread: Thread) -> Any:
        return thread.contribution.dialogue.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return Contribution.objects.visible_to(user).filter(thread=thread).exists()

    def is_open(self, thread: Thread) -> bool:
        contribution = thread.contribution
        return may_discuss(contribution.dialogue) and contribution.is_visible and contribution.merged_into_id is None

    def is_led_by(self, thread: Thread, user: Any) -> bool:
        project = self.project(thread)
        return project is not None and is_lead(user, project)

    def preload(self, threads: Iterable[Thread]) -> None:
        prefetch_related_objects(list(threads), "contribution__dialogue__project")
