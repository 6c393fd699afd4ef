"""The Ethikrat's office under load: queries of work list, case page and register with many cases, the time of a long
dossier, and `audit.verify` over a growing chain (CPU time of this process).

Run: `.venv/bin/python bench/ethics.py [--cases 2000] [--entries 100000] [--json]`. It makes a database of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PARAGRAPHS = 297  # enough for a dossier of 60 pages
LEAD, OFFICE = "lead@bench.example", "office@bench.example"


def prepare() -> None:
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="dhpb-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")  # roles hold without a second factor
    sys.path.insert(0, str(ROOT))
    migrate = [sys.executable, str(ROOT / "manage.py"), "migrate", "-v0"]
    subprocess.run(migrate, check=True, env=os.environ)
    import django

    django.setup()


def people() -> tuple[Any, Any]:
    from django.contrib.auth.models import Group

    from portal.accounts.enums import Role
    from portal.accounts.models import User

    made = []
    for address, role in ((LEAD, Role.PROJECT_LEAD), (OFFICE, Role.ETHICS_OFFICE)):
        user = User.objects.create_user(email=address, password="x" * 20, display_name=address)
        user.groups.add(Group.objects.get(name=role))
        made.append(User.objects.get(pk=user.pk))
    return made[0], made[1]


def cases(lead: Any, number: int) -> None:
    """Half under review, half published, written in bulk: what counts here is reading."""
    from django.utils import timezone

    from ethics.domain import council
    from ethics.enums import ChecklistKind, State
    from ethics.models import Condition, Recommendation, ReviewCase

    checklist = council.current_checklist(ChecklistKind.SCREENING)
    criteria = council.current_checklist(ChecklistKind.CRITERIA)
    now = timezone.now()
    rows = ReviewCase.objects.bulk_create(
        ReviewCase(
            slug=f"fall-{n}",
            title=f"Fall {n}",
            initiative=f"Initiative {n}",
            lead=lead,
            checklist=checklist,
            criteria=criteria,
            state=State.PUBLISHED if n % 2 else State.TRIAGE,
            published_at=now if n % 2 else None,
            outcome="empfehlung" if n % 2 else "",
            public_hash="0" * 64 if n % 2 else "",
        )
        for n in range(number)
    )
    published = [row for row in rows if row.published_at]
    words = {"form": "empfehlung", "sentence": "Der Rat empfiehlt es.", "text": "Begründet.", "plain_summary": "Gut."}
    made = Recommendation.objects.bulk_create(Recommendation(case=row, **words) for row in published)
    Condition.objects.bulk_create(Condition(recommendation=row, position=1, text="Offen zeigen.") for row in made)


def entries(number: int) -> None:
    from django.db import transaction

    from portal import audit

    for start in range(0, number, 1000):
        with transaction.atomic():
            for n in range(start, min(start + 1000, number)):
                audit.record(actor=None, action="bench.done", stream="bench", payload={"n": n})


def measured(act: Callable[[], Any]) -> tuple[float, int]:
    """CPU seconds and queries of one call."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.process_time()
        act()
        return time.process_time() - begun, len(queries)


def pages(user: Any) -> dict[str, Any]:
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    found = {}
    for name, path in (
        ("work list", "/ethikrat/buero/"),
        ("register page", "/ethikrat/"),
        ("register API, 100 rows", "/api/v1/reviews?limit=100"),
        ("case page", "/ethikrat/buero/faelle/fall-0/"),
        ("public case page", "/ethikrat/pruefungen/fall-1/"),
    ):
        status = client.get(path).status_code
        assert status == 200, f"{path}: {status}"
        seconds, queries = measured(lambda path=path: client.get(path))  # type: ignore[misc]
        found[name] = {"queries": queries, "cpu_ms": round(1000 * seconds, 1)}
    return found


def dossier() -> dict[str, Any]:
    """A long recommendation, made as the portal makes it: asked for on its page, made by the worker, with progress."""
    from django.test import Client

    from ethics.domain import dossiers
    from ethics.models import DossierFile, ReviewCase
    from ethics.tasks import make_dossier

    case = ReviewCase.objects.select_related("recommendation").get(slug="fall-1")
    found = case.recommendation
    found.text = "\n\n".join(["Ein Absatz, der die Empfehlung ausführlich begründet. " * 12] * PARAGRAPHS)
    found.save()
    with_entry(case)
    row, _is_new = dossiers.wanted(case)
    heard: list[int] = []
    report, dossiers.report = dossiers.report, lambda key, percent: (heard.append(percent), report(key, percent))[1]
    client = Client(SERVER_NAME="localhost")
    begun = time.process_time()
    waiting = client.get(f"{case.get_absolute_url()}dossier/")
    asked = time.process_time() - begun
    assert waiting.status_code == 200
    begun = time.process_time()
    make_dossier.func(row.pk)
    made = time.process_time() - begun
    dossiers.report = report
    data = bytes(DossierFile.objects.get(pk=row.pk).data)
    assert client.get(f"{case.get_absolute_url()}dossier.pdf").content == data
    assert heard == sorted(heard), heard
    return {
        "pages": data.count(b"/Type /Page\n"),
        "cpu_s": round(made, 2),
        "page_while_waiting_ms": round(1000 * asked, 1),
        "progress": heard,
    }


def with_entry(case: Any) -> None:
    """A chain for the case, so that the dossier has a head to print."""
    from django.db import transaction

    from portal import audit

    with transaction.atomic():
        audit.record(actor=None, action="bench.done", stream=case.stream, payload={})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=2000)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    prepare()
    from portal import audit

    lead, office = people()
    cases(lead, options.cases)
    result: dict[str, Any] = {"cases": options.cases, "pages": pages(office), "dossier": dossier(), "verify": []}
    done = 0
    for step in (options.entries // 10, options.entries // 2, options.entries):
        begun = time.process_time()
        entries(step - done)
        wrote = time.process_time() - begun
        seconds, queries = measured(lambda: audit.verify(stream="bench"))
        row = {"entries": step, "verify_cpu_s": round(seconds, 2), "queries": queries}
        result["verify"].append(row | {"append_us": round(1e6 * wrote / (step - done))})
        done = step
    print(json.dumps(result, ensure_ascii=False) if options.json else json.dumps(result, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
