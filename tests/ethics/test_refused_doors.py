"""Doors beside the walk: what a refusal tells, what is seen before the publication, people with two offices."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group

from ethics import permissions
from ethics.domain import meetings, minutes, recommendations, review
from ethics.domain.dpia import acts as dpia_acts
from ethics.enums import CaseRole, State
from ethics.models import Opinion, ReviewCase
from portal.exceptions import DomainError, NotAllowed
from tests.ethics.test_confidentiality import body, client_of

pytestmark = pytest.mark.django_db
SUMMARY = "GEHEIMFASSUNG in einfachen Worten, für alle zu lesen."


@pytest.fixture
def preparing(story):
    """Before the publication; member 6 never declared, member 7 is recused."""
    case = story.to(State.TRIAGE)
    for member in story.members[:6]:
        review.declare(member, case=case, conflicted=False)
    review.declare(story.members[7], case=case, conflicted=True, ground="organ")
    review.assign(story.office, case=case, member=story.members[2])
    review.end_deadline(story.office, case=case, which="declarations_due", reason="Alle wissen Bescheid.")
    review.start(story.office, case=case)
    review.end_deadline(story.office, case=case, which="opinions_due", reason="Die Sitzung steht bevor.")
    case = review.unveil(story.office, case=case)
    recommendations.draft(
        story.chair,
        case=case,
        form="empfehlung_mit_auflagen",
        sentence="GEHEIMFASSUNG in einem Satz.",
        text="GEHEIMFASSUNG, ausführlich begründet.",
        conditions=[("GEHEIMFASSUNG zeigen.", None), ("GEHEIMFASSUNG löschen.", None)],
    )
    meeting = story.meeting_today()
    meetings.schedule(story.office, case=case, meeting=meeting)
    story.attend(meeting, present=6)
    story.vote(case, "jjjjjj")
    recommendations.open_dissent(story.office, case=case)
    recommendations.prepare(story.office, case=case)
    recommendations.summarise(story.office, case=case, plain_summary=SUMMARY)
    return ReviewCase.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        pytest.param(lambda s: s.office, True, id="office"),
        pytest.param(lambda s: s.dpo, True, id="dpo"),
        pytest.param(lambda s: s.communications, True, id="communications"),
        pytest.param(lambda s: s.members[3], True, id="free"),
        pytest.param(lambda s: s.members[6], False, id="undeclared"),
        pytest.param(lambda s: s.members[7], False, id="recused"),
        pytest.param(lambda s: s.lead, False, id="lead"),
    ],
)
def test_what_will_be_published_is_seen_before_by_those_who_work_on_it(story, preparing, who, reads):
    assert ("GEHEIMFASSUNG" in body(client_of(who(story)), preparing.get_office_url())) == reads


def test_a_refused_form_tells_nothing_of_what_it_was_made_from(story, preparing):
    """Neither the number of conditions nor who may report: right or wrong, the answer is the same."""
    url = preparing.get_office_url()
    for member in (story.members[6], story.members[7]):
        client = client_of(member)
        empty = client.post(f"{url}antwort/", {})
        assert empty.status_code == 403
        assert empty.content.decode().count("erforderlich") == 0
    client = client_of(story.lead)
    case = story.to(State.TRIAGE)
    review.declare(story.members[7], case=case, conflicted=True, ground="organ")
    pages = [
        client.post(f"{case.get_office_url()}berichterstattung/", {"member": member.pk})
        for member in (story.members[3], story.members[7])
    ]
    assert [page.status_code for page in pages] == [403, 403]
    texts = [page.content.decode().split('role="alert"')[1].split("</div>")[1] for page in pages]
    assert texts[0] == texts[1]


def test_whoever_a_form_is_for_reads_what_is_wrong_with_it(story):
    case = story.to(State.AWAITING_ANSWER)
    response = client_of(story.lead).post(f"{case.get_office_url()}antwort/", {})
    assert response.status_code == 422
    assert "Auflage 1" in response.content.decode()


def test_the_advice_of_communications_is_for_chair_and_office(story):
    case = story.to(State.PREPARING)
    recommendations.advise(story.communications, case=case, text="GEHEIMRAT zum Wortlaut.")
    assert "GEHEIMRAT" in body(client_of(story.office), case.get_office_url())
    for person in (story.lead, story.dpo):
        assert "GEHEIMRAT" not in body(client_of(person), case.get_office_url())


@pytest.mark.parametrize("role", ["ethics_office", "dpo", "communications"])
def test_who_is_recused_is_so_in_every_office(story, role):
    """VwVfG § 20: not as a member, and not as anything else either."""
    case = story.to(State.TRIAGE)
    member = story.members[5]
    member.groups.add(Group.objects.get(name=role))
    member = type(member).objects.get(pk=member.pk)
    review.declare(member, case=case, conflicted=True, ground="beschaeftigung")
    assert permissions.case_roles(member, case) == frozenset()
    assert not permissions.can_read_paper(member, case)
    assert "Bodenfeuchte" not in body(client_of(member), case.get_office_url())
    with pytest.raises(NotAllowed):
        review.assign(member, case=case, member=story.members[2])
    assert CaseRole.OFFICE in permissions.case_roles(story.office, case)


def test_member_who_comes_to_lead_the_project_reads_no_opinion_any_more(story):
    case = story.to(State.READY)
    member = story.members[4]
    assert Opinion.objects.visible_to(member).filter(case=case).count() == 8
    story.project.lead = member
    story.project.save()
    assert list(Opinion.objects.visible_to(member).filter(case=case)) == [case.opinions.get(member=member)]


def test_a_redacted_summary_needs_its_reason_too(story):
    case = story.to(State.PREPARING)
    plain = "Der Rat findet die Sensoren gut [[und den Anbieter nicht]], und sagt warum."
    recommendations.summarise(story.office, case=case, plain_summary=plain)
    recommendations.confirm_data_protection(story.dpo, case=case)
    with pytest.raises(DomainError) as caught:
        recommendations.publish(story.chair, case=case)
    assert caught.value.code == "redaction_reason_missing"


def test_attendance_stays_once_the_minutes_are_released(story):
    case = story.to(State.DECIDED)
    meeting = case.agenda_items.get().meeting
    minutes.release(story.chair, meeting=meeting)
    with pytest.raises(DomainError) as caught:
        story.attend(meeting, present=3)
    assert caught.value.code == "released"
    assert meeting.attendances.filter(presence="anwesend").count() == 8


def test_readers_of_the_paper_find_the_assessment_of_the_case_once_it_was_handed_over(story, make_user):
    case = story.to(State.READY)
    found = dpia_acts.begin(story.lead, title="DSFA der Sensoren", case=case)
    found = dpia_acts.begin_editing(story.lead, dpia=found, reason="Der Vorgang ist neu und umfangreich.")
    page = body(client_of(story.members[3]), case.get_office_url())
    assert "DSFA der Sensoren" not in page
    for key in ("D1", "D2", "D3", "D4"):
        dpia_acts.save_section(story.lead, dpia=found, key=key, text=f"{key}: ausführlich beschrieben.", owner="")
    rated = {"inherent": [3, 3], "planned": [2, 2], "residual": [2, 1]}
    dpia_acts.save_risk(story.lead, dpia=found, risk={"title": "Ortung", "kind": "ereignis", **rated})
    dpia_acts.hand_over(story.lead, dpia=found, releaser=make_user("project_lead"))
    page = body(client_of(story.members[3]), case.get_office_url())
    assert found.get_office_url() in page
    assert "DSFA der Sensoren" in body(client_of(story.members[3]), found.get_office_url())
