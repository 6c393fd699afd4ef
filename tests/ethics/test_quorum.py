"""Quorum and majority at their edges, pure and in the meeting."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ethics.domain import blueprints, meetings, recommendations, review, votes
from ethics.domain.quorum import Rule, majority, quorum
from ethics.enums import State
from ethics.models import Recommendation
from portal.exceptions import DomainError, NotAllowed

RULE = Rule()


@pytest.mark.parametrize(
    ("members", "recused", "present", "needed", "possible", "reached"),
    [
        (8, 1, 4, 4, True, True),
        (8, 1, 3, 4, True, False),
        (8, 5, 3, 3, True, True),
        (8, 5, 2, 3, True, False),
        (8, 6, 2, 3, False, False),
        (8, 8, 0, 3, False, False),
        (8, 0, 5, 5, True, True),
        (8, 0, 4, 5, True, False),
        (7, 0, 4, 4, True, True),
        (3, 0, 3, 3, True, True),
    ],
)
def test_quorum_worked_examples(members, recused, present, needed, possible, reached):
    count = quorum(members=members, recused=recused, present=present, rule=RULE)
    assert (count.base, count.needed, count.possible, count.reached) == (members - recused, needed, possible, reached)


def test_second_invitation_needs_no_minimum():
    assert quorum(members=8, recused=6, present=1, rule=RULE, second_invitation=True).reached
    assert not quorum(members=8, recused=6, present=0, rule=RULE, second_invitation=True).reached
    assert not quorum(members=8, recused=8, present=0, rule=RULE, second_invitation=True).possible
    strict = Rule(second_invitation_suffices=False)
    assert not quorum(members=8, recused=0, present=1, rule=strict, second_invitation=True).reached


@pytest.mark.parametrize("counts", [(8, 9, 0), (8, 1, 8), (8, -1, 3), (-1, 0, 0), (8, 0, -1)])
def test_impossible_counts_are_refused(counts):
    members, recused, present = counts
    with pytest.raises(ValueError, match="passen nicht"):
        quorum(members=members, recused=recused, present=present, rule=RULE)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_quorum_is_more_than_half_and_at_least_three(members, recused, present):
    if recused > members or present > members - recused:
        return
    count = quorum(members=members, recused=recused, present=present, rule=RULE)
    assert count.reached == (present >= 3 and present * 2 > members - recused)


def test_share_is_data():
    two_thirds = Rule(share_above=Decimal("0.666"))
    assert quorum(members=9, recused=0, present=6, rule=two_thirds).needed == 6


@pytest.mark.parametrize(
    ("yes", "no", "abstained", "chair", "carried", "tie_broken"),
    [
        (4, 3, 1, "nein", True, ""),
        (3, 4, 1, "ja", False, ""),
        (1, 0, 7, None, True, ""),
        (3, 3, 0, "ja", True, "ja"),
        (3, 3, 0, "nein", False, "nein"),
        (3, 3, 1, "enthaltung", False, ""),
        (3, 3, 0, None, False, ""),
        (0, 0, 5, "enthaltung", False, ""),
    ],
)
def test_majority_and_ties(yes, no, abstained, chair, carried, tie_broken):
    result = majority(yes=yes, no=no, abstained=abstained, chair_choice=chair, rule=RULE)
    assert (result.carried, result.tie_broken) == (carried, tie_broken)


def test_without_the_casting_vote_a_tie_fails():
    rule = Rule(chair_breaks_tie=False)
    assert not majority(yes=2, no=2, abstained=0, chair_choice="ja", rule=rule).carried


@pytest.mark.django_db
def test_vote_waits_for_quorum_and_second_invitation_lifts_it(story):
    case = story.to(State.SCHEDULED)
    first = meetings.current_item(case).meeting
    story.attend(first, present=4)
    with pytest.raises(DomainError) as caught:
        votes.open_vote(story.chair, case=case)
    assert caught.value.code == "no_quorum"
    assert "Nötig sind 5, anwesend sind 4" in str(caught.value.message)
    case = meetings.postpone(story.chair, case=case, reason="Nicht beschlussfähig")
    assert case.agenda_items.get(meeting=first).inquorate
    second = story.meeting_today(second_invitation_of=first)
    case = meetings.schedule(story.office, case=case, meeting=second)
    story.attend(second, present=2)
    vote = votes.open_vote(story.chair, case=case)
    assert vote.quorum["needed"] == 1
    assert vote.quorum["second_invitation"]


@pytest.mark.django_db
def test_no_second_invitation_where_the_rule_knows_none(story, mailoutbox):
    """Its mail would promise what the vote then refuses."""
    case = story.to(State.SCHEDULED)
    first = meetings.current_item(case).meeting
    story.attend(first, present=2)
    meetings.postpone(story.chair, case=case, reason="Nicht beschlussfähig")
    blueprints.set_rule(
        story.office,
        source="Geschäftsordnung",
        minimum=3,
        share_above=Decimal("0.5"),
        second_invitation_suffices=False,
    )
    mailoutbox.clear()
    with pytest.raises(DomainError) as caught:
        story.meeting_today(second_invitation_of=first)
    assert (caught.value.code, mailoutbox) == ("no_second_invitation", [])


@pytest.mark.django_db
def test_second_invitation_is_for_what_was_put_off_for_want_of_a_quorum(story):
    """A case that stood not on the first agenda, or was put off for another reason, needs the usual quorum."""
    case, other = story.to(State.SCHEDULED), story.to(State.SCHEDULED)
    first = meetings.current_item(case).meeting
    story.attend(first, present=2)
    meetings.postpone(story.chair, case=case, reason="Nicht beschlussfähig")
    second = story.meeting_today(second_invitation_of=first)
    meetings.postpone(story.chair, case=other, reason="Die Zeit reicht nicht")
    other = meetings.schedule(story.office, case=other, meeting=second)
    meetings.schedule(story.office, case=case, meeting=second)
    story.attend(second, present=2)
    with pytest.raises(DomainError) as caught:
        votes.open_vote(story.chair, case=other)
    assert caught.value.code == "no_quorum"
    case.refresh_from_db()
    assert votes.open_vote(story.chair, case=case).quorum["reached"]


@pytest.mark.django_db
def test_recused_chair_has_no_casting_vote_but_the_deputy_has(story):
    case = story.to(State.SCHEDULED)
    review.declare(story.chair, case=case, conflicted=True, ground="eigener_vorteil")
    story.attend(meetings.current_item(case).meeting)
    vote = votes.open_vote(story.deputy, case=case)
    for member, choice in zip(story.members[1:], ["nein", "ja", "ja", "ja", "nein", "nein", "enthaltung"], strict=True):
        votes.cast(story.deputy, vote=vote, member=member, choice=choice)
    with pytest.raises(NotAllowed):
        votes.close_vote(story.chair, vote=vote)
    vote = votes.close_vote(story.deputy, vote=vote)
    assert (vote.tally["yes"], vote.tally["no"], vote.tally["tie_broken"]) == (3, 3, "nein")
    assert not vote.carried


@pytest.mark.django_db
def test_recused_leave_the_base_and_cannot_vote(story):
    case = story.to(State.SCHEDULED)
    for member in story.members[5:]:
        review.declare(member, case=case, conflicted=True, ground="beschaeftigung")
    meeting = meetings.current_item(case).meeting
    story.attend(meeting, present=8)
    vote = votes.open_vote(story.chair, case=case)
    assert (vote.quorum["base"], vote.quorum["needed"], vote.quorum["present"]) == (5, 3, 5)
    for actor in (story.chair, story.members[6]):
        with pytest.raises(DomainError):
            votes.cast(actor, vote=vote, member=story.members[6], choice="ja")
    with pytest.raises(DomainError) as caught:
        review.declare(story.members[4], case=case, conflicted=True, ground="organ")
    assert caught.value.code == "vote_open"
    with pytest.raises(DomainError) as caught:
        story.attend(meeting, present=3)
    assert caught.value.code == "vote_open"


@pytest.mark.django_db
def test_undeclared_member_who_is_present_must_declare_first(story):
    case = story.to(State.SCHEDULED)
    case.declarations.filter(member=story.members[7]).update(current=False)
    story.attend(meetings.current_item(case).meeting)
    with pytest.raises(DomainError) as caught:
        votes.open_vote(story.chair, case=case)
    assert caught.value.code == "undeclared"


@pytest.mark.django_db
def test_failed_motion_leaves_the_draft_open_and_can_end_without_position(story):
    case = story.to(State.SCHEDULED)
    story.attend(meetings.current_item(case).meeting)
    vote = story.vote(case, "jnnneeee")
    case.refresh_from_db()
    assert not vote.carried
    assert case.state == State.VOTING
    assert Recommendation.objects.get(case=case).frozen_at is None
    recommendations.draft(
        story.chair,
        case=case,
        form="bedenken",
        sentence="Der Rat hat Bedenken.",
        text="Sie sind hier begründet, Wort für Wort.",
    )
    assert not story.vote(case, "nnnnjj--").carried
    case = votes.state_no_position(
        story.chair, case=case, sentence="Keine gemeinsame Position.", text="Die einen so, die anderen so."
    )
    assert (case.state, case.outcome) == (State.DECIDED, "keine_gemeinsame_position")
    assert [v.motion["form"] for v in case.votes.all()] == ["empfehlung_mit_auflagen", "bedenken"]


@pytest.mark.django_db
def test_tie_is_broken_by_the_presiding_vote(story):
    case = story.to(State.SCHEDULED)
    story.attend(meetings.current_item(case).meeting)
    vote = story.vote(case, "jjjjnnnn")
    assert vote.carried
    assert vote.tally["tie_broken"] == "ja"


@pytest.mark.django_db
def test_closing_twice_is_refused(story):
    case = story.to(State.VOTING)
    vote = case.votes.get()
    votes.cast(story.members[3], vote=vote, member=story.members[3], choice="ja")
    votes.close_vote(story.chair, vote=vote)
    with pytest.raises(DomainError) as caught:
        votes.close_vote(story.chair, vote=vote)
    assert caught.value.status == 409
    with pytest.raises(DomainError):
        votes.cast(story.members[3], vote=vote, member=story.members[3], choice="nein")
