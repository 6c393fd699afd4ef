"""`/konto/`: what waits, by role; never empty."""

from datetime import UTC, datetime

import pytest

from portal.accounts import todo


@pytest.fixture
def _two_items(monkeypatch):
    later, sooner = datetime(2026, 12, 2, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)
    items = [
        todo.Item(title="Ohne Termin", url="/a/"),
        todo.Item(title="Später", url="/b/", due=later),
        todo.Item(title="Bald", url="/c/", due=sooner),
    ]
    monkeypatch.setattr(todo, "_items", {"test": lambda user: items})


@pytest.mark.usefixtures("_two_items")
def test_items_stand_soonest_first(make_user):
    assert [item.title for item in todo.items_for(make_user())] == ["Bald", "Später", "Ohne Termin"]


def test_empty_overview_offers_something(client, make_user, monkeypatch):
    monkeypatch.setattr(todo, "_items", {})
    client.force_login(make_user(display_name="Anna"))
    html = client.get("/konto/").content.decode()
    assert "Guten Tag, Anna" in html
    assert 'href="/projekte/"' in html


@pytest.mark.parametrize("path", ["/konto/", "/konto/profil/", "/konto/daten/", "/konto/daten/auszug/", "/konto/2fa/"])
def test_outsiders_are_led_to_login(client, db, path):
    answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next={path}")


def test_profile_is_saved(client, make_user):
    user = make_user()
    client.force_login(user)
    assert client.post("/konto/profil/", {"display_name": "Neuer Name"})["Location"] == "/konto/"
    user.refresh_from_db()
    assert user.display_name == "Neuer Name"


def test_profile_refuses_an_empty_name(client, make_user):
    user = make_user(display_name="Anna")
    client.force_login(user)
    assert client.post("/konto/profil/", {"display_name": "\u200b \u202e"}).status_code == 400
    user.refresh_from_db()
    assert user.display_name == "Anna"


@pytest.mark.parametrize(
    "path",
    [
        "/konto/email/",
        "/konto/password/change/",
        "/konto/sessions/",
        "/konto/logout/",
        "/konto/2fa/recovery-codes/generate/",
    ],
)
def test_account_pages_answer_with_one_heading(client, make_user, path):
    client.force_login(make_user())
    answer = client.get(path, follow=True)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1
