"""A world with planted words: each stands in one confidential place, and `MAY_READ` says who may find it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from ethics.domain import (
    cases,
    dpia,
    folder,
    inquiries,
    meetings,
    minutes,
    outside,
    recommendations,
    review,
    talk,
    votes,
)
from ethics.enums import State
from ethics.models import AgendaItem, Dpia, Inquiry, OutsideOpinion, ReviewCase
from portal.accounts.enums import Role

FREE, UNDECLARED, RECUSED = "free", "undeclared", "recused"
PAPER_READERS = {"lead", "office", "dpo", FREE}
# planted word -> roles that may find it somewhere
MAY_READ = {
    "ENTWURFWORT": {"lead"},  # a draft case: its title and text
    "GEHEIMTITEL": PAPER_READERS | {UNDECLARED, RECUSED},  # that a case under review exists
    "PAPIERWORT": PAPER_READERS,  # the application itself
    "ANLAGEWORT": PAPER_READERS,  # the title of an attachment
    "DATEIWORT": PAPER_READERS,  # what is in the attached file
    "FRAGEWORT": PAPER_READERS,  # a question to the project and its answer
    "MEINUNGWORT": {FREE},  # an opinion before unveiling: its author alone, who is the free member
    "FREMDMEINUNG": set(),  # somebody else's opinion before unveiling
    "BEFANGENWORT": set(),  # the explanation of a conflict of interest
    "OFFENWORT": {FREE},  # unveiled opinions
    "BERATUNGWORT": {FREE, "office"},  # the Council's discussion
    "VORLAGEWORT": {FREE, "office"},  # the draft recommendation before the vote
    "VERLAUFWORT": {FREE, "office"},  # the course of the discussion in the minutes
    "SCHWARZWORT": {FREE, UNDECLARED, "office"},  # a redacted passage of a published case
    "NOTIZWORT": {FREE},  # a note in the personal file of the free member
    "FOLGENWORT": {"lead"},  # a DPIA that is being written
    "DSFAWORT": {"lead", "other_lead", "office", "dpo"},  # texts of a released DPIA that is in the public register
    "AUSSENWORT": {"office"},  # an opinion from outside before unveiling, its author and its scan
    "GUTACHTENWORT": {FREE, "office"},  # the same after unveiling
    "HALTEWORT": {"outsider", "moderator", "admin"},  # a held question: its author and the moderation
}


@dataclass
class World:
    people: dict[str, Any]
    slugs: list[str]
    meeting: int
    item: int
    attachment: int
    inquiry: int
    asked: int
    minutes: int
    dpia: str
    released: str
    outside: list[int]
    project_url: str
    files: list[str] = field(default_factory=list)


def plant(story: Any, make_user: Any) -> World:
    other_lead = make_user(Role.PROJECT_LEAD)
    hidden = _under_review(story)
    advised, meeting = _before_the_vote(story)
    published = _published(story)
    draft = cases.begin(story.lead, title="ENTWURFWORT Fall", project=story.project, parties="ENTWURFWORT")
    assessment = dpia.begin(story.lead, title="FOLGENWORT", project=story.project)
    assessment = dpia.begin_editing(story.lead, dpia=assessment, reason="FOLGENWORT ist der Grund dafür.")
    dpia.save_section(story.lead, dpia=assessment, key="D1", text="FOLGENWORT steht hier.", owner="FOLGENWORT")
    held = _held_question(story)
    attachment = hidden.attachments.get()
    return World(
        people={
            "anonymous": None,
            "outsider": story.outsider,
            "admin": story.admin,
            "communications": story.communications,
            "moderator": make_user(Role.MODERATOR),
            "other_lead": other_lead,
            "lead": story.lead,
            "office": story.office,
            "dpo": story.dpo,
            FREE: story.members[0],
            UNDECLARED: story.members[6],
            RECUSED: story.members[7],
        },
        slugs=[hidden.slug, advised.slug, published.slug, draft.slug],
        meeting=meeting.pk,
        item=AgendaItem.objects.get(meeting=meeting).pk,
        attachment=attachment.pk,
        inquiry=held.pk,
        asked=inquiries.ask(story.outsider, question="Was macht der Rat eigentlich den ganzen Tag?").pk,
        minutes=_released_minutes(story, published).pk,
        dpia=assessment.slug,
        released=_released(story, other_lead).slug,
        outside=list(OutsideOpinion.objects.order_by("pk").values_list("pk", flat=True)),
        project_url=story.project.get_absolute_url(),
        files=[attachment.file.name, *OutsideOpinion.objects.values_list("scan", flat=True)],
    )


def _begun(story: Any, title: str, word: str) -> ReviewCase:
    case = story.draft(title=title, parties="Stadtwerke")
    text = f"{word} steht hier, ausführlich erklärt."
    cases.save_draft(story.lead, case=case, content=dict.fromkeys(("what", "aim", "data"), text))
    return case


def _reviewed(story: Any, case: ReviewCase) -> ReviewCase:
    """In Begutachtung; member 6 has not declared, member 7 is recused."""
    case = story.to(State.TRIAGE, case)
    for member in story.members[:6]:
        review.declare(member, case=case, conflicted=False)
    review.declare(story.members[7], case=case, conflicted=True, ground="organ", explanation="BEFANGENWORT")
    review.assign(story.office, case=case, member=story.members[2])
    review.end_deadline(story.office, case=case, which="declarations_due", reason="Alle wissen Bescheid.")
    return review.start(story.office, case=case)


def _under_review(story: Any) -> ReviewCase:
    case = _begun(story, "GEHEIMTITEL Pader", "PAPIERWORT")
    file = SimpleUploadedFile("plan.pdf", b"%PDF-1.4 DATEIWORT")
    talk.attach(story.lead, case=case, title="ANLAGEWORT", file=file)
    case = _reviewed(story, case)
    for member, word in ((story.members[0], "MEINUNGWORT"), (story.members[1], "FREMDMEINUNG")):
        review.save_opinion(member, case=case, stance="bedenken", text=f"{word}, und zwar deutlich.", submit=True)
    question = talk.ask(story.members[1], case=case, text="FRAGEWORT: Wer betreibt das?")
    talk.answer(story.lead, question=question, text="FRAGEWORT: die Stadt.")
    _from_outside(story, case, "AUSSENWORT")
    return ReviewCase.objects.get(pk=case.pk)


def _before_the_vote(story: Any) -> tuple[ReviewCase, Any]:
    case = _reviewed(story, _begun(story, "GEHEIMTITEL Lippe", "PAPIERWORT"))
    for member in story.members[1:4]:
        review.save_opinion(member, case=case, stance="bedenken", text="OFFENWORT, für alle im Rat.", submit=True)
    review.end_deadline(story.office, case=case, which="opinions_due", reason="Die Sitzung steht bevor.")
    case = review.unveil(story.office, case=case)
    _from_outside(story, case, "GUTACHTENWORT")
    talk.remark(story.members[1], case=case, section="daten", text="BERATUNGWORT")
    recommendations.draft(
        story.chair,
        case=case,
        form="empfehlung",
        sentence="VORLAGEWORT in einem Satz.",
        text="VORLAGEWORT, ausführlich begründet.",
    )
    meeting = story.meeting_today()
    case = meetings.schedule(story.office, case=case, meeting=meeting)
    item = AgendaItem.objects.get(case=case)
    folder.mark(story.members[0], item=item, bookmarked=True, note="NOTIZWORT")
    story.attend(meeting, present=6)
    minutes.write(story.office, meeting=meeting, remarks="", courses={item.pk: "VERLAUFWORT"})
    return case, meeting


def _from_outside(story: Any, case: ReviewCase, word: str) -> None:
    outside.take_in(
        story.office,
        case=case,
        expert=f"{word} Institut",
        received_on=timezone.localdate(),
        stance="bedenken",
        text=f"{word}, von außen betrachtet.",
        scan=SimpleUploadedFile("papier.pdf", f"%PDF-1.4 {word}".encode()),
    )


def _released(story: Any, releaser: Any) -> Dpia:
    """In the public register; what stands in it, and what adviser and releaser said, stays inside."""
    made = dpia.begin(story.lead, title="Zählung am Rathaus", project=story.project)
    made = dpia.begin_editing(story.lead, dpia=made, reason="DSFAWORT ist der Grund dafür.")
    for key in ("D1", "D2", "D3", "D4"):
        dpia.save_section(story.lead, dpia=made, key=key, text=f"{key}: DSFAWORT steht hier.", owner="DSFAWORT")
    rated = {"inherent": [3, 3], "planned": [2, 2], "residual": [2, 1]}
    dpia.save_risk(story.lead, dpia=made, risk={"title": "DSFAWORT", "kind": "ereignis", **rated})
    dpia.save_measure(story.lead, dpia=made, measure={"title": "DSFAWORT", "owner": "DSFAWORT", "risks": [1]})
    made = dpia.hand_over(story.lead, dpia=made, releaser=releaser)
    dpia.advise(story.dpo, dpia=made, verdict="hinweise", text="DSFAWORT: Bitte die Frist verkürzen.")
    words = {"reason": "DSFAWORT: Das Risiko ist klein genug.", "obligations": "DSFAWORT löschen."}
    dpia.decide(releaser, dpia=made, outcome="freigegeben_mit_auflagen", **words)
    summary = "Am Rathaus wird gezählt, ohne jemanden zu erkennen. [[DSFAWORT]] bleibt intern."
    return dpia.publish(releaser, dpia=Dpia.objects.get(pk=made.pk), summary=summary).dpia


def _published(story: Any) -> ReviewCase:
    case = story.to(State.READY)
    words = "[[SCHWARZWORT]]"
    recommendations.draft(
        story.chair,
        case=case,
        form="empfehlung_mit_auflagen",
        sentence=f"Der Rat empfiehlt es {words} so.",
        text=f"Begründet mit {words} und mehr.",
        conditions=[(f"Offen zeigen {words}.", None)],
    )
    review.declare(story.members[7], case=case, conflicted=True, ground="organ", explanation="BEFANGENWORT")
    meeting = story.meeting_today()
    meetings.schedule(story.office, case=case, meeting=meeting)
    story.attend(meeting, present=7)
    vote = votes.open_vote(story.chair, case=case)
    for member in story.members[:7]:
        votes.cast(story.chair, vote=vote, member=member, choice="ja")
    votes.close_vote(story.chair, vote=vote)
    recommendations.open_dissent(story.office, case=case)
    recommendations.prepare(story.office, case=case)
    plain = f"Der Rat findet es gut {words} und sagt warum, in einfachen Worten."
    recommendations.summarise(story.office, case=case, plain_summary=plain, redaction_reason="Betriebsgeheimnis")
    recommendations.confirm_data_protection(story.dpo, case=case)
    return recommendations.publish(story.chair, case=case)


def _released_minutes(story: Any, published: ReviewCase) -> Any:
    """The meeting of the published case, with minutes that the chair has signed."""
    meeting = AgendaItem.objects.get(case=published).meeting
    minutes.write(story.office, meeting=meeting, remarks="", courses={})
    minutes.release(story.chair, meeting=meeting)
    return meeting


def _held_question(story: Any) -> Inquiry:
    question = inquiries.ask(story.outsider, question="HALTEWORT: Was sagt der Rat zu Kameras?")
    until = timezone.now() + timedelta(days=1)
    with transaction.atomic():
        inquiries.InquiryKind().hold(str(question.pk), user=story.office, until=until)
    from portal.comments.domain import matters

    with transaction.atomic():
        matters.written(
            kind=inquiries.KIND,
            key=question.pk,
            author=story.outsider,
            state="held",
            rule="",
            held_until=until,
            trusted=False,
            sample=False,
            at=question.created_at,
        )
    return Inquiry.objects.get(pk=question.pk)
