"""The short track closes when no member objects in the set days: in the days, and to what lies before them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ethics.domain import cases, deadlines, triage
from ethics.enums import State
from ethics.models import ReviewCase
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db
NEW = {key: f"{key}: neu beschrieben, und zwar ausführlich." for key in ("what", "aim", "data")}


@pytest.fixture
def short(story) -> ReviewCase:
    """In the short track, its time nearly over."""
    case = triage.choose_track(story.office, case=story.to(State.TRIAGE), track="kurz")
    ReviewCase.objects.filter(pk=case.pk).update(objections_due=timezone.now() + timedelta(minutes=1))
    return ReviewCase.objects.get(pk=case.pk)


def days_left(case: ReviewCase) -> int:
    due = ReviewCase.objects.get(pk=case.pk).objections_due
    assert due is not None
    return deadlines.days_until(due)


def test_a_new_version_gives_the_members_their_days_anew(story, short):
    cases.save_draft(story.lead, case=short, content=NEW)
    assert days_left(short) == 0
    cases.submit_revision(story.lead, case=short, note="Anderer Sensor")
    assert days_left(short) == 10


@pytest.mark.parametrize("revised", [True, False])
def test_a_query_does_not_use_up_the_days(story, short, revised):
    """Nobody can object while the project is asked."""
    case = triage.ask_back(story.office, case=short, question="Wer betreibt es?")
    ReviewCase.objects.filter(pk=case.pk).update(objections_due=timezone.now() - timedelta(days=2))
    if revised:
        cases.save_draft(story.lead, case=case, content=NEW)
    case = triage.answer_query(story.lead, case=case, answer="Die Stadt.")
    assert case.state == State.TRIAGE
    assert days_left(case) == 10
    assert triage.close_short_due() == 0


def test_one_objection_closes_the_short_track_for_good(story, short):
    triage.object_to_short_track(story.members[5], case=short)
    with pytest.raises(DomainError) as caught:
        triage.choose_track(story.office, case=short, track="kurz")
    assert caught.value.code == "objected"
    assert triage.choose_track(story.office, case=short, track="voll").objections_due is None


def test_the_full_track_has_no_days_to_object(story):
    case = story.to(State.TRIAGE)
    cases.save_draft(story.lead, case=case, content=NEW)
    assert cases.submit_revision(story.lead, case=case, note="Anderer Sensor").objections_due is None


@pytest.mark.parametrize("state", [State.WITHDRAWN, State.REPLACED])
def test_no_case_is_replaced_by_one_that_has_ended(story, state):
    case, ended = story.to(State.SUBMITTED), story.to(State.SUBMITTED)
    if state == State.WITHDRAWN:
        cases.withdraw(story.lead, case=ended, reason="Wir lassen es.")
    else:
        cases.replace(story.office, case=ended, successor=case, reason="Zusammengelegt")
    with pytest.raises(DomainError) as caught:
        cases.replace(story.office, case=case, successor=ReviewCase.objects.get(pk=ended.pk), reason="Im Kreis")
    assert caught.value.code == "missing"
