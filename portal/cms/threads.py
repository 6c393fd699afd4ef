"""Talk below news."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects

from portal.cms.models import NewsPage
from portal.comments.models import Thread
from portal.comments.targets import ThreadTarget


class NewsTarget(ThreadTarget):
    """An article takes comments from its first publication on."""

    def title(self, thread: Thread) -> str:
        return str(thread.news_page.title)

    def url(self, thread: Thread) -> str:
        return str(thread.news_page.url or "/")

    def project(self, thread: Thread) -> Any:
        return thread.news_page.project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return NewsPage.objects.filter(thread=thread).live().public().exists()

    def preload(self, threads: Iterable[Thread]) -> None:
        prefetch_related_objects(list(threads), "news_page__project")
