"""Mails to followers: who gets one, when, what stands in it, and that nobody gets two."""

from __future__ import annotations

from datetime import datetime, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from portal.activity.domain import digests, following, stream
from portal.activity.enums import Cadence
from portal.activity.models import Activity, ActivityTopic, DigestRun, Notification
from portal.outbox.models import Mail
from projects.enums import Area

pytestmark = pytest.mark.django_db
BERLIN = ZoneInfo("Europe/Berlin")


def happen(project, title="Meilenstein erreicht", **fields) -> Activity:
    return stream.publish(
        actor=fields.pop("actor", None), verb="milestone.reached", title=title, url="/ziel/", project=project, **fields
    )


def follow(user, project, cadence=Cadence.WEEKLY, target="project"):
    object_id = project.pk if target == "project" else project.area
    return following.follow(user=user, target=target, object_id=object_id, cadence=cadence)


def start() -> datetime:
    """The worker has run before anybody followed."""
    now = timezone.now()
    digests.send_due(now)
    return now


def letters() -> list:
    return [message_from_bytes(bytes(m.message), policy=policy.default) for m in Mail.objects.order_by("pk")]


def text_of(letter) -> str:
    return letter.get_body().get_content()


def test_mail_at_once_goes_out_once_and_not_to_the_actor(make_user, make_project):
    reader, actor, project = make_user(), make_user(), make_project()
    now = start()
    for user in (reader, actor):
        follow(user, project, Cadence.AT_ONCE)
    happen(project, actor=actor, sample=True)
    assert digests.send_due(now) == 0  # it may still be on its way into the database
    assert [digests.send_due(now + timedelta(minutes=1)) for _ in range(2)] == [1, 0]
    (letter,) = letters()
    assert letter["To"] == reader.email
    assert letter["Subject"] == "Meilenstein erreicht"
    assert "[Beispieldaten]" in text_of(letter)
    assert project.title in text_of(letter)


@pytest.mark.parametrize(
    ("cadence", "now", "slot"),
    [
        (Cadence.WEEKLY, "2026-11-22 12:00", "2026-11-16 07:00"),
        (Cadence.WEEKLY, "2026-11-23 06:59", "2026-11-16 07:00"),
        (Cadence.WEEKLY, "2026-11-23 07:01", "2026-11-23 07:00"),
        (Cadence.DAILY, "2026-11-23 06:59", "2026-11-22 07:00"),
        (Cadence.DAILY, "2026-11-23 07:01", "2026-11-23 07:00"),
        (Cadence.DAILY, "2026-03-29 12:00", "2026-03-29 07:00"),
    ],
)
def test_slots_are_local_mornings(cadence, now, slot):
    at = lambda text: datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=BERLIN)  # noqa: E731
    assert digests.slot(cadence, at(now)) == at(slot)


def test_a_weekly_mail_waits_for_its_week_and_gathers(make_user, make_project):
    user, now = make_user(), start()
    for _ in range(2):
        project = make_project()
        follow(user, project)
        happen(project)
    assert digests.send_due(now + timedelta(minutes=1)) == 0
    assert digests.send_due(now + timedelta(days=7, minutes=1)) == 1
    assert letters()[0]["Subject"] == "2 Neuigkeiten für Sie"
    assert digests.send_due(now + timedelta(days=30)) == 0


def test_a_line_that_belongs_to_two_followed_things_is_told_once(make_user, make_project):
    user, project, now = make_user(), make_project(area=Area.HEALTH), start()
    follow(user, project, Cadence.AT_ONCE)
    follow(user, project, Cadence.AT_ONCE, target="area")
    happen(project, "Nur einmal")
    assert digests.send_due(now + timedelta(minutes=1)) == 1
    assert text_of(letters()[0]).count("Nur einmal") == 1


def test_nothing_new_means_no_mail(make_user, make_project):
    project, draft, now = make_project(), make_project(area=Area.HEALTH), start()
    happen(project, "Vor dem Folgen")
    follow(make_user(), project, Cadence.AT_ONCE)
    follow(make_user(), draft, Cadence.AT_ONCE)
    happen(project, audience="staff")
    happen(draft, "Entwurf")
    draft.pages.update(live=False)
    assert digests.send_due(now + timedelta(minutes=1)) == 0
    assert not Mail.objects.exists()


def test_old_news_entered_today_is_news(make_user, make_project):
    project, now = make_project(), start()
    follow(make_user(), project, Cadence.AT_ONCE)
    happen(project, occurred_at=timezone.now() - timedelta(days=3))
    assert digests.send_due(now + timedelta(minutes=1)) == 1


def test_people_without_mails_or_account_get_none(make_user, make_project):
    project, now = make_project(), start()
    gone = make_user()
    follow(gone, project, Cadence.AT_ONCE)
    gone.is_active = False
    gone.save()
    follow(make_user(), project, Cadence.NEVER)
    happen(project)
    assert digests.send_due(now + timedelta(minutes=1)) == 0


def test_notes_come_weekly_unless_read_or_chosen(make_user):
    weekly, reader, daily, now = make_user(), make_user(), make_user(), start()
    following.choose_notes_cadence(user=daily, cadence=Cadence.AT_ONCE)
    for user in (weekly, reader, daily):
        stream.notify(user=user, verb="comment.answered", title="Antwort an Sie", url="/kommentare/1/")
    following.mark_read(user=reader)
    assert digests.send_due(now + timedelta(minutes=1)) == 1
    assert letters()[0]["To"] == daily.email
    assert digests.send_due(now + timedelta(days=8)) == 1
    assert letters()[1]["To"] == weekly.email


def test_links_in_a_mail_work_and_the_header_ends_all(make_user, make_project):
    user, project, now = make_user(), make_project(), start()
    mine = follow(user, project, Cadence.AT_ONCE)
    happen(project)
    digests.send_due(now + timedelta(minutes=1))
    (letter,) = letters()
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    one = text_of(letter).split("Hierzu keine Mails mehr: ")[1].split()[0]
    assert one.startswith("http")
    Client(enforce_csrf_checks=True).post("/" + one.split("/", 3)[3])
    mine.refresh_from_db()
    assert mine.cadence == Cadence.NEVER
    follow(user, project, Cadence.DAILY)
    link = letter["List-Unsubscribe"].strip("<>").replace("\n", "").replace(" ", "")
    answer = Client(enforce_csrf_checks=True).post("/" + link.split("/", 3)[3], {"List-Unsubscribe": "One-Click"})
    mine.refresh_from_db()
    assert (answer.status_code, mine.cadence) == (200, Cadence.NEVER)


def test_a_long_list_is_cut_and_says_so(make_user, make_project):
    project, now = make_project(), start()
    follow(make_user(), project, Cadence.AT_ONCE)
    for n in range(25):
        happen(project, f"Nummer {n}")
    digests.send_due(now + timedelta(minutes=1))
    (letter,) = letters()
    assert letter["Subject"] == "25 Neuigkeiten für Sie"
    assert text_of(letter).count("Nummer") == 20
    assert "/konto/neuigkeiten/" in text_of(letter)


def test_a_line_break_in_a_title_does_not_reach_the_headers(make_user, make_project):
    project, now = make_project(), start()
    follow(make_user(), project, Cadence.AT_ONCE)
    line = happen(project, "Eins")
    Activity.objects.filter(pk=line.pk).update(title="Eins\r\nBcc: wer@evil.example")
    digests.send_due(now + timedelta(minutes=1))
    (letter,) = letters()
    assert letter["Bcc"] is None
    assert letter["Subject"] == "Eins Bcc: wer@evil.example"


def test_chunks_go_on_where_the_last_one_stopped(make_user, make_project):
    project, now = make_project(), start()
    people = [make_user() for _ in range(7)]
    for user in people:
        follow(user, project, Cadence.AT_ONCE)
    happen(project)
    later = now + timedelta(minutes=1)
    assert [digests.send_due(later, chunks=1, chunk=3) for _ in range(4)] == [3, 3, 1, 0]
    assert sorted(m.recipients.strip("|") for m in Mail.objects.all()) == sorted(u.email for u in people)
    run = DigestRun.objects.get(cadence=Cadence.AT_ONCE)
    assert (run.finished, run.cursor) == (True, people[-1].pk)


def test_what_happens_during_a_run_waits_for_the_next(make_user, make_project):
    project, now = make_project(), start()
    for _ in range(2):
        follow(make_user(), project, Cadence.AT_ONCE)
    happen(project, "Erstes")
    assert digests.send_due(now + timedelta(minutes=1), chunks=1, chunk=1) == 1
    ActivityTopic.objects.filter(activity=happen(project, "Zweites")).update(at=now + timedelta(seconds=90))
    assert digests.send_due(now + timedelta(minutes=3), chunks=1, chunk=1) == 1
    assert all("Zweites" not in text_of(letter) for letter in letters())
    assert [digests.send_due(now + timedelta(minutes=3)) for _ in range(2)] == [0, 2]  # the first finds the end
    assert all("Erstes" not in text_of(letter) for letter in letters()[2:])


def test_a_second_worker_at_the_same_place_sends_nothing(make_user, make_project):
    project, now = make_project(), start()
    follow(make_user(), project, Cadence.AT_ONCE)
    happen(project)
    later = now + timedelta(minutes=1)
    mine = digests._open(Cadence.AT_ONCE, later)
    assert digests.send_due(later) == 1
    assert digests._step(mine, {}, 100) == 0
    assert Mail.objects.count() == 1


@pytest.mark.parametrize("number", [1, 30])
def test_a_chunk_costs_the_same_for_any_number_of_people(make_user, make_project, number, django_assert_num_queries):
    projects, now = [make_project(), make_project()], start()
    for _ in range(number):
        user = make_user()
        for project in projects:
            follow(user, project, Cadence.AT_ONCE)
        stream.notify(user=user, verb="comment.answered", title="Antwort", url="/kommentare/1/")
    for project in projects:
        happen(project)
    assert Notification.objects.count() == number
    run = digests._open(Cadence.AT_ONCE, now + timedelta(minutes=1))
    with django_assert_num_queries(11):
        assert digests._step(run, {}, 100) == number


def test_an_idle_call_only_reads(make_user, make_project, django_assert_num_queries):
    follow(make_user(), make_project(), Cadence.AT_ONCE)
    now = start()
    with django_assert_num_queries(5) as queries:
        digests.send_due(now + timedelta(minutes=1))
    assert all(query["sql"].startswith("SELECT") for query in queries.captured_queries)
