"""Digests for many followers: time, queries, peak memory; at 5,000 and 50,000, on SQLite or PostgreSQL.

    VAR_DIR=/tmp/bench .venv/bin/python bench/digests.py 5000 50000
    DATABASE_URL=postgres://… .venv/bin/python bench/digests.py 50000

Makes its own database in VAR_DIR (or uses an empty one of PostgreSQL): people who follow one of ten things, and a tenth
of them another one; twenty news. Beside it a naive baseline: for each follower ask for her news and send one mail.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from datetime import timedelta
from typing import Any

sys.path.insert(0, os.getcwd())
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
import django

django.setup()

from django.core.mail import EmailMessage  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from portal.accounts.models import User  # noqa: E402
from portal.activity import targets  # noqa: E402
from portal.activity.domain import digests, stream  # noqa: E402
from portal.activity.models import Activity, DigestRun, Follow, Topic  # noqa: E402
from portal.outbox.domain import queue  # noqa: E402
from portal.outbox.models import Mail  # noqa: E402

NAIVE = 500
SUBJECTS = {str(number): targets.Subject(f"Vorhaben {number}", f"/v/{number}/") for number in range(11)}


class Count:
    """Counts statements."""

    def __init__(self) -> None:
        self.statements = 0

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        self.statements += 1
        return execute(sql, params, many, context)


class Locks:
    """How long transactions were open, from BEGIN to COMMIT, in milliseconds."""

    def __init__(self) -> None:
        self.times: list[float] = []

    def at(self, share: float) -> float:
        ordered = sorted(self.times)
        return round(ordered[min(len(ordered) - 1, int(len(ordered) * share))], 1)

    def __enter__(self) -> Locks:
        self._enter, self._exit = transaction.Atomic.__enter__, transaction.Atomic.__exit__
        began: list[float] = []

        def enter(atomic: Any) -> None:
            self._enter(atomic)
            began.append(time.monotonic())

        def leave(atomic: Any, *error: Any) -> None:
            self._exit(atomic, *error)
            self.times.append((time.monotonic() - began.pop()) * 1000)

        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = enter, leave  # type: ignore[method-assign]
        return self

    def __exit__(self, *error: Any) -> None:
        transaction.Atomic.__enter__, transaction.Atomic.__exit__ = self._enter, self._exit  # type: ignore[method-assign]


def rss() -> int:
    """Highest memory of the process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def prepare(number: int) -> None:
    Mail.objects.all().delete()
    DigestRun.objects.all().delete()
    Follow.objects.all().delete()
    Activity.objects.all().delete()
    User.objects.filter(email__endswith="@bench.example").delete()
    topics = [Topic.objects.get_or_create(key=targets.topic("bench", n))[0] for n in range(11)]
    people = User.objects.bulk_create(
        [User(email=f"p{n}@bench.example", password="!") for n in range(number)], batch_size=1000
    )
    long_ago = timezone.now() - timedelta(days=30)
    follows = [Follow(user=p, topic=topics[n % 10], created_at=long_ago) for n, p in enumerate(people)]
    follows += [Follow(user=p, topic=topics[10], created_at=long_ago) for p in people[::10]]
    Follow.objects.bulk_create(follows, batch_size=1000)


def news() -> None:
    with transaction.atomic():
        for n in range(20):
            keys = [targets.topic("bench", n % 10), targets.topic("bench", 10)]
            stream.publish(actor=None, verb="comment.created", title=f"Neues {n}", url=f"/n/{n}/", topics=keys)


def naive(limit: int) -> float:
    """Seconds of CPU a person, the obvious way: one query for her news, one mail, one mark."""
    started = time.process_time()
    for follow in Follow.objects.select_related("user", "topic")[:limit]:
        found = list(Activity.objects.public().filter(topics__topic=follow.topic)[:20])
        body = "\n".join(f"{line.title} {line.url}" for line in found)
        with transaction.atomic():
            queue.enqueue(message=EmailMessage("Neues", body, None, [follow.user.email]))
            follow.save()
    return (time.process_time() - started) / limit


def measure(number: int) -> dict[str, Any]:
    prepare(number)
    now = timezone.now()
    digests.send_due(now)
    news()
    later, counter = now + timedelta(days=8), Count()
    before = rss()
    started, cpu, sent = time.monotonic(), time.process_time(), 0
    with connection.execute_wrapper(counter), Locks() as locks:
        while True:
            mails = digests.send_due(later)
            sent += mails
            if not mails:
                break
    wall, cpu = time.monotonic() - started, time.process_time() - cpu
    grown = rss() - before
    addresses = Mail.objects.values("recipients").distinct().count()
    assert sent == addresses == number, (sent, addresses, number)
    begun = time.process_time()
    for _ in range(20):
        digests.send_due(later)
    idle = (time.process_time() - begun) / 20
    return {
        "database": connection.vendor, "followers": number, "mails": sent, "wall_s": round(wall, 1),
        "cpu_ms_per_mail": round(cpu / sent * 1000, 3), "queries": counter.statements,
        "queries_per_100": round(counter.statements / sent * 100, 2), "rss_grown_mb": grown,
        "transaction_ms_p50": locks.at(0.5), "transaction_ms_p95": locks.at(0.95), "transaction_ms_max": locks.at(1),
        "idle_ms": round(idle * 1000, 2), "naive_cpu_ms_per_mail": round(naive(NAIVE) * 1000, 3),
    }  # fmt: skip


def main() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    targets.register("bench", "Probe", lambda user, ids: {key: SUBJECTS[key] for key in ids if key in SUBJECTS})
    for number in [int(word) for word in sys.argv[1:]] or [5_000, 50_000]:
        print(json.dumps(measure(number)), flush=True)


if __name__ == "__main__":
    main()
