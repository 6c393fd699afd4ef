"""Published recommendations can be talked about: how the comments learn what such a thread belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import prefetch_related_objects

from ethics.models import ReviewCase
from portal.comments.targets import ThreadTarget

if TYPE_CHECKING:
    from portal.comments.models import Thread

KEY = "review"


class ReviewTarget(ThreadTarget):
    def title(self, thread: Thread) -> str:
        return str(thread.review_talk.case.title)

    def url(self, thread: Thread) -> str:
        return str(thread.review_talk.case.get_absolute_url())

    def project(self, thread: Thread) -> Any:
        return thread.review_talk.case.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return ReviewCase.objects.public().filter(talk__thread=thread).exists()

    def preload(self, threads: Iterable[Thread]) -> None:
        prefetch_related_objects(list(threads), "review_talk__case__project")
