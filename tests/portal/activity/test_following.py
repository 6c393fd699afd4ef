"""Follow, read, get mail, stop it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import signing
from django.test import Client

from portal.accounts.domain import privacy
from portal.activity.domain import following, stream
from portal.activity.enums import Cadence
from portal.activity.models import Activity, Follow, Notification, Preference
from portal.comments.domain import writing
from portal.exceptions import DomainError
from projects.enums import Area

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def happen(project, **fields) -> Activity:
    fields.setdefault("actor", None)
    fields.setdefault("title", "Meilenstein erreicht")
    return stream.publish(verb="milestone.reached", url="/ziel/", project=project, **fields)


def follow_project(user, project, cadence=Cadence.WEEKLY) -> Follow:
    return following.follow(user=user, target="project", object_id=project.pk, cadence=cadence)


def test_following_by_form(make_user, make_project):
    user, project = make_user(), make_project()
    client, path = signed_in(user), f"/folgen/project/{project.pk}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"cadence": "stündlich"}).status_code == 400
    for cadence in ("daily", "at_once"):
        assert client.post(path, {"cadence": cadence})["Location"] == project.get_absolute_url()
        assert Follow.objects.get().cadence == cadence
    client.post(path, {"stop": "1"})
    assert Follow.objects.count() == 0


def test_following_needs_an_account_and_a_visible_project(make_user, make_project):
    draft = make_project(live=False)
    path = f"/folgen/project/{draft.pk}/"
    assert Client().get(path)["Location"] == f"/konto/login/?next={path}"
    assert signed_in(make_user()).post(path, {"cadence": "daily"}).status_code == 404
    for user, code in ((AnonymousUser(), "sign_in"), (make_user(), "no_target")):
        with pytest.raises(DomainError, match=code):
            following.follow(user=user, target="project", object_id=draft.pk)
    with pytest.raises(DomainError, match="no_cadence"):
        following.follow(user=make_user(), target="project", object_id=make_project().pk, cadence="nie")


def test_the_list_shows_notes_and_news_since_following(make_user, make_project):
    user, project = make_user(), make_project()
    happen(project, title="Vor dem Folgen")
    follow_project(user, project)
    happen(project, title="Nach dem Folgen")
    happen(make_project(area=Area.HEALTH), title="Anderswo")
    answer = stream.notify(user=user, verb="comment.answered", title="Antwort an Sie", url="/kommentare/1/")
    stream.notify(user=user, verb="comment.answered", title="Noch eine Antwort", url="/kommentare/3/")
    stream.notify(user=make_user(), verb="comment.answered", title="Antwort an andere", url="/kommentare/2/")
    client = signed_in(user)
    page = client.get("/konto/neuigkeiten/").text
    assert "Nach dem Folgen" in page
    assert "Antwort an Sie" in page
    assert "2 ungelesen" in page
    for words in ("Vor dem Folgen", "Anderswo", "Antwort an andere"):
        assert words not in page
    assert client.post("/konto/neuigkeiten/gelesen/", {"note": answer.pk})["Location"] == "/kommentare/1/"
    assert "1 ungelesen" in client.get("/konto/neuigkeiten/").text
    client.post("/konto/neuigkeiten/gelesen/")
    page = client.get("/konto/neuigkeiten/").text
    assert "ungelesen" not in page
    assert "note--unread" not in page
    assert Notification.objects.filter(read_at=None).count() == 1


def test_a_note_of_someone_else_stays_unread(make_user):
    note = stream.notify(user=make_user(), verb="comment.answered", title="Antwort", url="/geheim/")
    answer = signed_in(make_user()).post("/konto/neuigkeiten/gelesen/", {"note": note.pk})
    assert answer["Location"] == "/konto/neuigkeiten/"
    note.refresh_from_db()
    assert note.read_at is None


@pytest.mark.parametrize(
    ("target", "object_id"), [("area", "umwelt"), ("district", "elsen"), ("thread", "comment"), ("project", "project")]
)
def test_every_kind_can_be_followed_and_hears_of_its_lines(make_user, make_project, target, object_id):
    user, project = make_user(), make_project(area=Area.ENVIRONMENT)
    project.places.create(name="Elsen", lat=51.7, lng=8.7, radius_m=10, confidence="low", district="elsen")
    first = writing.create(user=make_user(), thread=project.thread, text="Ein erster Kommentar zum Projekt.")
    number = {"comment": first.pk, "project": project.pk}.get(object_id, object_id)
    path = f"/folgen/{target}/{number}/"
    assert signed_in(user).post(path, {"cadence": "daily"}).status_code == 302
    writing.create(user=make_user(), thread=project.thread, text="Eine Antwort darauf.", parent=first)
    assert [line.verb for line in Activity.objects.public().followed_by(user)] == ["comment.created"]
    assert "Neuer Kommentar" in signed_in(user).get("/konto/neuigkeiten/").text
    assert "Neuer Kommentar" in Client().get(f"/feed/{target}/{number}/").text


@pytest.mark.parametrize(
    "path", ["area/unsinn", "district/bielefeld", "thread/99", "thread/x", "project/0", "planet/1"]
)
def test_what_does_not_exist_cannot_be_followed(make_user, path):
    assert signed_in(make_user()).post(f"/folgen/{path}/", {"cadence": "daily"}).status_code == 404
    assert Client().get(f"/feed/{path}/").status_code == 404
    assert Follow.objects.count() == 0


def test_a_hidden_thing_can_still_be_ended(make_user, make_project):
    user, project = make_user(), make_project()
    follow_project(user, project)
    project.pages.update(live=False)
    assert "Nicht mehr öffentlich" in signed_in(user).get("/konto/neuigkeiten/").text
    signed_in(user).post(f"/konto/neuigkeiten/beenden/project/{project.pk}/")
    assert Follow.objects.count() == 0


def test_the_way_back_stays_on_this_site(make_user, make_project):
    project = make_project()
    client, path = signed_in(make_user()), f"/folgen/project/{project.pk}/"
    assert client.post(path, {"cadence": "daily", "next": "/konto/neuigkeiten/"})["Location"] == "/konto/neuigkeiten/"
    for evil in ("//evil.example", "https://evil.example/", "javascript:alert(1)"):
        assert client.post(path, {"cadence": "daily", "next": evil})["Location"] == project.get_absolute_url()


def test_the_list_is_ones_own():
    assert Client().get("/konto/neuigkeiten/")["Location"].startswith("/konto/login/")
    assert Client().post("/konto/neuigkeiten/gelesen/").status_code in (302, 403)


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_at_any_length(make_user, make_project, number, django_assert_num_queries):
    user, project = make_user(), make_project()
    follow_project(user, project)
    for _ in range(number):
        happen(project)
        stream.notify(user=user, verb="comment.answered", title="Antwort", url="/kommentare/1/")
    client = signed_in(user)
    client.get("/konto/neuigkeiten/")
    with django_assert_num_queries(12):
        client.get("/konto/neuigkeiten/")


def test_one_click_ends_all_mails(make_user, make_project):
    user = make_user()
    for _ in range(2):
        follow_project(user, make_project(), Cadence.DAILY)
    other = follow_project(make_user(), make_project(), Cadence.DAILY)
    client, path = Client(enforce_csrf_checks=True), f"/mails-beenden/{following.token_for(user.uuid)}/"
    assert client.get(path).status_code == 200
    assert Follow.objects.filter(cadence=Cadence.DAILY).count() == 3
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Follow.objects.filter(cadence=Cadence.DAILY)) == [other]
    assert Preference.objects.get().notes_cadence == Cadence.NEVER


def test_one_click_for_one_topic_leaves_the_others(make_user, make_project):
    user = make_user()
    first, second = (follow_project(user, make_project(), Cadence.DAILY) for _ in range(2))
    token = following.token_for(user.uuid, first.topic.key)
    page = Client().post(f"/mails-beenden/{token}/").text
    assert "Alle Mails mit Neuigkeiten beenden" in page
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.cadence, second.cadence) == (Cadence.NEVER, Cadence.DAILY)
    Client().post(f"/mails-beenden/{following.token_for(user.uuid, following.NOTES)}/")
    second.refresh_from_db()
    assert (second.cadence, Preference.objects.get().notes_cadence) == (Cadence.DAILY, Cadence.NEVER)


@pytest.mark.parametrize(
    "token",
    ["unsinn", "a:b:c", signing.dumps("x"), signing.dumps(1, salt=following.SALT)],
    ids=["nonsense", "three parts", "other salt", "other content"],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_forged_link_does_nothing(token, method):
    assert getattr(Client(), method)(f"/mails-beenden/{token}/").status_code == 404


def test_mails_about_notes_are_chosen_by_form(make_user):
    user = make_user()
    signed_in(user).post("/konto/neuigkeiten/mails/", {"cadence": "daily"})
    assert Preference.objects.get(user=user).notes_cadence == Cadence.DAILY
    signed_in(user).post("/konto/neuigkeiten/mails/", {"cadence": "nie"})
    assert Preference.objects.get(user=user).notes_cadence == Cadence.DAILY


def test_own_data_is_exported_and_erased(make_user, make_project):
    user, project = make_user(), make_project()
    follow_project(user, project)
    stream.notify(user=user, verb="comment.answered", title="Antwort an Sie", url="/kommentare/1/")
    line = happen(project, actor=user)
    rows = privacy.export(user=user)["parts"]["activity"]
    assert [row["kind"] for row in rows] == ["follow", "note", "activity"]
    privacy.erase(user=user, account=user)
    line.refresh_from_db()
    assert (Follow.objects.count(), Notification.objects.count(), line.actor) == (0, 0, None)
