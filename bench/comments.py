"""The comments page (twenty threads, three replies each) beside a naive one, in one process and one run.

Queries and CPU per page for an anonymous reader, a citizen and a moderator, with 500 and with 5,000 threads; then what
a refused flood of tags, a search and a deep page cost. Run: `.venv/bin/python bench/comments.py [--json]`.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="dhpb-bench-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
os.environ.setdefault("DEMO", "1")

import django  # noqa: E402

django.setup()

from django.contrib.auth.models import AnonymousUser, Group  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.template import Context, Engine, Template  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal import text as texts  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.comments import permissions, targets  # noqa: E402
from portal.comments.domain import reading, writing  # noqa: E402
from portal.comments.models import Comment, Support, Thread  # noqa: E402
from portal.exceptions import DomainError  # noqa: E402

RUNS, PAGES, USERS = 5, 10, 200
TYPICAL = (
    "Bank Brücke Pader Weg Schule Bus Fahrrad Licht Baum Platz Markt Wasser Sensor Messung Stadt Viertel Kinder "
    "wäre ist könnte sollte bitte vielleicht immer morgens abends leider gern sehr breit schmal hell dunkel und oder"
)
WORDS = TYPICAL.split()


class Somewhere(targets.ThreadTarget):
    def title(self, thread: Thread) -> str:
        return "Messung"

    def url(self, thread: Thread) -> str:
        return "/messung/"

    def visible_to(self, thread: Thread, user: Any) -> bool:
        return True


def fill(threads: int) -> Thread:
    """`threads` comments with three replies each, and twelve times as many supports."""
    dice = random.Random(7)
    people = list(User.objects.filter(email__startswith="bench"))
    thread = Thread.objects.create(target="bench")
    start = timezone.now() - timedelta(days=300)

    def said(number: int, parent: Comment | None = None) -> Comment:
        words = " ".join(dice.choices(WORDS, k=dice.randint(8, 90))).capitalize()
        link = " Siehe https://paderborn.de/seite." if dice.random() < 0.05 else ""
        moment = start + timedelta(minutes=number)
        author = people[dice.randrange(USERS)]
        return Comment(thread=thread, parent=parent, author=author, text=f"{words}.{link}", created_at=moment)

    tops = Comment.objects.bulk_create([said(number) for number in range(threads)], batch_size=500)
    replies = [said(number, top) for number, top in enumerate(tops) for _reply in range(3)]
    Comment.objects.bulk_create(replies, batch_size=500)
    keys = list(Comment.objects.filter(thread=thread).values_list("pk", flat=True))
    pairs = {(dice.choice(keys), dice.randrange(USERS)) for _support in range(12 * threads)}
    Support.objects.bulk_create((Support(comment_id=c, user=people[p]) for c, p in pairs), batch_size=500)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE comments_comment SET support_count = (SELECT count(*) FROM comments_support s "
            "WHERE s.comment_id = comments_comment.id)"
        )
        cursor.execute("ANALYZE")
    return thread


OURS = Template("{% load comments %}{% comments thread %}")
NAIVE = Engine(dirs=[str(ROOT / "bench" / "naive")], libraries={"i18n": "django.templatetags.i18n"})


def request_of(user: Any, query: str = "") -> Any:
    request = RequestFactory().get(f"/messung/?{query}")
    request.user = User.objects.get(pk=user.pk) if user.pk else user  # fresh, as in each request
    return request


def ours(thread: Thread, user: Any, query: str = "") -> str:
    texts._rendered.cache_clear()  # as if this process had never shown these texts
    return OURS.render(Context({"request": request_of(user, query), "thread": thread}))


def warm(thread: Thread, user: Any) -> str:
    return OURS.render(Context({"request": request_of(user), "thread": thread}))


def naive(thread: Thread, user: Any) -> str:
    """Per comment: author, thread, supports, own support, replies and rights."""
    request = request_of(user)
    user = request.user

    def prepared(comment: Comment) -> Any:
        comment.first_replies = [prepared(reply) for reply in comment.replies.order_by("created_at")[:3]]
        comment.is_supported = user.is_authenticated and comment.supports.filter(user=user).exists()
        comment.may_edit = user.is_authenticated and permissions.can_edit(user, comment)
        comment.may_moderate = permissions.can_moderate(user)
        return comment

    tops = Comment.objects.filter(thread=thread, parent=None, state="visible").order_by("-pinned", "-created_at")[:20]
    context = {"thread": thread, "comments": [prepared(top) for top in tops], "user": user, "csrf_token": "x" * 64}
    return NAIVE.get_template("comments.html").render(Context(context))


def cpu(act: Callable[[], Any], times: int = PAGES) -> float:
    """CPU milliseconds of this process per call (SQLite works within it)."""
    before = time.process_time()
    for _time in range(times):
        act()
    return 1000 * (time.process_time() - before) / times


def queries(act: Callable[[], Any]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as caught:
        act()
    return len(caught)


def spread(values: list[float]) -> list[float]:
    return [round(value, 2) for value in (statistics.median(values), min(values), max(values))]


def refuse(thread: Thread, user: Any) -> None:
    with contextlib.suppress(DomainError):
        writing.create(user=user, thread=thread, text=("<div><b>" * 2500)[:20_000])


def page_figures(thread: Thread, readers: dict[str, Any], size: int) -> dict[str, Any]:
    """Ours (texts new to the process, then known to it) and the naive page in turn, for each reader."""
    ways = {
        f"{size} {kind.__name__} {who}": functools.partial(kind, thread, user)
        for kind in (ours, warm, naive)
        for who, user in readers.items()
    }
    found: dict[str, Any] = {f"{name} queries": queries(act) for name, act in ways.items()}
    figures: dict[str, list[float]] = {name: [] for name in ways}
    for _run in range(RUNS):
        for name, act in ways.items():
            figures[name].append(cpu(act))
    return found | {f"{name} ms": spread(values) for name, values in figures.items()}


def other_figures(thread: Thread, user: Any, size: int) -> dict[str, Any]:
    first = Comment.objects.filter(thread=thread, parent=None).order_by("created_at")[10].pk
    acts: dict[str, Callable[[], Any]] = {
        name: functools.partial(ours, thread, AnonymousUser(), query)
        for name, query in (
            ("deep page", f"ab={first}"),
            ("search", "suche=Br%C3%BCcke"),
            ("offen", "sortierung=offen"),
        )
    }
    acts["count of new"] = functools.partial(reading.number_newer, thread=thread, than=0)
    acts["refused tags"] = functools.partial(refuse, thread, user)
    acts["nested tags as text"] = functools.partial(texts._rendered.__wrapped__, "<div><b>" * 2500)
    found: dict[str, Any] = {}
    for name, act in acts.items():
        found[f"{size} {name} queries"] = queries(act)
        found[f"{size} {name} ms"] = spread([cpu(act) for _run in range(RUNS)])
    return found


def main() -> None:
    call_command("migrate", verbosity=0)
    call_command("collectstatic", "--noinput", verbosity=0)
    targets.register("bench", Somewhere())
    people = User.objects.bulk_create(User(email=f"bench{n}@test.example", display_name=f"P {n}") for n in range(USERS))
    moderator = User.objects.create(email="mod@test.example", display_name="Moderation")
    moderator.groups.add(Group.objects.get(name="moderator"))
    readers = {"anonymous": AnonymousUser(), "citizen": people[0], "moderator": moderator}
    found: dict[str, Any] = {}
    for size in (500, 5000):
        thread = fill(size)
        found |= page_figures(thread, readers, size) | other_figures(thread, people[1], size)
    if "--json" in sys.argv:
        print(json.dumps(found))
        return
    for name, value in found.items():
        print(f"{name:36} {value}")


if __name__ == "__main__":
    main()
