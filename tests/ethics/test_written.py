"""The written procedure, who presides, and the calendar of deadlines at their edges."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from ethics import permissions
from ethics.domain import deadlines, meetings, recommendations, review, votes, written
from ethics.enums import State
from ethics.forms.base import Moment
from ethics.models import Vote
from portal import audit
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def ready(story):
    case = story.to(State.READY)
    recommendations.draft(
        story.chair, case=case, form="empfehlung", sentence="Der Rat empfiehlt es.", text="Begründet in einem Absatz."
    )
    return case


def opened(story, case=None) -> Vote:
    return written.open_written(story.chair, case=case or ready(story), due=timezone.now() + timedelta(days=7))


def end(vote: Vote) -> None:
    Vote.objects.filter(pk=vote.pk).update(due=timezone.now() - timedelta(seconds=1))


def cast(story, vote, choices: str) -> None:
    words = {"j": "ja", "n": "nein", "e": "enthaltung"}
    for member, letter in zip(story.members, choices, strict=False):
        if letter in words:
            votes.cast(member, vote=vote, member=member, choice=words[letter])


def code_of(act, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as caught:
        act(*args, **kwargs)
    return caught.value.code


@pytest.mark.parametrize(
    ("choices", "state", "carried"),
    [
        ("jjjjj---", State.DECIDED, True),
        ("jjjj----", State.POSTPONED, False),
        ("jjnnn---", State.VOTING, False),
        ("jjnne---", State.DECIDED, True),
        ("ejjnn---", State.VOTING, False),
        ("njjnj---", State.DECIDED, True),
        ("--------", State.POSTPONED, False),
    ],
)
def test_written_vote_counts_those_who_voted(story, choices, state, carried):
    """Eight members: five must vote. On a tie the chair (first letter) decides, an abstaining chair does not."""
    vote = opened(story)
    cast(story, vote, choices)
    assert code_of(votes.close_vote, story.chair, vote=vote) == "too_early"
    end(vote)
    vote = votes.close_vote(story.chair, vote=vote)
    vote.case.refresh_from_db()
    assert (vote.case.state, vote.carried) == (state, carried)
    assert audit.verify().ok


def test_written_vote_may_close_once_everybody_has_voted(story):
    vote = opened(story)
    cast(story, vote, "jjjjjjjj")
    assert votes.close_vote(story.chair, vote=vote).carried


def test_one_objection_ends_it_and_the_case_goes_to_a_meeting(story):
    vote = opened(story)
    cast(story, vote, "jjjjjjj-")
    case = written.object_to_written(story.members[7], vote=vote, reason="Das will ich beraten.")
    assert case.state == State.POSTPONED
    assert code_of(votes.close_vote, story.chair, vote=vote) == "wrong_state"
    assert votes.failed_motions(case) == []
    assert code_of(written.object_to_written, story.members[6], vote=vote) == "wrong_state"
    case = meetings.schedule(story.office, case=case, meeting=story.meeting_today())
    story.attend(meetings.current_item(case).meeting)
    assert story.vote(case, "jjjjjjjj").carried


def test_recused_may_neither_object_nor_vote_and_leave_the_base(story):
    case = ready(story)
    for member in story.members[3:]:
        review.declare(member, case=case, conflicted=True, ground="organ")
    vote = opened(story, case)
    assert vote.quorum["base"] == 3
    with pytest.raises(NotAllowed):
        written.object_to_written(story.members[4], vote=vote)
    with pytest.raises(NotAllowed):
        votes.cast(story.members[4], vote=vote, member=story.members[4], choice="ja")
    cast(story, vote, "jj------")
    end(vote)
    assert not votes.close_vote(story.chair, vote=vote).carried
    case.refresh_from_db()
    assert case.state == State.POSTPONED


def test_two_free_members_cannot_decide_in_writing(story):
    case = ready(story)
    for member in story.members[2:]:
        review.declare(member, case=case, conflicted=True, ground="organ")
    with pytest.raises(DomainError) as caught:
        opened(story, case)
    assert caught.value.code == "no_quorum"
    assert "Stellungnahme von außen" in str(caught.value.message)


def test_nobody_votes_for_others_or_after_the_time(story):
    vote = opened(story)
    with pytest.raises(NotAllowed):
        votes.cast(story.chair, vote=vote, member=story.members[3], choice="ja")
    end(vote)
    assert code_of(votes.cast, story.members[3], vote=vote, member=story.members[3], choice="ja") == "too_late"


def test_undeclared_member_may_declare_during_it_until_the_own_vote(story):
    case = ready(story)
    case.declarations.filter(member=story.members[5]).update(current=False)
    vote = opened(story, case)
    with pytest.raises(NotAllowed):
        votes.cast(story.members[5], vote=vote, member=story.members[5], choice="ja")
    review.declare(story.members[5], case=case, conflicted=False)
    votes.cast(story.members[5], vote=vote, member=story.members[5], choice="nein")
    assert code_of(review.declare, story.members[5], case=case, conflicted=True, ground="organ") == "vote_open"


def test_who_presides(story):
    case = story.to(State.SCHEDULED)
    assert permissions.presiding(case) == {story.chair.pk}
    meeting = meetings.current_item(case).meeting
    presences = {m.pk: "anwesend" for m in story.members} | {story.chair.pk: "entschuldigt"}
    meetings.record_attendance(story.deputy, meeting=meeting, presences=presences)
    assert permissions.presiding(case) == {story.deputy.pk}
    review.declare(story.deputy, case=case, conflicted=True, ground="organ")
    assert permissions.presiding(case) == {story.members[2].pk}
    vote = votes.open_vote(story.members[2], case=case)
    for number, member in enumerate(story.members[2:]):
        votes.cast(story.members[2], vote=vote, member=member, choice="ja" if number % 2 == 0 else "nein")
    vote = votes.close_vote(story.members[2], vote=vote)
    assert (vote.carried, vote.tally["tie_broken"]) == (True, "ja")


def test_two_who_chair_close_one_vote_once(story):
    case = story.to(State.VOTING)
    stale = case.votes.get()
    votes.cast(story.chair, vote=stale, member=story.chair, choice="ja")
    votes.close_vote(story.chair, vote=case.votes.get())
    assert code_of(votes.close_vote, story.chair, vote=stale) == "wrong_state"
    assert case.votes.get().ballots.count() == 1


def test_member_who_leads_the_project_by_the_close_is_not_counted(story):
    case = story.to(State.VOTING)
    vote = case.votes.get()
    for member in story.members:
        votes.cast(story.chair, vote=vote, member=member, choice="nein" if member == story.members[7] else "ja")
    story.project.lead = story.members[7]
    story.project.save()
    vote = votes.close_vote(story.chair, vote=vote)
    assert (vote.tally["yes"], vote.tally["no"]) == (7, 0)


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-10-25T02:30", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),  # twice that night: the later one
        ("2027-03-28T02:30", datetime(2027, 3, 28, 1, 30, tzinfo=UTC)),  # not at all that night: after the jump
        ("2026-10-25T01:30", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_deadline_in_the_night_the_clocks_change(typed, expected):
    assert Moment().clean(typed).astimezone(UTC) == expected


@pytest.mark.parametrize("now", ["2026-10-20 12:00", "2027-03-23 12:00", "2026-12-28 12:00"])
def test_deadlines_are_counted_in_days_and_end_with_the_day(now):
    with time_machine.travel(datetime.fromisoformat(now).replace(tzinfo=BERLIN), tick=False):
        end = timezone.localtime(deadlines.end_of_day(7))
        assert (end.hour, end.minute, end.second) == (23, 59, 59)
        assert deadlines.days_until(end) == 7


def test_notice_of_seven_days_over_the_change_of_clocks(story):
    with time_machine.travel(datetime(2027, 3, 22, 18, 0, tzinfo=BERLIN), tick=False):
        meeting = meetings.call(
            story.office, title="Sitzung", starts_at=datetime(2027, 3, 29, 18, 0, tzinfo=BERLIN), place="Rathaus"
        )
    assert meeting.short_notice_reason == ""
