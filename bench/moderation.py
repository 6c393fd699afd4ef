"""The moderation's queue with 1,000 and 10,000 waiting texts: queries and CPU of the page, beside a naive ORM baseline.

Both render the same thirty lines in one process and one run, in turn. The baseline is how one would write it first: a
queryset over comments with EXISTS for notices, a loop that asks for each author, thread and count. Run:
`.venv/bin/python bench/moderation.py [--json]`.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SIZES, RUNS, REQUESTS, PAGE = (1_000, 10_000), 5, 5, 30


def prepare() -> None:
    """A database of its own."""
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="dhpb-bench-")
    os.environ["DEMO"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    sys.path.insert(0, str(ROOT))
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"]):
        subprocess.run([sys.executable, str(ROOT / "manage.py"), *command], check=True, env=os.environ)
    import django

    django.setup()
    count_queries()


def moderator() -> Any:
    from django.contrib.auth.models import Group

    from portal.accounts.models import User

    user = User.objects.create_user("moderation@bench.example", display_name="Moderation")
    user.groups.add(Group.objects.get(name="moderator"))
    return User.objects.get(pk=user.pk)


def fill(total: int) -> None:
    """So many reported comments of 200 people in 50 threads, and as many settled ones beside them."""
    from django.utils import timezone

    from portal.accounts.models import User
    from portal.comments.models import Comment, Matter, Notice, Thread
    from portal.comments.models.moderation import _receipt
    from projects.models import Project

    if not User.objects.filter(email="p0@bench.example").exists():
        User.objects.bulk_create(User(email=f"p{n}@bench.example", display_name=f"Person {n}") for n in range(200))
        for n in range(50):
            Project.objects.create(
                slug=f"p{n}", title=f"Projekt {n}", kind="innovation", area="umwelt", programme="eigen",
                status="running",
                thread=Thread.objects.create(target="project"),
            )  # fmt: skip
    people = list(User.objects.filter(email__startswith="p"))
    threads = list(Thread.objects.all())
    now, known = timezone.now(), Comment.objects.count() // 2
    for waits in (True, False):
        rows = [
            Comment(thread=threads[n % 50], author=people[n % 200], text=f"Wortmeldung {n}. " * 8,
                    created_at=now - timedelta(minutes=n)) for n in range(known, total)
        ]  # fmt: skip
        Comment.objects.bulk_create(rows, batch_size=500)
        matters = [
            Matter(kind="comment", object_key=str(row.pk), author=row.author, lane="noticed" if waits else "done",
                   waiting=waits, due_at=row.created_at + timedelta(days=2), open_notices=int(waits), seen_at=now)
            for row in rows
        ]  # fmt: skip
        Matter.objects.bulk_create(matters, batch_size=500)
        if waits:
            Notice.objects.bulk_create(
                (Notice(matter=matter, receipt=_receipt(), reason="insult", explanation="x") for matter in matters),
                batch_size=500,
            )


def ours(user: Any) -> list[tuple[str, str, str, int]]:
    """The rows of the page as the view reads them: lanes with counts, number of pages, thirty lines."""
    from django.core.paginator import Paginator

    from portal.comments.domain import queue

    pages = Paginator(queue.matters_of(user=user).select_related("author", "taken_by"), PAGE)
    pages.count = queue.counts(user=user)[""]
    page = pages.get_page(1)
    return [
        (item.piece.text, item.piece.author_name, item.piece.title, item.matter.open_notices)
        for item in queue.described(page.object_list, user=user)
        if item.piece
    ]


def naive(user: Any) -> list[tuple[str, str, str, int]]:
    """The same lines without a row of the queue: ask the comments, then everything else for each of them."""
    from django.db.models import CharField, Exists, OuterRef
    from django.db.models.functions import Cast

    from portal.comments import targets
    from portal.comments.models import Comment, Matter, Notice, Objection

    key = Cast(OuterRef("pk"), CharField())
    reported = Notice.objects.filter(matter__kind="comment", matter__object_key=key, decision=None)
    objected = Objection.objects.filter(decision__matter__object_key=key, decided_at=None)
    waiting = Comment.objects.filter(Exists(reported)).exclude(author=user).order_by("-created_at")
    len(waiting), Comment.objects.filter(state="held").count(), Comment.objects.filter(Exists(objected)).count()
    lines = []
    for comment in sorted(waiting, key=lambda row: row.created_at)[:PAGE]:
        matter = Matter.objects.get(kind="comment", object_key=str(comment.pk))
        title = targets.get(comment.thread.target).title(comment.thread)
        lines.append((comment.text, comment.author_name, title, matter.notices.filter(decision=None).count()))
    return lines


def page(client: Any) -> Callable[[], None]:
    def ask() -> None:
        assert client.get("/moderation/").status_code == 200

    return ask


_asked = [0]


def count_queries() -> None:
    """On every connection of this process: a request may be served by a thread of its own."""
    from django.db.backends.signals import connection_created

    def count(execute: Any, *arguments: Any) -> Any:
        _asked[0] += 1
        return execute(*arguments)

    def prepare_connection(connection: Any, **_kwargs: Any) -> None:
        connection.execute_wrappers.append(count)

    connection_created.connect(prepare_connection, weak=False)


def measure(act: Callable[[], Any]) -> tuple[int, list[float]]:
    """Queries of one call, and CPU milliseconds of each of five rounds."""
    act()
    before = _asked[0]
    act()
    queries = _asked[0] - before
    times = []
    for _run in range(RUNS):
        begin = time.process_time()
        for _number in range(REQUESTS):
            act()
        times.append((time.process_time() - begin) / REQUESTS * 1000)
    return queries, times


def main() -> None:
    prepare()
    from django.conf import settings
    from django.test import Client

    settings.STAFF_MFA_REQUIRED = False
    settings.ALLOWED_HOSTS = ["*"]
    user = moderator()
    client = Client()
    client.force_login(user)
    results: dict[str, Any] = {}
    for total in SIZES:
        fill(total)
        assert sorted(ours(user)) == sorted(naive(user)), "beide Wege zeigen dieselben Zeilen"
        for name, act in (("naive", lambda: naive(user)), ("rows", lambda: ours(user)), ("page", page(client))):
            queries, times = measure(act)
            results[f"{name}_{total}"] = {
                "queries": queries,
                "cpu_ms": round(statistics.median(times), 2),
                "range": [round(min(times), 2), round(max(times), 2)],
            }
            print(f"{name:6} {total:6}: {queries:3} Abfragen, {statistics.median(times):8.2f} ms CPU "
                  f"({min(times):.2f}–{max(times):.2f})", flush=True)  # fmt: skip
    if "--json" in sys.argv:
        print(json.dumps(results))


if __name__ == "__main__":
    main()
