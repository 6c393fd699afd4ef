"""The end of a school year, of a class, and of a teacher's account; the page and the project."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mapviews import personal_classrooms
from mapviews.domain import groups
from mapviews.domain.classroom import classes, deputy, notes, year
from mapviews.models import ClassNote, Classroom, Measurement, Pupil, Station
from portal.accounts.domain import privacy
from portal.activity.enums import Audience
from portal.activity.models import Activity
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.models import Mail
from projects import panels
from tests.mapviews.classroom.conftest import channel_of, fill

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived_in(make_classroom, join):
    """A class with values, a member and a note."""

    def make(**fields):
        classroom = make_classroom(**fields)
        channel = channel_of(classroom)
        fill(channel, [20.0, 21.0])
        pupil = join(classroom)
        notes.write(classroom=classroom, channel=channel, pupil=pupil, text="=1+1", starts=timezone.now())
        return classroom

    return make


@pytest.mark.parametrize(
    ("today", "end"),
    [
        (date(2026, 8, 20), date(2027, 7, 31)),
        (date(2026, 6, 1), date(2026, 7, 31)),
        (date(2026, 7, 20), date(2027, 7, 31)),
    ],
)
def test_the_school_year_ends_in_july(today, end):
    assert classes.school_year_end(today) == end


def test_two_weeks_before_the_teacher_hears_once(lived_in, make_user):
    classroom = lived_in()
    assert year.remind() == 0
    Classroom.objects.update(ends_on=timezone.localdate() + timedelta(days=14), deputy=make_user())
    assert year.remind() == 2
    assert year.remind() == 0
    mail = Mail.objects.filter(recipients__contains=classroom.teacher.email).get()
    assert "endet am" in mail.subject


def test_after_the_year_names_and_notes_go_and_values_stay(lived_in):
    lived_in()
    today = timezone.localdate()
    Classroom.objects.update(ends_on=today)
    moment = timezone.now() - timedelta(days=1)
    assert personal_classrooms.forget(moment, dry_run=False) == 0  # the last day is still the class's own
    Classroom.objects.update(ends_on=today - timedelta(days=1))
    assert personal_classrooms.forget(moment, dry_run=True) == 2
    assert Pupil.objects.count() == 1
    assert personal_classrooms.forget(moment, dry_run=False) == 2
    assert (Pupil.objects.count(), ClassNote.objects.count()) == (0, 0)
    assert (Station.objects.count(), Measurement.objects.count()) == (2, 2)
    assert Classroom.objects.get().join_code is None
    assert personal_classrooms.forget(moment, dry_run=False) == 0


def test_a_new_end_begins_a_new_year(lived_in):
    classroom = lived_in()
    Classroom.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    year.empty(timezone.localdate())
    classroom.refresh_from_db()
    fields = {
        n: getattr(classroom, n) for n in ("name", "description", "kind", "project", "approve_first", "is_public")
    }
    classes.change(classroom.teacher, classroom=classroom, ends_on=timezone.localdate() + timedelta(days=300), **fields)
    assert classes.set_code(classroom.teacher, classroom=classroom, is_open=True)
    assert Classroom.objects.get().emptied_at is None


def test_notes_can_be_taken_along_as_a_harmless_table(client, lived_in, make_user):
    classroom = lived_in()
    url = reverse("mapviews:classroom-export", args=[classroom.slug])
    client.force_login(make_user())
    assert client.get(url).status_code == 404
    client.force_login(classroom.teacher)
    rows = client.get(url).content.decode("utf-8-sig").splitlines()
    assert len(rows) == 2
    assert ";'=1+1;Eisvogel;" in rows[1]


def test_ending_a_class_keeps_the_stations(client, lived_in, make_user):
    classroom = lived_in(is_public=True)
    other = make_user()
    Classroom.objects.update(deputy=other)
    url = reverse("mapviews:classroom-end", args=[classroom.slug])
    client.force_login(other)
    assert client.post(url, {"confirm": "on"}).status_code == 400  # the deputy does not end it
    client.force_login(classroom.teacher)
    assert client.post(url, {}).status_code == 400
    assert client.post(url, {"confirm": "on"}).status_code == 302
    assert not Classroom.objects.exists()
    assert not Pupil.objects.exists()
    assert Station.objects.filter(owner=classroom.teacher).count() == 2
    assert set(Activity.objects.values_list("audience", flat=True)) == {Audience.STAFF}


def test_a_deputy_is_invited_by_mail_and_leads(client, lived_in, make_user):
    classroom, person, wrong = lived_in(), make_user(email="vertretung@test.example"), make_user()
    with pytest.raises(NotAllowed):
        deputy.invite(person, classroom=classroom, email="x@test.example")
    deputy.invite(classroom.teacher, classroom=classroom, email=" Vertretung@test.example ")
    body = Mail.objects.get(recipients__contains="vertretung@test.example").text
    code = body.split("/vertretung/")[1].split("/")[0]
    url = reverse("mapviews:classroom-accept", args=[code])
    client.force_login(wrong)
    assert client.post(url).status_code == 403
    client.force_login(person)
    assert client.get(url).status_code == 200
    assert Classroom.objects.get().deputy is None
    assert client.post(url).status_code == 302
    assert Classroom.objects.get().deputy == person
    assert client.get(url).status_code == 404
    assert client.get(reverse("mapviews:classroom-lead", args=[classroom.slug])).status_code == 200
    client.post(reverse("mapviews:classroom-invite", args=[classroom.slug]), {"act": "dismiss"})
    assert client.get(reverse("mapviews:classroom-lead", args=[classroom.slug])).status_code == 404


def test_erasing_the_teacher_hands_the_class_to_the_deputy(lived_in, make_user):
    classroom, person = lived_in(), make_user()
    Classroom.objects.update(deputy=person)
    token = Station.objects.order_by("pk").first().token_hash
    privacy.erase(user=None, account=classroom.teacher)
    classroom = Classroom.objects.get()
    assert (classroom.teacher, classroom.deputy) == (person, None)
    assert Station.objects.filter(owner=person, class_box__classroom=classroom).count() == 2
    assert Station.objects.filter(token_hash=token).exists()  # the boxes go on sending
    assert (Pupil.objects.count(), ClassNote.objects.count()) == (1, 1)


def test_erasing_the_teacher_without_a_deputy_ends_the_class(lived_in):
    classroom = lived_in()
    lines = [(str(fate.label), fate.number) for fate in privacy.preview(user=classroom.teacher)]
    assert ("Klassen und Gruppen ohne Vertretung, mit allen Notizen", 1) in lines
    privacy.erase(user=None, account=classroom.teacher)
    assert not Classroom.objects.exists()
    assert not Station.objects.exists()
    assert not Pupil.objects.exists()


def test_the_public_page_and_the_project_know_each_other(client, make_classroom, make_project):
    project = make_project()
    classroom = make_classroom(is_public=True, project=project, description="Wie warm ist der Schulhof?")
    page = client.get(classroom.get_absolute_url()).content.decode()
    assert project.title in page
    assert "Box 1" in page
    line = Activity.objects.get()
    assert (line.verb, line.project, line.url) == (classes.VERB, project, classroom.canonical_url)
    shown = {panel.key: panel.context for panel in panels.shown_for(project, None)}
    assert shown["classrooms"]["classrooms"] == [classroom]
    assert classroom.name in client.get(project.get_absolute_url()).content.decode()
    fields = {n: getattr(classroom, n) for n in ("name", "ends_on", "description", "kind", "approve_first")}
    classes.change(classroom.teacher, classroom=classroom, is_public=False, project=project, **fields)
    assert client.get(classroom.get_absolute_url()).status_code == 404
    assert "classrooms" not in {panel.key for panel in panels.shown_for(project, None)}
    assert Activity.objects.get().audience == Audience.STAFF
    classes.change(classroom.teacher, classroom=classroom, is_public=True, project=project, **fields)
    assert Activity.objects.get().audience == Audience.PUBLIC  # one line, not a second one


def test_groups_for_lists_and_maps(make_classroom, make_user):
    from django.contrib.auth.models import AnonymousUser

    public = make_classroom(is_public=True, name="A")
    private = make_classroom(name="B")
    make_classroom(is_public=True, name="C", boxes=0)
    home = {"exposure": "indoor", "publicity": "private"}
    make_classroom(is_public=True, name="D", box_fields=home)
    guest, open_stations = AnonymousUser(), Station.objects.public()
    assert list(groups.visible_groups(guest)) == [public]
    assert list(groups.visible_groups(private.teacher)) == [public, private]
    assert groups.for_group(open_stations, public.slug, guest).count() == 2
    assert groups.for_group(open_stations, private.slug, guest).count() == 0
    assert groups.for_group(open_stations, private.slug, private.teacher).count() == 2
    assert groups.for_group(open_stations, "gibt-es-nicht", guest).count() == 0


@pytest.mark.parametrize("boxes", [1, 30])
def test_pages_ask_the_database_as_often_for_one_box_as_for_thirty(
    client, make_classroom, join, boxes, django_assert_num_queries
):
    classroom = make_classroom(boxes=boxes, is_public=True)
    for box in classroom.boxes.all():
        fill(box.station.channels.select_related("phenomenon", "station").get(), [20.0])
    pupil = join(classroom)
    client.post(reverse("mapviews:classroom-join"), {"act": "return", "own_code": pupil.plain_code})
    with django_assert_num_queries(ROOM_QUERIES):
        client.get(reverse("mapviews:classroom-room", args=[classroom.slug]))
    with django_assert_num_queries(PUBLIC_QUERIES):
        client.get(classroom.get_absolute_url())


ROOM_QUERIES, PUBLIC_QUERIES = 7, 6


def test_creating_asks_for_an_account_a_name_and_an_end(client, make_user, make_classroom):
    url = reverse("mapviews:classroom-create")
    assert client.get(url).status_code == 302
    client.force_login(make_user())
    data = {"name": "7b", "kind": "school", "approve_first": "1", "ends_on": "2020-01-01"}
    answer = client.post(url, data)
    assert (answer.status_code, list(answer.context["form"].errors)) == (400, ["ends_on"])
    data["ends_on"] = (timezone.localdate() + timedelta(days=100)).isoformat()
    assert client.post(url, data).status_code == 302
    classroom = Classroom.objects.get()
    assert (classroom.approve_first, classroom.is_public, len(classroom.join_code)) == (True, False, 8)
    client.post(reverse("mapviews:classroom-change", args=[classroom.slug]), data | {"approve_first": "", "name": "7c"})
    classroom.refresh_from_db()
    assert (classroom.name, classroom.approve_first) == ("7c", False)
    with pytest.raises(DomainError):
        classes.create(classroom.teacher, name="", ends_on=classroom.ends_on)
