"""What is typed before signing in: bounded, for a day, and never lost to the brake."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portal.accounts.domain import privacy
from portal.comments.models import Comment, Thread
from portal.comments.views import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_counter():
    cache.clear()
    yield
    cache.clear()


def keep(thread, text="Getippt", client=None, **headers):
    return (client or Client()).post(f"/kommentare/{thread.pk}/entwurf/", {"text": text}, **headers)


def test_one_address_does_not_fill_the_sessions(thread):
    for _number in range(drafts.NEW_SESSIONS):
        assert keep(thread).status_code == 302
    answer = keep(thread, "Mein <i>wichtiger</i> Text")
    assert (answer.status_code, answer.cookies) == (429, {})
    assert "Mein &lt;i&gt;wichtiger&lt;/i&gt; Text" in answer.text
    assert "Ihr Text ist nicht verloren" in answer.text
    assert Session.objects.count() == drafts.NEW_SESSIONS
    assert keep(thread, REMOTE_ADDR="198.51.100.7").status_code == 302


def test_who_has_a_draft_already_is_not_slowed(thread, citizen):
    client = Client()
    keep(thread, client=client)
    for _number in range(drafts.NEW_SESSIONS + 5):
        keep(thread)
    assert keep(thread, "Zweite Fassung", client=client).status_code == 302
    signed_in = Client()
    signed_in.force_login(citizen)
    assert keep(thread, client=signed_in).status_code == 302


def test_a_draft_is_gone_after_a_day(thread):
    keep(thread)
    with time_machine.travel(timezone.now() + timedelta(hours=23)):
        privacy.retain()
        assert Session.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        privacy.retain()
        assert Session.objects.count() == 0


def test_after_signing_in_the_session_lasts_as_any_other(thread, citizen):
    client = Client()
    keep(thread, client=client)
    assert client.session.get_expiry_age() == 24 * 3600
    client.post("/konto/login/", {"login": citizen.email, "password": "Testquelle-2026"})
    assert client.session.get_expiry_age() == 14 * 24 * 3600
    assert "Getippt" in client.get(f"/kommentare/{thread.pk}/schreiben/").text


def test_a_text_sent_after_the_session_ended_waits_behind_the_sign_in(thread, say, citizen):
    top, client = say(citizen), Client()
    path = f"/kommentare/{thread.pk}/schreiben/?antwort={top.pk}"
    answer = client.post(path, {"text": "Lange geschrieben"})
    assert answer["Location"] == f"/konto/login/?next=/kommentare/{thread.pk}/schreiben/%3Fantwort%3D{top.pk}"
    client.force_login(citizen)
    assert "Lange geschrieben" in client.get(path).text


def test_the_last_five_drafts_are_kept(thread):
    client = Client()
    threads = [thread, *(Thread.objects.create(target="bench") for _ in range(6))]
    for each in (*threads, threads[3]):
        keep(each, f"Zu {each.pk}", client=client)
    assert list(client.session[drafts.KEY]) == [str(t.pk) for t in (*threads[2:3], *threads[4:], threads[3])]


@pytest.mark.parametrize("name", ["next", "weiter"])
def test_nobody_is_sent_to_another_site(thread, name):
    answer = Client().post(f"/kommentare/{thread.pk}/entwurf/?{name}=//evil.example", {name: "//evil.example"})
    assert answer["Location"] == f"/konto/login/?next=/kommentare/{thread.pk}/schreiben/"


def test_the_sign_in_does_not_lead_away(thread, citizen):
    answer = Client().post(
        "/konto/login/?next=//evil.example",
        {"login": citizen.email, "password": "Testquelle-2026", "next": "//evil.example"},
    )
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert Comment.objects.count() == 0
