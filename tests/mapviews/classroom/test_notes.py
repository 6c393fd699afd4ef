"""Notes: the teacher decides in the class, the moderation before everyone; nothing is told of homes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from mapviews.domain.classroom import classes, moderation, notes
from mapviews.enums import NoteRelease, NoteState
from mapviews.models import ClassNote, Classroom
from portal.accounts.enums import Role
from portal.comments import kinds
from portal.comments.enums import Lane, State
from portal.comments.models import Matter
from portal.exceptions import DomainError, NotAllowed
from tests.mapviews.classroom.conftest import channel_of, fill

pytestmark = pytest.mark.django_db


def change(classroom, **fields):
    names = ("name", "ends_on", "description", "kind", "project", "approve_first", "is_public")
    now = {name: getattr(classroom, name) for name in names}
    return classes.change(classroom.teacher, classroom=classroom, **(now | fields))


@pytest.fixture
def scene(make_classroom, join):
    """A public class with values, two members, and a writer of notes."""
    classroom = make_classroom(is_public=True)
    channel = channel_of(classroom)
    fill(channel, [20.0, 21.0, 22.0])
    pupil, other = join(classroom, "Eisvogel"), join(classroom, "Otter")

    def write(text="Fenster geöffnet", **fields):
        fields = {"pupil": pupil, "starts": timezone.now() - timedelta(minutes=10)} | fields
        return notes.write(classroom=classroom, channel=channel, text=text, **fields)

    return classroom, channel, pupil, other, write


def texts(rows):
    return [note.text for note in rows]


def test_a_note_waits_for_the_teacher(scene):
    classroom, _channel, pupil, other, write = scene
    note = write()
    assert note.state == NoteState.WAITING
    assert texts(notes.readable(classroom, pupil=pupil)) == ["Fenster geöffnet"]
    assert texts(notes.readable(classroom, pupil=other)) == []
    notes.show(classroom.teacher, note=note)
    assert texts(notes.readable(classroom, pupil=other)) == ["Fenster geöffnet"]
    assert texts(notes.public(classroom)) == []
    assert not Matter.objects.filter(kind=moderation.NOTE_KEY).exists()  # nobody outside has to read it


def test_a_class_may_see_notes_at_once_but_not_what_a_rule_hits(scene):
    classroom, _channel, _pupil, other, write = scene
    change(classroom, approve_first=False)
    write("Heizung an")
    write("Ruf mich an 0171 2345678")
    assert texts(notes.readable(classroom, pupil=other)) == ["Heizung an"]


def test_the_public_reads_released_notes_without_the_name(client, scene):
    classroom, _channel, _pupil, _other, write = scene
    note = write()
    url = classroom.get_absolute_url()
    assert "Fenster geöffnet" not in client.get(url).content.decode()
    client.force_login(classroom.teacher)
    client.post(reverse("mapviews:classroom-decide", args=[classroom.slug, note.uuid]), {"act": "publish"})
    client.logout()
    page = client.get(url).content.decode()
    assert "Fenster geöffnet" in page
    assert "Eisvogel" not in page
    assert client.cookies.get("klasse") is None
    matter = Matter.objects.get(kind=moderation.NOTE_KEY)
    assert (matter.object_key, matter.lane, matter.author) == (str(note.uuid), Lane.NEW, None)
    notes.unpublish(classroom.teacher, note=ClassNote.objects.get())
    assert "Fenster geöffnet" not in client.get(url).content.decode()


def test_notes_at_homes_are_never_public(make_classroom, join):
    classroom = make_classroom(
        is_public=True, boxes=1, box_fields={"exposure": "indoor", "publicity": "daily", "at_school": True}
    )
    pupil = join(classroom)
    fields = {"classroom": classroom, "channel": channel_of(classroom), "text": "Fenster auf", "starts": timezone.now()}
    note = notes.write(pupil=pupil, **fields)
    with pytest.raises(DomainError) as error:
        notes.publish(classroom.teacher, note=note)
    assert error.value.code == "not_at_homes"
    classroom.boxes.update(at_school=False)
    with pytest.raises(DomainError) as error:
        notes.write(pupil=pupil, **fields)
    assert error.value.code == "daily_only"


def test_a_station_that_becomes_private_takes_its_notes_along(scene):
    classroom, channel, _pupil, _other, write = scene
    notes.publish(classroom.teacher, note=write())
    assert len(notes.public(classroom)) == 1
    station = channel.station
    station.publicity = "private"
    station.save()
    assert len(notes.public(classroom)) == 0


def test_the_moderation_holds_hides_and_deletes(scene, make_user):
    classroom, _channel, _pupil, other, write = scene
    moderator = make_user(Role.MODERATOR)
    kind = kinds.get(moderation.NOTE_KEY)
    note = write("Ruft an: 0171 2345678")
    notes.publish(classroom.teacher, note=note)
    note.refresh_from_db()
    assert (note.release, Matter.objects.get(kind=moderation.NOTE_KEY).lane) == (NoteRelease.HELD, Lane.HELD)
    assert len(notes.public(classroom)) == 0
    key = str(note.uuid)
    assert not kind.visible_to(key, AnonymousUser())
    kind.show(key, user=moderator)
    assert len(notes.public(classroom)) == 1
    assert kind.visible_to(key, AnonymousUser())
    kind.hide(key, user=moderator, reason="personal_data")
    note.refresh_from_db()
    assert kind.pieces([key])[key].state == State.HIDDEN
    assert texts(notes.readable(classroom, pupil=other)) == []
    with pytest.raises(DomainError) as error:
        notes.publish(classroom.teacher, note=note)
    assert error.value.code == "withdrawn"
    kind.delete(key, user=moderator, reason="personal_data")
    assert ClassNote.objects.get().text == ""
    with pytest.raises(DomainError):
        kind.show(key, user=moderator)
    assert "Eisvogel" not in str(kind.pieces([key]))


def test_the_page_of_a_class_comes_before_the_moderation(client, make_classroom, make_user):
    classroom = make_classroom(name="Ruft uns an 0171 2345678", is_public=True)
    classroom.refresh_from_db()
    assert classroom.withheld
    assert client.get(classroom.get_absolute_url()).status_code == 404
    kind, moderator = kinds.get(moderation.CLASS_KEY), make_user(Role.MODERATOR)
    kind.show(str(classroom.pk), user=moderator)
    assert client.get(classroom.get_absolute_url()).status_code == 200
    kind.hide(str(classroom.pk), user=moderator, reason="personal_data")
    assert client.get(classroom.get_absolute_url()).status_code == 404
    classroom = change(Classroom.objects.get(), name="Klasse 7b")
    assert client.get(classroom.get_absolute_url()).status_code == 404  # what was hidden stays so until decided
    kind.delete(str(classroom.pk), user=moderator, reason="personal_data")
    assert Classroom.objects.get().name == f"Klasse {classroom.pk}"


def test_a_member_reports_and_deletes(client, scene):
    classroom, channel, _pupil, other, write = scene
    note = write("gemein")
    notes.show(classroom.teacher, note=note)
    room = reverse("mapviews:classroom-join")
    client.post(room, {"act": "return", "own_code": other.plain_code})
    url = reverse("mapviews:classroom-note", args=[classroom.slug, note.uuid])
    client.post(url, {"act": "delete"})
    assert ClassNote.objects.count() == 1  # only one's own
    client.post(url, {"act": "report"})
    note.refresh_from_db()
    assert note.state == NoteState.WAITING
    assert texts(notes.readable(classroom, pupil=other)) == []
    post = reverse("mapviews:classroom-box", args=[classroom.slug, channel.station.slug])
    local = timezone.localtime(timezone.now() - timedelta(minutes=5)).strftime("%Y-%m-%dT%H:%M")
    assert client.post(post, {"text": "Rollo unten", "starts": local}).status_code == 302
    own = ClassNote.objects.get(text="Rollo unten")
    assert (own.pupil, own.author, own.state) == (other, None, NoteState.WAITING)
    client.post(reverse("mapviews:classroom-note", args=[classroom.slug, own.uuid]), {"act": "delete"})
    assert texts(ClassNote.objects.all()) == ["gemein"]


def test_the_teachers_notes_stand_at_once_and_cannot_be_reported(scene):
    classroom, _channel, pupil, _other, write = scene
    note = write("Lüften wir jetzt!", pupil=None, user=classroom.teacher)
    assert (note.state, note.author) == (NoteState.SHOWN, classroom.teacher)
    with pytest.raises(NotAllowed):
        notes.report(pupil=pupil, note=note)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": "   "}, "empty"),
        ({"text": "x" * 281}, "too_long"),
        ({"text": "siehe www.example.de"}, "links"),
        ({"starts": timezone.now() + timedelta(hours=2)}, "bad_time"),
        ({"starts": timezone.now() - timedelta(days=20_000)}, "bad_time"),
        ({"ends": timezone.now() - timedelta(days=2)}, "bad_time"),
    ],
)
def test_what_a_note_cannot_be(scene, fields, code):
    with pytest.raises(DomainError) as error:
        scene[-1](**fields)
    assert error.value.code == code
    assert not ClassNote.objects.exists()


def test_strangers_and_other_classes_write_nothing(scene, make_classroom, make_user, join):
    _classroom, channel, _pupil, _other, write = scene
    elsewhere = make_classroom(name="8a")
    stranger = join(elsewhere)
    for fields in ({"pupil": stranger}, {"pupil": None, "user": make_user()}, {"pupil": None, "user": AnonymousUser()}):
        with pytest.raises(NotAllowed):
            write(**fields)
    with pytest.raises(DomainError) as error:
        notes.write(classroom=elsewhere, channel=channel, pupil=stranger, text="x", starts=timezone.now())
    assert error.value.code == "no_box"
    note = write()
    for act in (notes.show, notes.hide, notes.publish, notes.unpublish):
        with pytest.raises(NotAllowed):
            act(elsewhere.teacher, note=note)


def test_many_notes_an_hour_are_refused(scene, monkeypatch):
    monkeypatch.setattr(notes, "MOST_AN_HOUR", 2)
    write = scene[-1]
    write("eins"), write("zwei")
    with pytest.raises(DomainError) as error:
        write("drei")
    assert (error.value.code, error.value.status) == ("too_many", 429)


def test_the_line_carries_notes_and_two_boxes_lie_over_each_other(client, scene, join):
    classroom, channel, pupil, _other, write = scene
    second = channel_of(classroom, 2)
    fill(second, [10.0, 11.0, 12.0])
    write("Fenster auf")
    client.post(reverse("mapviews:classroom-join"), {"act": "return", "own_code": pupil.plain_code})
    data = reverse("mapviews:classroom-box-data", args=[classroom.slug, channel.station.slug])
    line, dots = client.get(data, {"kanal": channel.pk}).json()["series"]
    assert line["values"] == [20.0, 21.0, 22.0]
    assert (dots["points"], dots["values"]) == (True, [None, 21.0, None])
    moment = timezone.localtime()
    query = {
        "a": channel.pk, "b": second.pk,
        "von": (moment - timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
        "bis": (moment + timedelta(minutes=2)).strftime("%Y-%m-%dT%H:%M"),
    }  # fmt: skip
    page = client.get(reverse("mapviews:classroom-compare", args=[classroom.slug]), query)
    assert [side["span"].mean for side in page.context["spans"]] == [21.0, 11.0]
    assert page.context["difference"] == -10.0
    both = client.get(reverse("mapviews:classroom-compare-data", args=[classroom.slug]), query).json()["series"]
    assert [row["label"] for row in both] == ["Box 1", "Box 2"]
    assert [v for v in both[1]["values"] if v is not None] == [10.0, 11.0, 12.0]
    wrong = client.get(reverse("mapviews:classroom-compare", args=[classroom.slug]), query | {"bis": query["von"]})
    assert wrong.status_code == 400
    foreign = query | {"b": "999999"}
    assert client.get(reverse("mapviews:classroom-compare-data", args=[classroom.slug]), foreign).status_code == 400


def test_a_span_is_compared_with_the_one_before(client, scene):
    classroom, channel, _pupil, _other, _write = scene
    client.force_login(classroom.teacher)
    box = client.get(reverse("mapviews:classroom-box", args=[classroom.slug, channel.station.slug]))
    page = client.get(reverse("mapviews:classroom-compare", args=[classroom.slug]) + "?" + box.context["yesterday"])
    assert page.status_code == 200
    assert [side["label"] for side in page.context["spans"]] == ["später", "früher"]
