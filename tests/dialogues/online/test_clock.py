"""The city answers, and past the deadline everyone can see that it did not."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from dialogues.domain.online import answers, overdue, writing
from dialogues.models import Answer, Contribution
from portal import audit
from portal.accounts import todo
from portal.accounts.enums import Role
from portal.activity.models import Activity, Notification
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.models import Mail

from .conftest import OFFICE

pytestmark = pytest.mark.django_db


def test_past_the_deadline_it_is_public_on_the_list_in_the_outbox_and_above_the_queue(
    dialogue, write, lead, moderator, browse, client
):
    contribution = write(dialogue, "Mehr Bänke")
    url = contribution.get_absolute_url()
    before = contribution.answer_due - timedelta(minutes=1)
    after = contribution.answer_due + timedelta(minutes=1)
    with time_machine.travel(before, tick=False):
        assert "Antwort bis" in client.get(url).content.decode()
        assert "überfällig" not in client.get(url).content.decode()
        overdue.tell()
        assert not Mail.objects.exists()
    with time_machine.travel(after, tick=False):
        for path in (url, dialogue.get_absolute_url(), f"{dialogue.get_absolute_url()}?antwort=ueberfaellig"):
            page = client.get(path).content.decode()
            assert "Antwort überfällig seit" in page, path
            assert "Mehr Bänke" in page
        assert client.get("/api/v1/contributions").json()["items"][0]["overdue"] is True
        listed = browse(lead).get("/dialoge/antworten/").content.decode()
        assert "1 Antwort ist überfällig" in listed
        assert "Mehr Bänke" in listed
        assert [str(item.title) for item in todo.items_for(lead)] == ["1 Antwort ist überfällig"]
        assert "1 Antwort ist überfällig" in browse(moderator).get("/moderation/").content.decode()
        overdue.tell()
        overdue.tell()
        mail = Mail.objects.get()
        assert mail.addresses == [lead.email]
        assert mail.subject == f"Frist verstrichen: 1 Beitrag wartet auf Antwort ({OFFICE})"
        assert url in mail.text
        answers.answer(user=lead, contribution=contribution, status="accepted", reason="Sie kommen im Mai.")
        assert "überfällig" not in client.get(url).content.decode()
        assert "Mehr Bänke" not in browse(lead).get("/dialoge/antworten/").content.decode()


def test_nobody_in_the_department_means_the_communications_hear_of_it(dialogue, write, editor):
    contribution = write(dialogue)
    with time_machine.travel(contribution.answer_due + timedelta(days=1), tick=False):
        overdue.tell()
    assert Mail.objects.get().addresses == [editor.email]


def test_many_late_ones_of_one_department_are_one_mail(dialogue, write, lead):
    due = [write(dialogue, f"Bank {number}").answer_due for number in range(3)]
    with time_machine.travel(max(due) + timedelta(days=1), tick=False):
        overdue.tell()
    assert Mail.objects.get().subject.startswith("Frist verstrichen: 3 Beiträge")


def test_a_line_break_in_the_department_stays_out_of_the_subject(dialogue, write, lead):
    contribution = write(dialogue)
    Contribution.objects.update(department="Amt\r\nBcc: evil@example.org")
    with time_machine.travel(contribution.answer_due + timedelta(days=1), tick=False):
        overdue.tell()
    assert "\n" not in Mail.objects.filter().first().subject if Mail.objects.exists() else True
    assert not Mail.objects.to_address("evil@example.org").exists()


def test_the_clock_runs_from_the_day_a_letter_came(dialogue, moderator):
    received = timezone.now() - timedelta(days=3)
    row = writing.record(
        user=moderator,
        dialogue=dialogue,
        channel="letter",
        received_at=received,
        kind="idea",
        category=dialogue.categories.first(),
        title="Aus einem Brief",
        text="Bitte mehr Licht.",
    )
    expected = timezone.localtime(received).date() + timedelta(days=28)
    assert timezone.localtime(row.answer_due).date() == expected


def test_every_answer_stays_and_the_newest_counts(dialogue, write, lead, client):
    contribution = write(dialogue)
    due = timezone.localdate() + timedelta(days=20)
    answers.answer(user=lead, contribution=contribution, status="in_review", reason="Wir rechnen.", due=due)
    contribution.refresh_from_db()
    assert (contribution.status, timezone.localtime(contribution.answer_due).date()) == ("in_review", due)
    assert contribution.is_waiting
    answers.answer(user=lead, contribution=contribution, status="rejected", reason="Der Boden trägt das nicht.")
    contribution.refresh_from_db()
    assert (contribution.status, contribution.is_waiting) == ("rejected", False)
    page = client.get(contribution.get_absolute_url()).content.decode()
    assert page.index("Der Boden trägt das nicht.") < page.index("Wir rechnen.")
    assert [str(row.status) for row in Answer.objects.all()] == ["in_review", "rejected"]
    assert Activity.objects.filter(verb="contribution.answered").count() == 2
    assert Notification.objects.filter(user=contribution.author, verb="contribution.answered").count() == 2
    assert audit.verify().ok


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"status": "open"}, "bad_status"),
        ({"status": "quatsch"}, "bad_status"),
        ({"reason": " \u202e "}, "empty"),
        ({"reason": "x" * 3001}, "too_long"),
        ({"status": "in_review"}, "no_due"),
        ({"due": timezone.localdate() - timedelta(days=1)}, "due_past"),
    ],
)
def test_a_bad_answer_changes_nothing(dialogue, write, lead, fields, code):
    contribution = write(dialogue)
    with pytest.raises(DomainError, match=code):
        answers.answer(user=lead, contribution=contribution, **({"status": "accepted", "reason": "Ja, gern."} | fields))
    contribution.refresh_from_db()
    assert (Answer.objects.count(), contribution.status) == (0, "open")


def test_who_answers(dialogue, write, make_user, editor, lead, moderator, citizen, browse):
    contribution = write(dialogue)
    elsewhere = make_user(Role.PROJECT_LEAD, department="Amt für IT")
    for person in (citizen, moderator, elsewhere):
        with pytest.raises(NotAllowed):
            answers.answer(user=person, contribution=contribution, status="accepted", reason="Ja, gern.")
        url = f"{contribution.get_absolute_url()}antworten/"
        assert browse(person).get(url).status_code == 404
    for person in (editor, lead):
        answers.answer(user=person, contribution=contribution, status="accepted", reason="Ja, gern.")


def test_the_lead_of_the_project_answers_in_any_department(make_dialogue, make_project, make_user, write):
    owner = make_user(Role.PROJECT_LEAD, department="Ganz woanders")
    dialogue = make_dialogue(project=make_project(lead=owner))
    contribution = write(dialogue)
    answers.answer(user=owner, contribution=contribution, status="accepted", reason="Ja, gern.")
    assert Answer.objects.get().department == OFFICE


def test_milestone_and_result_stand_on_both_pages(make_dialogue, make_project, editor, write, client):
    from projects.domain.life import add_milestone

    project, other = make_project(), make_project()
    dialogue = make_dialogue(project=project)
    contribution = write(dialogue, "Sprechstunde am Abend")
    milestone = add_milestone(editor, project=project, title="Probe per Video", on=timezone.localdate())
    foreign = add_milestone(editor, project=other, title="Fremd", on=timezone.localdate())
    given = {"user": editor, "contribution": contribution, "status": "accepted", "reason": "Wir probieren es."}
    with pytest.raises(DomainError, match="bad_milestone"):
        answers.answer(**given, milestone=foreign)
    answers.answer(**given, milestone=milestone)
    page = client.get(contribution.get_absolute_url()).content.decode()
    assert "Meilenstein: Probe per Video" in page
    project_page = client.get(project.get_absolute_url()).content.decode()
    assert "Sprechstunde am Abend" in project_page
    assert "Meilenstein: <span>Probe per Video" in project_page
    assert "Antwort der Stadt zu „Sprechstunde am Abend“: Angenommen" in project_page


def test_assigning_moves_list_and_clock(dialogue, write, moderator, lead, make_user, browse):
    contribution = write(dialogue)
    due = timezone.localdate() + timedelta(days=3)
    url = f"{contribution.get_absolute_url()}zustaendig/"
    assert browse(make_user()).post(url, {"department": "X", "due": due.isoformat()}).status_code == 404
    browse(moderator).post(url, {"department": "Amt für IT", "due": due.isoformat()})
    contribution.refresh_from_db()
    assert (contribution.department, timezone.localtime(contribution.answer_due).date()) == ("Amt für IT", due)
    assert contribution.title not in browse(lead).get("/dialoge/antworten/").content.decode()


def test_outsiders_do_not_see_the_list(client, citizen, browse):
    assert client.get("/dialoge/antworten/").status_code == 404
    assert browse(citizen).get("/dialoge/antworten/").status_code == 404
