"""Every transition by every role in every state: what the table does not allow is refused and changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from ethics import permissions
from ethics.domain import cases, followup, machine, meetings, outside, recommendations, review, triage, votes, written
from ethics.enums import OPEN_STATES, CaseRole, State
from ethics.models import CaseEvent, ReviewCase
from portal.audit.models import AuditEntry
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db

ACTS = {
    "submit": lambda u, c, s: cases.submit(u, case=c),
    "accept": lambda u, c, s: triage.accept(u, case=c),
    "ask_back": lambda u, c, s: triage.ask_back(u, case=c, question="Was heißt das?"),
    "answer_query": lambda u, c, s: triage.answer_query(u, case=c, answer="Das heißt …"),
    "close_short": lambda u, c, s: triage.close_short(u, case=c, result="In Ordnung."),
    "start_review": lambda u, c, s: review.start(u, case=c),
    "unveil": lambda u, c, s: review.unveil(u, case=c),
    "schedule": lambda u, c, s: meetings.schedule(u, case=c, meeting=s.meeting_today()),
    "postpone": lambda u, c, s: meetings.postpone(u, case=c, reason="Es ist spät."),
    "open_vote": lambda u, c, s: votes.open_vote(u, case=c),
    "open_written": lambda u, c, s: written.open_written(u, case=c, due=timezone.now() + timedelta(days=9)),
    "object_written": lambda u, c, s: written.object_to_written(u, vote=s.any_vote(c, "object_written")),
    "written_failed": lambda u, c, s: votes.close_vote(u, vote=s.any_vote(c)),
    "close_vote": lambda u, c, s: votes.close_vote(u, vote=s.any_vote(c)),
    "state_no_position": lambda u, c, s: votes.state_no_position(u, case=c, sentence="Nichts.", text="Dies und das."),
    "open_dissent": lambda u, c, s: recommendations.open_dissent(u, case=c),
    "prepare": lambda u, c, s: recommendations.prepare(u, case=c),
    "publish": lambda u, c, s: recommendations.publish(u, case=c),
    "request_answer": lambda u, c, s: followup.request_answer(u, case=c, due=timezone.now() + timedelta(days=9)),
    "answer": lambda u, c, s: followup.answer(u, case=c, responses={1: ("angenommen", "Machen wir gern.")}),
    "follow_up": lambda u, c, s: followup.follow_up(u, case=c),
    "close": lambda u, c, s: followup.close(u, case=c),
    "reopen": lambda u, c, s: followup.reopen(u, case=c, trigger="Neuer Zweck"),
    "rely_on_outside": lambda u, c, s: outside.rely_on(
        u, case=c, sentence="Der Rat gibt etwas wieder.", text="Das Institut sagt etwas dazu, und zwar dies."
    ),
    "withdraw": lambda u, c, s: cases.withdraw(u, case=c, reason="Wir lassen es."),
    "replace": lambda u, c, s: cases.replace(u, case=c, successor=s.other, reason="Neuer Zuschnitt"),
}
REACHED = [
    state
    for state in State
    if state
    not in (State.QUERY, State.SHORT_CLOSED, State.POSTPONED, State.RESUBMITTED, State.WITHDRAWN, State.REPLACED)
]


@pytest.fixture
def cast(story):
    """One person for each role, an undeclared case aside, and somebody with none."""
    story.other = story.to(State.SUBMITTED)
    people = {
        CaseRole.LEAD: story.lead,
        CaseRole.OFFICE: story.office,
        CaseRole.CHAIR: story.chair,
        CaseRole.MEMBER: story.members[4],
        CaseRole.DPO: story.dpo,
        CaseRole.COMMUNICATIONS: story.communications,
        "outsider": story.outsider,
        "admin": story.admin,
        "anonymous": AnonymousUser(),
    }

    def any_vote(case, step="close_vote"):
        vote = case.votes.order_by("-opened_at").first()
        if vote is None:
            if step == "object_written" and permissions.is_member(story.acting):
                machine.require_state(case, State.VOTING)
            machine.require(story.acting, case, step)
            pytest.fail("ohne Abstimmung darf niemand schließen")
        return vote

    story.any_vote = any_vote
    return people


def test_every_transition_has_an_act():
    assert ACTS.keys() == machine.TRANSITIONS.keys()


@pytest.mark.parametrize("state", REACHED)
def test_what_the_table_forbids_is_refused_and_changes_nothing(story, cast, state):
    case = story.to(state)
    before = (CaseEvent.objects.count(), AuditEntry.objects.filter(stream=case.stream).count())
    for name, act in ACTS.items():
        step = machine.TRANSITIONS[name]
        for role, person in cast.items():
            held = {role, CaseRole.MEMBER} if role == CaseRole.CHAIR else {role}
            if case.state in step.sources and held.intersection(step.roles):
                continue
            story.acting = person
            with pytest.raises(DomainError) as caught:
                act(person, ReviewCase.objects.get(pk=case.pk), story)
            allowed_elsewhere = bool(held.intersection(step.roles))
            expected = "wrong_state" if allowed_elsewhere else "not_allowed"
            if not (case.state == State.DRAFT and role != CaseRole.LEAD):
                assert caught.value.code == expected, (name, role, caught.value)
    assert ReviewCase.objects.get(pk=case.pk).state == state
    assert (CaseEvent.objects.count(), AuditEntry.objects.filter(stream=case.stream).count()) == before


def test_draft_is_nobodys_but_the_leads(story):
    case = story.draft()
    for person in (story.office, story.chair, story.members[3], story.dpo, story.communications, story.outsider):
        assert not ReviewCase.objects.visible_to(person).filter(pk=case.pk).exists()
    assert ReviewCase.objects.visible_to(story.lead).filter(pk=case.pk).exists()


def test_query_goes_back_and_forth_without_losing_a_word(story):
    case = story.to(State.TRIAGE)
    triage.ask_back(story.office, case=case, question="Wer betreibt es?")
    cases.save_draft(story.lead, case=case, content={"what": "Neu beschrieben, und zwar ausführlich."})
    with pytest.raises(DomainError) as caught:
        triage.answer_query(story.lead, case=case, answer="Die Stadt.")
    assert caught.value.code == "missing"
    cases.save_draft(
        story.lead, case=case, content={k: f"{k}: neu beschrieben, ausführlich." for k in ("what", "aim", "data")}
    )
    case = triage.answer_query(story.lead, case=case, answer="Die Stadt.")
    assert case.state == State.TRIAGE
    assert [v.number for v in case.versions.order_by("number")] == [1, 2]
    assert list(case.events.filter(action__in=["ask_back", "answer_query"]).values_list("note", flat=True)) == [
        "Wer betreibt es?",
        "Die Stadt.",
    ]


@pytest.mark.parametrize("state", [s for s in OPEN_STATES if s in REACHED and s != State.VOTING])
def test_open_case_can_be_withdrawn_and_replaced(story, state):
    case = story.to(state)
    assert cases.withdraw(story.lead, case=case, reason="Es kommt nicht.").state == State.WITHDRAWN


def test_case_is_replaced_by_another(story):
    case, successor = story.to(State.SUBMITTED), story.to(State.SUBMITTED)
    assert cases.replace(story.office, case=case, successor=successor, reason="Zusammengelegt").state == State.REPLACED
    with pytest.raises(DomainError):
        cases.replace(story.office, case=successor, successor=successor, reason="Unsinn")


def test_short_track_closes_after_its_time_unless_someone_objects(story):
    case = story.to(State.TRIAGE)
    triage.choose_track(story.office, case=case, track="kurz")
    with pytest.raises(DomainError) as caught:
        triage.close_short(story.office, case=case, result="In Ordnung.")
    assert caught.value.code == "too_early"
    ReviewCase.objects.filter(pk=case.pk).update(objections_due=timezone.now() - timedelta(minutes=1))
    assert triage.close_short(story.office, case=case, result="In Ordnung.").state == State.SHORT_CLOSED
    other = story.to(State.TRIAGE)
    triage.choose_track(story.office, case=other, track="kurz")
    other = triage.object_to_short_track(story.members[5], case=other, reason="Das will ich beraten.")
    assert (other.track, other.objections_due) == ("voll", None)
    with pytest.raises(NotAllowed):
        triage.object_to_short_track(story.outsider, case=other)


def test_reopening_keeps_what_was_published(story):
    case = story.to(State.CLOSED)
    published = (case.published_at, case.public_hash)
    case = followup.reopen(story.office, case=case, trigger="Neuer Dienstleister")
    assert case.state == State.RESUBMITTED
    assert (case.published_at, case.public_hash) == published
    assert ReviewCase.objects.public().filter(pk=case.pk).exists()


def test_role_without_seat_and_seat_without_role_open_nothing(story, make_user):
    case = story.to(State.REVIEW)
    unseated = make_user("ethics_member")
    assert not ReviewCase.objects.visible_to(unseated).filter(pk=case.pk).exists()
    former = story.members[6]
    former.groups.clear()
    former = type(former).objects.get(pk=former.pk)
    with pytest.raises(NotAllowed):
        review.save_opinion(former, case=case, stance="bedenken", text="Das geht mir zu weit, ehrlich.", submit=True)


def test_deputy_chairs_where_the_chair_is_recused(story):
    case = story.to(State.SCHEDULED)
    with pytest.raises(NotAllowed):
        meetings.postpone(story.deputy, case=case, reason="Zu spät.")
    review.declare(story.chair, case=case, conflicted=True, ground="organ")
    with pytest.raises(NotAllowed):
        meetings.postpone(story.chair, case=case, reason="Zu spät.")
    assert meetings.postpone(story.deputy, case=case, reason="Zu spät.").state == State.POSTPONED


def test_project_lead_on_the_council_is_no_member_for_the_own_case(story, make_user):
    from django.contrib.auth.models import Group

    story.members[3].groups.add(Group.objects.get(name="project_lead"))
    member = type(story.lead).objects.get(pk=story.members[3].pk)
    project = story.make_project(lead=member)
    case = cases.begin(member, title="Eigenes Vorhaben", project=project)
    cases.save_draft(
        member,
        case=case,
        content=dict.fromkeys(("what", "aim", "data"), "Lang genug beschrieben."),
        answers={},
        reason="offen",
    )
    cases.submit(member, case=case)
    with pytest.raises(NotAllowed):
        review.declare(member, case=case, conflicted=False)
    assert permissions.recused_members(case) == {member.pk}
