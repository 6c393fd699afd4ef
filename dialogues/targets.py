"""Dialogue events can be talked about: how the comments learn what an event's thread belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from dialogues.models import Event
from portal.comments.targets import ThreadTarget

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

    def preload(self, threads: Iterable[Thread]) -> None:
        prefetch_related_objects(list(threads), "dialogue_event__project")
