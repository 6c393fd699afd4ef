"""Members join with a code and a pseudonym; a cookie of one room is all that knows them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from mapviews.domain.classroom import classes, pupils
from mapviews.models import Classroom, Pupil
from mapviews.views.classroom.access import COOKIE, MOST_WRONG
from portal.exceptions import DomainError, NotAllowed
from tests.mapviews.classroom.conftest import channel_of, fill

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_tries():
    cache.clear()


def enter(client, classroom, pseudonym="Eisvogel"):
    url = reverse("mapviews:classroom-join")
    return client.post(url, {"act": "join", "code": classroom.join_code.lower(), "pseudonym": pseudonym})


def test_joining_sets_one_cookie_for_that_room_alone(client, make_classroom):
    classroom = make_classroom()
    answer = enter(client, classroom)
    assert answer.status_code == 302
    room = reverse("mapviews:classroom-room", args=[classroom.slug])
    assert answer["Location"] == room
    cookie = answer.cookies[COOKIE]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (room, True, "Strict", "")
    assert set(client.cookies) == {COOKIE}
    pupil = Pupil.objects.get()
    assert pupil.pseudonym == "Eisvogel"
    assert cookie.value not in str(Pupil.objects.values().get())
    page = client.get(room).content.decode()
    assert "Box 1" in page
    assert cookie.value in page


def test_a_page_of_the_room_leads_strangers_to_the_code(client, make_classroom, make_user):
    classroom = make_classroom()
    station = classroom.boxes.first().station
    pages = [
        reverse("mapviews:classroom-room", args=[classroom.slug]),
        reverse("mapviews:classroom-compare", args=[classroom.slug]),
        reverse("mapviews:classroom-box", args=[classroom.slug, station.slug]),
        reverse("mapviews:classroom-room", args=["gibt-es-nicht"]),
    ]
    for url in pages:
        assert client.get(url)["Location"] == reverse("mapviews:classroom-join")
    data = reverse("mapviews:classroom-box-data", args=[classroom.slug, station.slug])
    assert client.get(data).status_code == 404
    assert client.get(reverse("mapviews:classroom-stamp", args=[classroom.slug])).status_code == 404
    client.force_login(make_user())
    assert client.get(pages[0])["Location"] == reverse("mapviews:classroom-join")
    assert client.get(reverse("mapviews:classroom-detail", args=[classroom.slug])).status_code == 404


def test_a_member_of_one_class_is_a_stranger_in_another(client, make_classroom):
    first, second = make_classroom(), make_classroom(name="Klasse 8a")
    enter(client, first)
    code = client.cookies[COOKIE].value
    client.cookies[COOKIE] = code  # sent everywhere, as a tampered browser would
    url = reverse("mapviews:classroom-room", args=[second.slug])
    assert client.get(url)["Location"] == reverse("mapviews:classroom-join")


def test_the_own_code_brings_back_from_another_device(client, make_classroom, join):
    classroom = make_classroom()
    pupil = join(classroom)
    typed = f" {pupil.plain_code[:6].lower()}-{pupil.plain_code[6:]} "
    answer = client.post(reverse("mapviews:classroom-join"), {"act": "return", "own_code": typed})
    assert answer["Location"] == reverse("mapviews:classroom-room", args=[classroom.slug])
    assert client.get(answer["Location"]).context["visitor"].pupil == pupil


@pytest.mark.parametrize("pseudonym", ["", "x" * 31, "eisvogel", "www.example.de", "0171 2345678"])
def test_names_that_do_not_go(client, make_classroom, join, pseudonym):
    classroom = make_classroom()
    join(classroom)
    answer = enter(client, classroom, pseudonym)
    assert answer.status_code in (400, 409)
    assert Pupil.objects.count() == 1
    assert COOKIE not in answer.cookies


def test_a_closed_or_renewed_code_takes_nobody(make_classroom, join):
    classroom = make_classroom()
    old = classroom.join_code
    new = classes.set_code(classroom.teacher, classroom=classroom, is_open=True)
    assert new != old
    for code in (old, "", "ABC"):
        with pytest.raises(DomainError) as error:
            pupils.join(code=code, pseudonym="Otter")
        assert error.value.code == "no_class"
    join(classroom, "Otter")
    classes.set_code(classroom.teacher, classroom=classroom, is_open=False)
    with pytest.raises(DomainError):
        pupils.join(code=new, pseudonym="Dachs")
    assert Classroom.objects.get().pupils.count() == 1


def test_a_full_class_takes_nobody(make_classroom, join, monkeypatch):
    classroom = make_classroom(boxes=0)
    monkeypatch.setattr(pupils, "MOST_PUPILS", 1)
    join(classroom)
    with pytest.raises(DomainError) as error:
        join(classroom, "Otter")
    assert error.value.code == "full"


def test_guessing_codes_ends_soon_and_tells_nothing(client, make_classroom):
    classroom = make_classroom()
    url = reverse("mapviews:classroom-join")
    for number in range(MOST_WRONG):
        act = {"act": "join", "code": f"XXXX{number:04d}", "pseudonym": "Otter"}
        if number % 2:
            act = {"act": "return", "own_code": f"XXXXXXXX{number:04d}"}
        assert client.post(url, act).status_code in (400, 404)
    assert enter(client, classroom).status_code == 429
    assert not Pupil.objects.exists()


def test_leaving_keeps_or_deletes(client, make_classroom):
    classroom = make_classroom()
    enter(client, classroom)
    url = reverse("mapviews:classroom-leave", args=[classroom.slug])
    answer = client.post(url, {"act": "out"})
    assert answer.cookies[COOKIE]["max-age"] == 0
    assert Pupil.objects.count() == 1
    client.cookies.clear()
    enter(client, classroom, "Otter")
    client.post(url, {"act": "delete"})
    assert list(Pupil.objects.values_list("pseudonym", flat=True)) == ["Eisvogel"]


def test_the_teacher_removes_a_member_at_once(client, make_classroom, join, make_user):
    classroom = make_classroom()
    pupil = join(classroom)
    with pytest.raises(NotAllowed):
        pupils.remove(make_user(), pupil=pupil)
    client.force_login(classroom.teacher)
    client.post(reverse("mapviews:classroom-remove-pupil", args=[classroom.slug, pupil.uuid]))
    assert pupils.find(pupil.plain_code) is None
    assert not Pupil.objects.exists()


def test_after_the_year_the_room_is_closed(make_classroom, join):
    classroom = make_classroom()
    pupil = join(classroom)
    Classroom.objects.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert pupils.find(pupil.plain_code) is None
    with pytest.raises(DomainError) as error:
        pupils.join(code=classroom.join_code, pseudonym="Otter")
    assert error.value.code == "class_over"


def test_homes_show_the_class_daily_means_only(client, make_classroom):
    home = {"exposure": "indoor", "publicity": "private"}
    classroom = make_classroom(boxes=1, box_fields=home)
    channel = channel_of(classroom)
    fill(channel, [11.5, 99.25, 12.5])
    enter(client, classroom)
    station = channel.station
    room = client.get(reverse("mapviews:classroom-room", args=[classroom.slug])).content.decode()
    assert "Die Klasse sieht Tagesmittel" in room
    assert "12,5" not in room
    assert client.get(reverse("mapviews:classroom-stamp", args=[classroom.slug])).json() == {"stamp": 0}
    data = reverse("mapviews:classroom-box-data", args=[classroom.slug, station.slug])
    shown = client.get(data, {"kanal": channel.pk, "zeitraum": "tag"}).json()
    assert shown["x"] == []
    moment = timezone.localtime()
    query = {
        "a": channel.pk, "b": channel.pk,
        "von": (moment - timedelta(hours=6)).strftime("%Y-%m-%dT%H:%M"),
        "bis": (moment + timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    assert client.get(reverse("mapviews:classroom-compare-data", args=[classroom.slug]), query).json()["x"] == []


def test_boxes_in_the_school_show_the_class_every_value_and_nobody_else(client, make_classroom):
    school = {"exposure": "indoor", "publicity": "private", "at_school": True}
    classroom = make_classroom(boxes=1, box_fields=school)
    channel = channel_of(classroom)
    fill(channel, [11.5, 12.5])
    assert client.get(channel.station.get_absolute_url()).status_code == 404
    enter(client, classroom)
    assert "12,5" in client.get(reverse("mapviews:classroom-room", args=[classroom.slug])).content.decode()
    assert client.get(channel.station.get_absolute_url()).status_code == 404
    data = reverse("mapviews:classroom-box-data", args=[classroom.slug, channel.station.slug])
    shown = client.get(data, {"kanal": channel.pk, "zeitraum": "tag"}).json()
    assert shown["series"][0]["values"] == [11.5, 12.5]
