"""List and page of contributions at 1,000 and 10,000, beside a naive ORM version of the same pages, in one run.

Queries and CPU of the process per request, through Django's test client without a socket; five runs in turn, median and
range. The naive view does what a first draft would do: every contribution of the dialogue with its relations read one
by one, supports counted per row, sorted in Python, then cut to twenty. Run: `.venv/bin/python bench/contributions.py`.
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
SIZES, RUNS, PAGE = (1_000, 10_000), 5, 20


def prepare() -> None:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="dhpb-bench-")
    os.environ["DJANGO_SETTINGS_MODULE"], os.environ["ALLOWED_HOSTS"] = "portal.settings.test", "testserver"
    sys.path.insert(0, str(ROOT))
    subprocess.run([sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"], check=True, env=os.environ)
    import django

    django.setup()


def build(size: int) -> Any:
    """A dialogue with `size` contributions of 200 people, three supports and half an answer each."""
    from django.db import transaction
    from django.utils import timezone

    from dialogues.domain.online import words
    from dialogues.models import (
        Answer,
        Category,
        Contribution,
        ContributionKey,
        ContributionSupport,
        OnlineDialogue,
    )
    from portal.accounts.models import User
    from portal.comments.models import Thread

    now = timezone.now()
    names = ("inform_from", "collect_from", "discuss_from", "decide_from", "closes_at")
    moments = {name: now + timedelta(days=day) for name, day in zip(names, (-9, -8, 9, 19, 29), strict=True)}
    dialogue = OnlineDialogue.objects.create(
        slug=f"bench-{size}", title="Bench", topic="-", question="-", status="published", **moments
    )
    categories = [Category.objects.create(dialogue=dialogue, name=f"T{n}", department="Amt") for n in range(5)]
    if not User.objects.exists():
        User.objects.bulk_create(User(email=f"p{n}@bench.example", display_name=f"Person {n}") for n in range(200))
    people = list(User.objects.all())
    with transaction.atomic():
        threads = Thread.objects.bulk_create(Thread(target="contribution") for _n in range(size))
        rows = Contribution.objects.bulk_create(
            Contribution(
                dialogue=dialogue, category=categories[n % 5], author=people[n % 200], thread=threads[n],
                title=f"Vorschlag {n} zum Weg {n % 97}", text=f"Am Platz {n % 53} fehlt {n % 31} etwas Wichtiges. " * 6,
                received_at=now - timedelta(minutes=n), answer_due=now + timedelta(days=n % 40 - 3), department="Amt",
                support_count=3,
            )
            for n in range(size)
        )  # fmt: skip
        ContributionSupport.objects.bulk_create(
            ContributionSupport(contribution=row, user=people[(n + step) % 200])
            for n, row in enumerate(rows)
            for step in (1, 2, 3)
        )
        Answer.objects.bulk_create(
            Answer(contribution=row, status="accepted", reason="Gut.", department="Amt") for row in rows[::2]
        )
        ContributionKey.objects.bulk_create(
            (
                ContributionKey(dialogue=dialogue, contribution=row, key=key)
                for row in rows
                for key in words.keys(f"{row.title} {row.text}")
            ),
            batch_size=5_000,
        )
    return dialogue


def naive(dialogue: Any) -> str:
    """The list as a first draft: no joins, counts per row, sorting in Python."""
    from django.template import engines

    rows = []
    for row in dialogue.contributions.filter(state="visible"):
        rows.append(
            {
                "title": row.title,
                "author": row.author.display_name,
                "category": row.category.name,
                "supports": row.supports.count(),
                "answers": [answer.reason for answer in row.answers.all()],
                "at": row.received_at,
            }
        )
    rows.sort(key=lambda found: found["at"], reverse=True)
    template = engines["django"].from_string(
        "{% for row in rows %}<li><h3>{{ row.title }}</h3>{{ row.author }} {{ row.category }} {{ row.supports }}"
        "{% for answer in row.answers %}<p>{{ answer }}</p>{% endfor %}</li>{% endfor %}"
    )
    return str(template.render({"rows": rows[:PAGE]}))


def measure(act: Callable[[], Any], runs: int = RUNS) -> dict[str, Any]:
    from django.db import connection, reset_queries
    from django.test.utils import CaptureQueriesContext

    if runs == 1:  # the naive list at the larger size: once is enough to see it
        with CaptureQueriesContext(connection) as context:
            begin = time.process_time()
            act()
            once = round(1000 * (time.process_time() - begin), 1)
        return {"queries": len(context), "cpu_ms": [once] * 3}
    act()
    with CaptureQueriesContext(connection) as context:
        act()
    reset_queries()
    spent = []
    for _run in range(runs):
        begin = time.process_time()
        act()
        spent.append(1000 * (time.process_time() - begin))
    return {"queries": len(context), "cpu_ms": [round(f(spent), 1) for f in (min, statistics.median, max)]}


class Told(dict[str, Any]):
    """Prints each row as soon as it is measured."""

    def __setitem__(self, name: str, row: dict[str, Any]) -> None:
        super().__setitem__(name, row)
        if "--json" not in sys.argv:
            low, middle, high = row["cpu_ms"]
            print(f"{name:32} {row['queries']:6} queries   {middle:9.1f} ms   ({low} to {high})", flush=True)


def run() -> dict[str, Any]:
    from django.test import Client

    from dialogues.domain.online import similar
    from dialogues.models import Contribution
    from portal.accounts.models import User

    found: dict[str, Any] = Told()
    for size in SIZES:
        dialogue = build(size)
        base = dialogue.get_absolute_url()
        one = Contribution.objects.filter(dialogue=dialogue).select_related("dialogue").first().get_absolute_url()
        member = Client()
        member.force_login(User.objects.first(), backend="django.contrib.auth.backends.ModelBackend")
        anonymous = Client()
        pages = {
            "list": (anonymous, base),
            "list, signed in": (member, base),
            "list, most supported": (anonymous, f"{base}?sortierung=unterstuetzt"),
            "list, search": (anonymous, f"{base}?q=Platz"),
            "page": (anonymous, one),
            "page, signed in": (member, one),
        }
        for name, (client, url) in pages.items():
            found[f"{size} {name}"] = measure(lambda client=client, url=url: ok(client.get(url)))
        text = "Am Platz fehlt etwas Wichtiges auf dem Weg"
        found[f"{size} similar"] = measure(lambda d=dialogue, t=text: similar.suggest(dialogue=d, text=t))
        found[f"{size} naive list"] = measure(lambda d=dialogue: naive(d), runs=1 if size > 1_000 else RUNS)
    return found


def ok(response: Any) -> None:
    assert response.status_code == 200, response.status_code


def main() -> None:
    prepare()
    found = run()
    if "--json" in sys.argv:
        print(json.dumps(found))


if __name__ == "__main__":
    main()
