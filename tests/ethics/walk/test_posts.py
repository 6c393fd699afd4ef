"""Every address of the Ethikrat, posted to by those who may not act there: nothing is said, and nothing happens."""

from __future__ import annotations

from typing import Any

import pytest

from ethics.models import CaseEvent, FolderMark, Inquiry, ReviewCase
from ethics.views.assessment_steps import STEPS
from ethics.views.desk import ACTS
from portal.audit.models import AuditEntry
from tests.ethics.walk.planted import RECUSED, UNDECLARED, plant
from tests.ethics.walk.routes import addresses, patterns
from tests.ethics.walk.test_walk import client_of, leaks, text_of, values_of

pytestmark = pytest.mark.django_db
WRONG = ("anonymous", "outsider", "admin", "communications", "moderator", "other_lead", UNDECLARED, RECUSED)
LONG = "Das schreibt jemand, der hier nichts zu schreiben hat, und zwar lang genug."
TEXTS = (
    *("text", "reason", "title", "answer", "note", "trigger", "sentence", "statement", "plain_summary", "result"),
    *("summary", "proof", "expert", "place", "source", "what", "aim", "data", "remarks", "explanation"),
)
WELL_FILLED = dict.fromkeys(TEXTS, LONG)
WELL_FILLED |= {
    "conflicted": "nein",
    "form": "bedenken",
    "stance": "bedenken",
    "choice": "ja",
    "track": "kurz",
    "outcome": "nicht_erforderlich",
    "which": "opinions_due",
    "section": "daten",
    "kind": "zweck",
    "verdict": "keine",
    "due": "2027-03-01T12:00",
    "starts_at": "2027-03-01T12:00",
    "day": "2027-03-01",
    "received_on": "2026-01-01",
    "bookmarked": "on",
    "freigeben": "1",
    "abgeben": "1",
}
# What these may do after all: declare a conflict or its end, apply for a project or initiative of one's own.
OWN_RIGHT = {UNDECLARED: {"befangenheit"}, RECUSED: {"befangenheit"}}
APPLY = {"ethics:case-begin", "ethics:dpia-begin", "ethics:dpia-import"}

SAYS_SO_ON_ITS_PAGE = {"ethics:folder-mark"}


def state_of_the_world() -> tuple[Any, ...]:
    cases = ReviewCase.objects.order_by("pk").values_list("state", "updated_at")
    marks = list(FolderMark.objects.order_by("pk").values_list("member", "note"))
    return (AuditEntry.objects.count(), CaseEvent.objects.count(), Inquiry.objects.count(), marks, list(cases))


def test_nobody_does_what_is_not_theirs_to_do(story, make_user):
    world = plant(story, make_user)
    values = values_of(world) | {
        "ethics:case-act:key": list(ACTS),
        "ethics:case-act:slug": world.slugs[:2],
        "ethics:dpia-act:key": list(STEPS),
        "ethics:blueprint-row:kind": ["screening"],
    }
    own = [(written, name) for written, name, _pattern in patterns() if name.startswith("ethics:")]
    before = state_of_the_world()
    found: list[str] = []
    for role in WRONG:
        client = client_of(world.people[role])
        for written, name in own:
            if role == "other_lead" and name in APPLY:
                continue
            for path in addresses(written, name, values):
                if path.rstrip("/").rpartition("/")[2] in OWN_RIGHT.get(role, set()):
                    continue
                response = client.post(path, WELL_FILLED)
                found += leaks(text_of(response), role, path)
                if response.status_code not in (302, 403, 404, 405, 409, 422):
                    found.append(f"{role} {path}: {response.status_code}")
                back = response.status_code == 302 and name not in SAYS_SO_ON_ITS_PAGE
                if back and "/konto/login/" not in response["Location"]:
                    found.append(f"{role} {path}: weiter nach {response['Location']}")
    assert not found, "\n".join(found)
    assert state_of_the_world() == before
