"""Bad input and abuse: a clear German answer, the text kept, nobody else touched (issue 3)."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.test import Client

from portal.accounts.domain import privacy
from portal.activity.models import Activity
from portal.comments.domain import steering, writing
from portal.comments.models import Comment, Thread
from portal.exceptions import DomainError
from tests.portal.comments.test_talk_views import render, signed_in

pytestmark = pytest.mark.django_db
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'><svg/onload=alert(3)>"
WORDS = "Guten Tag "


def test_script_in_a_comment_comes_out_nowhere(thread, citizen, lead, make_user, target, make_project, client):
    target.on_project = make_project()
    citizen.display_name, lead.department = SCRIPT[:60], SCRIPT[:120]
    citizen.save()
    lead.save()
    top = writing.create(user=citizen, thread=thread, text=WORDS + SCRIPT)
    writing.create(user=lead, thread=thread, text=WORDS + SCRIPT, parent=top, official=True)
    writing.create(user=make_user(), thread=thread, text=f"/kommentare/{top.pk}/")
    top = writing.edit(user=citizen, comment=top, text=WORDS + "noch einmal " + SCRIPT)
    pages = [
        render(thread, AnonymousUser()),
        render(thread, citizen),
        client.get(f"/kommentare/{top.pk}/antworten/").text,
        client.get(f"/kommentare/{top.pk}/fassungen/").text,
        signed_in(make_user()).get(f"/kommentare/{thread.pk}/schreiben/?antwort={top.pk}").text,
        client.get("/feed/").text,
    ]
    for page in pages:
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<svg/onload" not in page
    item = client.get("/api/v1/comments").json()["items"][0]
    assert item["text"] == "Guten Tag noch einmal \"'>"
    assert Activity.objects.filter(summary__contains="<script").count() == 0


@pytest.mark.parametrize("opening", ["<b>", "<div><p>", "<svg><g>", "<!--", "&lt;b&gt;", "[[", "<a href='x'>"])
def test_twenty_thousand_characters_of_nested_tags_are_refused(thread, citizen, opening):
    text = (opening * 20_000)[:20_000]
    answer = signed_in(citizen).post(f"/kommentare/{thread.pk}/schreiben/", {"text": text})
    assert answer.status_code == 400
    assert "Der Text ist zu lang: 20000 Zeichen, möglich sind 5000." in answer.text
    assert Comment.objects.count() == 0


def test_five_thousand_characters_of_nested_tags_are_text_without_tags(thread, citizen):
    comment = writing.create(user=citizen, thread=thread, text="Anfang " + "<b>" * 1600)
    markup = render(thread, AnonymousUser())
    assert comment.is_visible
    assert "<b>" not in markup
    assert "Anfang" in markup


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Hal\x00lo", "Hallo"),
        ("\u202eolleh\u202c Welt", "olleh Welt"),
        ("Zeile 1\r\nZeile 2\rZeile 3", "Zeile 1\nZeile 2\nZeile 3"),
        ("\ud800Hallo", "Hallo"),
        ("e\u0301tat", "état"),
        ("\u2066versteckt\u2069", "versteckt"),
    ],
)
def test_characters_that_lie_are_taken_out(thread, citizen, typed, kept):
    assert writing.create(user=citizen, thread=thread, text=typed).text == kept


def test_nul_in_the_form_and_in_the_address_breaks_nothing(thread, citizen):
    client = signed_in(citizen)
    assert client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Hal\x00lo"}).status_code in (302, 400)
    assert client.get(f"/kommentare/{thread.pk}/schreiben/?antwort=%00").status_code == 200
    assert render(thread, AnonymousUser(), "suche=%00&ab=%00&sortierung=%00")


def test_two_hundred_comments_a_minute_end_after_five_with_the_text_kept(thread, citizen, make_user):
    client = signed_in(citizen)
    answers = [client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": f"Flut {n}"}) for n in range(200)]
    assert [answer.status_code for answer in answers].count(302) == 5
    assert {answer.status_code for answer in answers[5:]} == {429}
    assert "Bitte warten Sie etwas; Ihr Text bleibt stehen." in answers[-1].text
    assert "Flut 199" in answers[-1].text
    assert writing.create(user=make_user(), thread=thread, text="Und ich?").is_visible


def test_a_double_click_makes_one_comment(thread, citizen):
    client = signed_in(citizen)
    answers = [client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Hallo"}) for _click in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Comment.objects.count() == 1


def test_a_phase_that_ended_while_somebody_wrote(thread, citizen, target):
    client = signed_in(citizen)
    assert client.get(f"/kommentare/{thread.pk}/schreiben/").status_code == 200
    target.open = False
    answer = client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Zu spät geschrieben"})
    assert (answer.status_code, Comment.objects.count()) == (409, 0)
    assert "Zu spät geschrieben" in answer.text
    assert "Die Zeit für Kommentare ist hier vorbei." in answer.text


def test_answering_what_was_deleted_while_writing_keeps_the_text(thread, say, citizen, make_user):
    top, client = say(citizen), signed_in(make_user())
    say(make_user(), "Hält es stehen", parent=top)
    path = f"/kommentare/{thread.pk}/schreiben/?antwort={top.pk}"
    assert client.get(path).status_code == 200
    writing.delete(user=citizen, comment=top)
    answer = client.post(path, {"text": "Meine lange Antwort"})
    assert answer.status_code == 409
    assert "Meine lange Antwort" in answer.text
    assert "auf den Sie antworten, steht nicht mehr da" in answer.text


def test_answering_what_vanished_without_a_trace_keeps_the_text(thread, say, citizen, make_user):
    top, client = say(citizen), signed_in(make_user())
    path = f"/kommentare/{thread.pk}/schreiben/?antwort={top.pk}"
    writing.delete(user=citizen, comment=top)
    answer = client.post(path, {"text": "Meine lange Antwort"})
    assert answer.status_code == 409
    assert "Meine lange Antwort" in answer.text


def test_a_deleted_comment_is_not_supported_changed_or_quoted(say, citizen, make_user):
    comment = say(citizen, minutes=1)
    writing.delete(user=citizen, comment=comment)
    for act in ("bearbeiten", "loeschen", "unterstuetzen", "melden"):
        assert signed_in(make_user()).post(f"/kommentare/{comment.pk}/{act}/").status_code == 404


def test_an_erased_author_leaves_the_talk_readable(thread, say, citizen, make_user):
    top = say(citizen, "Bleibt stehen.")
    say(make_user(), "Stimmt.", parent=top)
    name = citizen.display_name
    privacy.erase(user=citizen, account=citizen)
    markup = render(thread, AnonymousUser())
    assert "Bleibt stehen." in markup
    assert "Gelöschtes Konto" in markup
    assert name not in markup
    other = make_user()
    assert writing.create(user=other, thread=thread, text="Und nun?", parent=top).parent_id == top.pk


def test_line_breaks_do_not_reach_subjects(thread, citizen, lead, target, monkeypatch):
    monkeypatch.setattr(type(target), "title", lambda self, thread: "Titel\r\nBcc: alle@evil.example")
    top = writing.create(user=citizen, thread=thread, text="Hallo")
    writing.create(user=lead, thread=thread, text="Antwort", parent=top, official=True)
    assert all("\n" not in activity.title and "\r" not in activity.title for activity in Activity.objects.all())
    assert mail.outbox == []


def test_two_words_of_closing_do_not_break_the_page(thread, lead, make_user):
    from portal.accounts.enums import Role

    thread = steering.close(user=make_user(Role.COMMUNICATIONS), thread=thread, reason=SCRIPT)
    assert "<script>alert" not in render(thread, AnonymousUser())


def test_a_number_too_large_for_the_database_is_not_found(thread, citizen):
    client = signed_in(citizen)
    for path in (f"{10**20}/", f"{10**20}/antworten/", f"{10**20}/schreiben/", f"{10**20}/neu/?seit=1"):
        assert client.get(f"/kommentare/{path}").status_code == 404
    assert client.get(f"/kommentare/{thread.pk}/schreiben/?antwort={10**20}").status_code == 200


def test_who_may_not_write_keeps_the_text(thread, citizen):
    from datetime import timedelta

    from django.utils import timezone

    client = signed_in(citizen)
    type(citizen).objects.filter(pk=citizen.pk).update(blocked_until=timezone.now() + timedelta(days=1))
    answer = client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Mein Text"})
    assert (answer.status_code, "Mein Text" in answer.text) == (403, True)
    assert Thread.objects.get().comments.count() == 0


def test_a_foreign_form_without_token_is_refused(thread, citizen):
    client = Client(enforce_csrf_checks=True)
    client.force_login(citizen)
    assert client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Fremd"}).status_code == 403


def test_domain_refusals_carry_words(thread, citizen):
    with pytest.raises(DomainError, match="empty"):
        writing.create(user=citizen, thread=thread, text="\u200e\u200f")
