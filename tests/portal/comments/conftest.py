"""A thing that can be talked about, without any app above the comments."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from portal.accounts.enums import Role
from portal.comments import targets
from portal.comments.models import Comment, Matter, Thread
from portal.comments.targets import ThreadTarget


def about(comment: Comment) -> Matter:
    """The moderation's row of a comment."""
    from portal.comments.domain import matters

    return matters.of("comment", comment.pk)


class Bench(ThreadTarget):
    """A park bench. Attributes can be set by a test; `hidden` makes it not there for anybody."""

    hidden = False
    open = True
    on_project: Any = None

    def title(self, thread: Thread) -> str:
        return "Die Bank am Paderquellgebiet"

    def url(self, thread: Thread) -> str:
        return "/kommentar-probe/"

    def project(self, thread: Thread) -> Any:
        return self.on_project

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return not self.hidden

    def is_open(self, thread: Thread) -> bool:
        return self.open


@pytest.fixture
def target() -> Iterator[Bench]:
    bench = Bench()
    targets.register("bench", bench)
    yield bench
    targets.unregister("bench")


@pytest.fixture
def thread(db: None, target: Bench) -> Thread:
    return Thread.objects.create(target="bench")


@pytest.fixture
def citizen(make_user: Callable[..., Any]) -> Any:
    return make_user()


@pytest.fixture
def moderator(make_user: Callable[..., Any]) -> Any:
    return make_user(Role.MODERATOR)


@pytest.fixture
def lead(make_user: Callable[..., Any]) -> Any:
    return make_user(Role.PROJECT_LEAD, department="Amt für Umwelt")


@pytest.fixture
def say(thread: Thread) -> Callable[..., Comment]:
    """`say(user, "text", parent=…)`: through the domain, an hour ago unless `minutes` says otherwise."""
    from portal.comments.domain import writing

    def make(user: Any, text: str = "Die Bank ist schön.", minutes: int = 60, **fields: Any) -> Comment:
        fields.setdefault("thread", thread)
        with time_machine.travel(timezone.now() - timedelta(minutes=minutes), tick=False):
            return writing.create(user=user, text=text, **fields)

    return make
