"""Every login form but ours is closed, for GET and POST."""

import pytest

DOORS = ["/verwaltung/login/", "/django-admin/login/", "/_util/login/", "/en/_util/login/"]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_login_doors_lead_to_ours(client, make_user, door, method):
    user = make_user(is_staff=True, is_superuser=True)
    data = {"username": user.email, "password": "Testquelle-2026"}
    answer = getattr(client, method)(door, data)
    assert answer.status_code == 303
    assert answer["Location"].removeprefix("/en").startswith("/konto/login/?next=")
    assert "_auth_user_id" not in client.session


def test_area_doors_lead_back_into_their_area(client):
    assert client.post("/verwaltung/login/")["Location"] == "/konto/login/?next=%2Fverwaltung%2F"
    assert client.post("/django-admin/login/")["Location"] == "/konto/login/?next=%2Fdjango-admin%2F"


def test_foreign_next_is_not_passed_on(client):
    assert client.get("/verwaltung/login/", {"next": "https://evil.example/"})["Location"] == "/konto/login/?next=%2F"


@pytest.mark.parametrize("door", ["/verwaltung/logout/", "/django-admin/logout/"])
def test_logout_doors_lead_to_ours(client, door):
    assert client.post(door)["Location"] == "/konto/logout/"


@pytest.mark.parametrize("door", ["/verwaltung/password_reset/", "/verwaltung/password_reset/confirm/x/y/"])
def test_password_doors_lead_to_ours(client, door):
    assert client.post(door)["Location"] == "/konto/password/reset/"


def test_anonymous_visitor_of_the_admin_is_led_to_login(client, db):
    door = client.get("/verwaltung/")["Location"]
    assert client.get(door)["Location"] == "/konto/login/?next=%2Fverwaltung%2F"


@pytest.mark.parametrize("area", ["/verwaltung/", "/django-admin/"])
def test_signed_in_without_the_right_is_told_so_and_not_sent_in_a_circle(client, make_user, area):
    client.force_login(make_user())
    answer = client.get(area, follow=True)
    assert answer.status_code == 403
    assert "Ihrem Konto fehlt das Recht" in answer.content.decode()
    assert len(answer.redirect_chain) == 1
