"""The Council of eight, the office, and one case led through its states by the domain functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from ethics.domain import cases, council, followup, meetings, recommendations, review, triage, votes
from ethics.enums import SeatFunction, State
from ethics.models import Meeting, ReviewCase
from portal.accounts.enums import Role

CONTENT = {
    "what": "Sensoren an Bäumen messen die Feuchte des Bodens.",
    "aim": "Die Stadt gießt nur, wo es nötig ist; das nützt allen.",
    "data": "Bodenfeuchte und Standort des Baumes, keine Personen.",
}
ANSWERS = {"V1": "ja", **dict.fromkeys(["A", "B", "C", *(f"K{n}" for n in range(1, 10))], "nein")}


@dataclass
class Story:
    """Everybody by role, and `to(state)` that leads a fresh case there."""

    lead: Any
    office: Any
    dpo: Any
    communications: Any
    members: list[Any]
    outsider: Any
    admin: Any
    make_project: Any
    project: Any = None
    other: Any = None
    any_vote: Any = None
    acting: Any = None

    @property
    def chair(self) -> Any:
        return self.members[0]

    @property
    def deputy(self) -> Any:
        return self.members[1]

    def draft(self, **fields: Any) -> ReviewCase:
        fields.setdefault("title", "Baumsensoren")
        fields.setdefault("project", self.project)
        case = cases.begin(self.lead, **fields)
        cases.save_draft(self.lead, case=case, content=CONTENT, answers=ANSWERS)
        return case

    def to(self, state: State, case: ReviewCase | None = None) -> ReviewCase:
        case = case or self.draft()
        case.refresh_from_db()
        while case.state != state:
            STEPS[case.state](self, case)
            case = ReviewCase.objects.get(pk=case.pk)
        assert case.state == state
        return case

    def meeting_today(self, **fields: Any) -> Meeting:
        now = timezone.now()
        soon = now + timedelta(minutes=1)
        meeting = meetings.call(
            self.office,
            title="Sitzung",
            starts_at=soon,
            place="Rathaus",
            short_notice_reason="Förderfrist endet",
            **fields,
        )
        if timezone.localdate(soon) > timezone.localdate(now):  # the last minute of a day
            Meeting.objects.filter(pk=meeting.pk).update(starts_at=now)
            meeting.refresh_from_db()
        return meeting

    def attend(self, meeting: Meeting, present: int = 8) -> None:
        presences = {m.pk: "anwesend" if n < present else "abwesend" for n, m in enumerate(self.members)}
        meetings.record_attendance(self.chair, meeting=meeting, presences=presences)

    def vote(self, case: ReviewCase, choices: str) -> Any:
        """Opens, casts one letter a present member (j, n, e; - casts none), and closes."""
        vote = votes.open_vote(self.chair, case=case)
        words = {"j": "ja", "n": "nein", "e": "enthaltung"}
        for member, letter in zip(self.members, choices, strict=False):
            if letter != "-":
                votes.cast(self.chair, vote=vote, member=member, choice=words[letter])
        return votes.close_vote(self.chair, vote=vote)


def _review(story: Story, case: ReviewCase) -> None:
    for member in story.members:
        review.declare(member, case=case, conflicted=False)
    review.assign(story.office, case=case, member=story.members[2])
    review.start(story.office, case=case)


def _unveil(story: Story, case: ReviewCase) -> None:
    for member in story.members:
        review.save_opinion(member, case=case, stance="empfehlung", text=f"Meine Sicht: {member.email}", submit=True)
    review.unveil(story.office, case=case)


def _schedule(story: Story, case: ReviewCase) -> None:
    recommendations.draft(
        story.chair,
        case=case,
        form="empfehlung_mit_auflagen",
        sentence="Der Rat empfiehlt das Vorhaben.",
        text="Der Nutzen ist groß, die Daten sind sparsam.",
        conditions=[("Die Daten werden offen bereitgestellt.", date(2027, 3, 1))],
    )
    meeting = story.meeting_today()
    meetings.schedule(story.office, case=case, meeting=meeting)


def _open_vote(story: Story, case: ReviewCase) -> None:
    story.attend(meetings.current_item(case).meeting)
    votes.open_vote(story.chair, case=case)


def _close_vote(story: Story, case: ReviewCase) -> None:
    vote = case.votes.get(closed_at__isnull=True)
    for member in story.members:
        votes.cast(story.chair, vote=vote, member=member, choice="ja")
    votes.close_vote(story.chair, vote=vote)


def _publish(story: Story, case: ReviewCase) -> None:
    recommendations.summarise(
        story.office, case=case, plain_summary="Der Rat findet die Sensoren gut. Die Daten sollen für alle offen sein."
    )
    recommendations.confirm_data_protection(story.dpo, case=case)
    recommendations.publish(story.chair, case=case)


def _follow(story: Story, case: ReviewCase) -> None:
    followup.settle(
        story.office, condition=case.recommendation.conditions.get(), state="erfuellt", proof="Open-Data-Portal"
    )
    followup.close(story.office, case=case)


STEPS = {
    "entwurf": lambda s, c: cases.submit(s.lead, case=c),
    "eingereicht": lambda s, c: triage.accept(s.office, case=c),
    "vorpruefung": _review,
    "begutachtung": _unveil,
    "beratungsreif": _schedule,
    "tagesordnung": _open_vote,
    "abstimmung": _close_vote,
    "beschlossen": lambda s, c: recommendations.open_dissent(s.office, case=c),
    "sondervotum_frist": lambda s, c: recommendations.prepare(s.office, case=c),
    "veroeffentlichung": _publish,
    "veroeffentlicht": lambda s, c: followup.request_answer(s.office, case=c, due=timezone.now() + timedelta(days=30)),
    "antwort_ausstehend": lambda s, c: followup.answer(
        s.lead, case=c, responses={1: ("angenommen", "Das machen wir so.")}
    ),
    "beantwortet": lambda s, c: followup.follow_up(s.office, case=c),
    "nachverfolgung": _follow,
}


@pytest.fixture
def story(make_user: Any, make_project: Any) -> Story:
    office = make_user(Role.ETHICS_OFFICE)
    members = [make_user(Role.ETHICS_MEMBER, *([Role.ETHICS_CHAIR] if n == 0 else [])) for n in range(8)]
    functions = [SeatFunction.CHAIR, SeatFunction.DEPUTY, *[SeatFunction.MEMBER] * 6]
    for member, function in zip(members, functions, strict=True):
        council.seat(office, person=member, function=function, since=date(2026, 1, 1))
    lead = make_user(Role.PROJECT_LEAD)
    return Story(
        lead=lead,
        office=office,
        dpo=make_user(Role.DPO),
        communications=make_user(Role.COMMUNICATIONS),
        members=members,
        outsider=make_user(),
        admin=make_user(Role.ADMIN, is_superuser=True, is_staff=True),
        make_project=make_project,
        project=make_project(lead=lead),
    )
