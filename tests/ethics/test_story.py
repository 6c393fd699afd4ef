"""One case from the draft to the end, and the chain that proves it."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

from ethics.enums import State
from ethics.models import ReviewCase
from portal import audit
from portal.activity.models import Activity

pytestmark = pytest.mark.django_db


def test_case_goes_all_the_way(story):
    case = story.to(State.CLOSED)
    assert case.outcome == "empfehlung_mit_auflagen"
    assert case.published_at
    assert len(case.public_hash) == 64
    assert [e.action for e in case.events.all() if e.target][:3] == ["submit", "accept", "start_review"]
    activity = Activity.objects.get(verb="recommendation.published")
    assert activity.project == story.project
    assert activity.url == f"/ethikrat/pruefungen/{case.slug}/"


def test_audit_is_intact_at_every_state(story):
    case = story.draft()
    for state in (State.SUBMITTED, State.REVIEW, State.VOTING, State.PUBLISHED, State.CLOSED):
        story.to(state, case)
        report = audit.verify()
        assert report.ok, report.findings


ALTERATIONS = [
    "UPDATE ethics_ballot SET choice = 'nein' WHERE id = (SELECT min(id) FROM ethics_ballot)",
    "UPDATE ethics_condition SET text = 'weniger'",
    "UPDATE ethics_recommendation SET text = 'anders'",
    "UPDATE ethics_opinion SET text = 'anders' WHERE id = (SELECT min(id) FROM ethics_opinion)",
    "UPDATE ethics_vote SET carried = NOT carried",
    "UPDATE ethics_reviewcase SET outcome = 'bedenken'",
    "UPDATE ethics_caseversion SET hash = 'x'",
    "UPDATE ethics_attendance SET presence = 'abwesend' WHERE id = (SELECT min(id) FROM ethics_attendance)",
    "UPDATE ethics_conflictdeclaration SET conflicted = NOT conflicted, ground = 'organ'",
    "DELETE FROM ethics_caseevent WHERE id = (SELECT max(id) FROM ethics_caseevent)",
    "DELETE FROM ethics_ballot WHERE id = (SELECT max(id) FROM ethics_ballot)",
    "UPDATE ethics_councilseat SET function = 'mitglied' WHERE function = 'vorsitz'",
]


@pytest.mark.parametrize("statement", ALTERATIONS)
def test_audit_finds_any_row_altered_by_hand(story, statement):
    story.to(State.PUBLISHED)
    with connection.cursor() as cursor:
        cursor.execute(statement)
    assert not audit.verify().ok


def test_audit_verify_exits_0_then_1(story):
    story.to(State.PUBLISHED)
    call_command("audit_verify")
    ReviewCase.objects.update(title="Umbenannt")
    with pytest.raises(SystemExit) as caught:
        call_command("audit_verify")
    assert caught.value.code == 1
