"""One device or all others can be signed out; only one's own."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

pytestmark = pytest.mark.django_db
HOME = "/konto/sessions/"


def device(user, name: str) -> Client:
    client = Client(headers={"User-Agent": name})
    client.post("/konto/login/", {"login": user.email, "password": "Testquelle-2026"})
    assert client.get("/konto/").status_code == 200
    return client


def test_one_device_is_signed_out(make_user):
    user = make_user()
    here, there = device(user, "Hier"), device(user, "Dort")
    page = here.get(HOME).text
    assert "Hier" in page
    assert "Dort" in page
    session = UserSession.objects.get(user_agent="Dort")
    assert here.post(f"/konto/geraete/{session.pk}/abmelden/")["Location"] == HOME
    assert there.get("/konto/").status_code == 302
    assert here.get("/konto/").status_code == 200


def test_all_others_are_signed_out(make_user):
    user = make_user()
    here, there = device(user, "Hier"), device(user, "Dort")
    here.get(HOME)
    here.post(HOME)
    assert (there.get("/konto/").status_code, here.get("/konto/").status_code) == (302, 200)


def test_someone_elses_device_stays(make_user):
    mine, other = device(make_user(), "Meins"), device(make_user(), "Fremd")
    session = UserSession.objects.get(user_agent="Fremd")
    assert mine.post(f"/konto/geraete/{session.pk}/abmelden/").status_code == 404
    assert other.get("/konto/").status_code == 200
