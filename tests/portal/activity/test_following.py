"""Follow, read, get mail, stop it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from portal.accounts.domain import privacy
from portal.activity.domain import digests, following, stream
from portal.activity.enums import Cadence
from portal.activity.models import Activity, Follow, Notification
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def happen(project, *, days: float = 0, **fields) -> Activity:
    fields.setdefault("actor", None)
    fields.setdefault("title", "Meilenstein erreicht")
    when = timezone.now() + timedelta(days=days)
    return stream.publish(verb="milestone.reached", url="/ziel/", project=project, occurred_at=when, **fields)


def test_following_by_form(make_user, make_project):
    user, project = make_user(), make_project()
    client, path = signed_in(user), f"/folgen/projekte/{project.slug}/"
    assert client.get(path).status_code == 200
    assert client.post(path, {"cadence": "stündlich"}).status_code == 400
    for cadence in ("daily", "at_once"):
        assert client.post(path, {"cadence": cadence})["Location"] == project.get_absolute_url()
        assert Follow.objects.get().cadence == cadence
    client.post(path, {"stop": "1"})
    assert Follow.objects.count() == 0


def test_following_needs_an_account_and_a_visible_project(make_user, make_project):
    draft = make_project(live=False)
    path = f"/folgen/projekte/{draft.slug}/"
    assert Client().get(path)["Location"] == f"/konto/login/?next={path}"
    assert signed_in(make_user()).post(path, {"cadence": "daily"}).status_code == 404
    for user, code in ((AnonymousUser(), "sign_in"), (make_user(), "no_project")):
        with pytest.raises(DomainError, match=code):
            following.follow(user=user, project=draft)
    with pytest.raises(DomainError, match="no_cadence"):
        following.follow(user=make_user(), project=make_project(), cadence="nie")


def test_the_list_shows_notes_and_news_since_following(make_user, make_project):
    user, project = make_user(), make_project()
    happen(project, days=-1, title="Vor dem Folgen")
    following.follow(user=user, project=project)
    happen(project, title="Nach dem Folgen")
    happen(make_project(), title="Anderswo")
    stream.notify(user=user, verb="comment.answered", title="Antwort an Sie", url="/kommentare/1/")
    stream.notify(user=make_user(), verb="comment.answered", title="Antwort an andere", url="/kommentare/2/")
    client = signed_in(user)
    page = client.get("/konto/neuigkeiten/").text
    assert "Nach dem Folgen" in page
    assert "Antwort an Sie" in page
    assert "1 ungelesen" in page
    for words in ("Vor dem Folgen", "Anderswo", "Antwort an andere"):
        assert words not in page
    client.post("/konto/neuigkeiten/gelesen/")
    assert "ungelesen" not in client.get("/konto/neuigkeiten/").text
    assert Notification.objects.filter(read_at=None).count() == 1


def test_the_list_is_ones_own():
    assert Client().get("/konto/neuigkeiten/")["Location"].startswith("/konto/login/")
    assert Client().post("/konto/neuigkeiten/gelesen/").status_code in (302, 403)


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_costs_the_same_at_any_length(make_user, make_project, number, django_assert_num_queries):
    user, project = make_user(), make_project()
    following.follow(user=user, project=project)
    for _ in range(number):
        happen(project)
        stream.notify(user=user, verb="comment.answered", title="Antwort", url="/kommentare/1/")
    client = signed_in(user)
    client.get("/konto/neuigkeiten/")
    with django_assert_num_queries(10):
        client.get("/konto/neuigkeiten/")


def test_mail_at_once_goes_out_once_and_not_to_the_actor(make_user, make_project, mailoutbox):
    reader, actor, project = make_user(), make_user(), make_project()
    for user in (reader, actor):
        following.follow(user=user, project=project, cadence=Cadence.AT_ONCE)
    happen(project, actor=actor, sample=True)
    assert [digests.send_due() for _ in range(2)] == [1, 0]
    (letter,) = mailoutbox
    assert letter.to == [reader.email]
    assert letter.subject == "Meilenstein erreicht"
    assert "[Beispieldaten]" in letter.body
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_weekly_mail_waits_for_its_week_and_gathers(make_user, make_project, mailoutbox):
    user = make_user()
    for _ in range(2):
        project = make_project()
        following.follow(user=user, project=project)
        happen(project)
    assert digests.send_due() == 0
    assert digests.send_due(timezone.now() + timedelta(days=7, minutes=1)) == 1
    assert mailoutbox[0].subject == "2 Neuigkeiten aus Ihren Projekten"
    assert digests.send_due(timezone.now() + timedelta(days=30)) == 0


def test_nothing_new_means_no_mail(make_user, make_project, mailoutbox):
    project = make_project()
    following.follow(user=make_user(), project=project, cadence=Cadence.AT_ONCE)
    happen(project, days=-1)
    happen(project, audience="staff")
    assert digests.send_due() == 0
    assert mailoutbox == []


def test_one_click_ends_all_mails(make_user, make_project):
    user = make_user()
    for _ in range(2):
        following.follow(user=user, project=make_project(), cadence=Cadence.DAILY)
    other = following.follow(user=make_user(), project=make_project(), cadence=Cadence.DAILY)
    client, path = Client(enforce_csrf_checks=True), f"/mails-beenden/{following.token_for(user)}/"
    assert client.get(path).status_code == 200
    assert Follow.objects.filter(cadence=Cadence.DAILY).count() == 3
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert list(Follow.objects.filter(cadence=Cadence.DAILY)) == [other]
    assert client.post("/mails-beenden/unsinn/").status_code == 404


def test_own_data_is_exported_and_erased(make_user, make_project):
    user, project = make_user(), make_project()
    following.follow(user=user, project=project)
    stream.notify(user=user, verb="comment.answered", title="Antwort an Sie", url="/kommentare/1/")
    line = happen(project, actor=user)
    rows = privacy.export(user=user)["parts"]["activity"]
    assert [row["kind"] for row in rows] == ["follow", "note", "activity"]
    privacy.erase(user=user, account=user)
    line.refresh_from_db()
    assert (Follow.objects.count(), Notification.objects.count(), line.actor) == (0, 0, None)
