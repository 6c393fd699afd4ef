"""Pin, close and reopen: who may, what it does, what stands in the chain."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from portal import audit
from portal.accounts.enums import Role
from portal.audit.models import AuditEntry
from portal.comments.domain import reading, steering, writing
from portal.comments.enums import State
from portal.comments.models import Comment, Thread
from portal.exceptions import DomainError
from tests.portal.comments.test_talk_views import PAGE, render, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def press(make_user):
    return make_user(Role.COMMUNICATIONS, department="Pressestelle")


def code_of(act, **arguments):
    with pytest.raises(DomainError) as error:
        act(**arguments)
    assert error.value.message != error.value.code
    return error.value.code


def test_a_pinned_comment_stands_above_and_can_be_let_go(thread, say, citizen, press):
    old, new = say(citizen, "Alt", minutes=90), say(citizen, "Neu", minutes=30)
    steering.pin(user=press, comment=old)
    steering.pin(user=press, comment=old)
    page = reading.page(thread=thread, user=AnonymousUser())
    assert [shown.comment for shown in page.items] == [old, new]
    steering.unpin(user=press, comment=old)
    steering.unpin(user=press, comment=old)
    assert reading.page(thread=thread, user=AnonymousUser()).items[0].comment == new
    told = AuditEntry.objects.filter(action__contains="pinned").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["comment.pinned", "comment.unpinned"]
    assert audit.verify().ok


def test_three_are_pinned_at_most_and_answers_never(thread, say, citizen, press):
    made = [say(citizen, f"Nr. {n}", minutes=60 * n) for n in range(1, 5)]
    for comment in made[:3]:
        steering.pin(user=press, comment=comment)
    assert code_of(steering.pin, user=press, comment=made[3]) == "too_many"
    assert code_of(steering.pin, user=press, comment=say(citizen, "Antwort", parent=made[3])) == "reply"


@pytest.mark.parametrize("state", [State.HIDDEN, State.DELETED])
def test_what_is_gone_is_not_pinned(say, citizen, press, state):
    comment = say(citizen)
    Comment.objects.filter(pk=comment.pk).update(state=state, hidden_reason="other")
    assert code_of(steering.pin, user=press, comment=comment) == "gone"


def test_closing_needs_a_reason_that_everyone_reads(thread, say, citizen, press):
    say(citizen)
    assert code_of(steering.close, user=press, thread=thread, reason=" \n") == "no_reason"
    closed = steering.close(user=press, thread=thread, reason="Der Rat\nhat entschieden. <b>Danke</b>")
    markup = render(closed, AnonymousUser())
    assert "Der Rat hat entschieden. &lt;b&gt;Danke&lt;/b&gt;" in markup
    assert "Lesen, suchen und melden können Sie weiter." in markup
    assert "Ihr Kommentar" not in markup
    assert code_of(writing.create, user=citizen, thread=closed, text="Noch etwas") == "closed"
    assert code_of(steering.close, user=press, thread=thread, reason="Noch einmal") == "already_closed"
    opened = steering.reopen(user=press, thread=closed)
    assert (opened.closed_at, opened.closed_reason) == (None, "")
    assert writing.create(user=citizen, thread=opened, text="Noch etwas").is_visible
    told = AuditEntry.objects.filter(action__startswith="thread.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["thread.closed", "thread.reopened"]


def test_the_phase_says_why_it_is_over(thread, citizen, target):
    target.open = False
    assert "Die Zeit für Kommentare ist hier vorbei." in render(thread, citizen)


def test_the_city_still_answers_where_the_talk_is_closed(thread, say, citizen, lead, press, target):
    comment = say(citizen)
    target.open = False
    steering.close(user=press, thread=thread, reason="Die Frist ist um.")
    answer = writing.create(user=lead, thread=thread, text="Kommt 2027.", parent=comment, official=True)
    assert answer.is_visible
    assert code_of(writing.create, user=lead, thread=thread, text="Privat gesagt") == "closed"
    assert "antwort=" in render(Thread.objects.get(), lead)
    assert "antwort=" not in render(Thread.objects.get(), citizen)


def test_a_text_written_while_the_talk_was_closed_is_not_lost(thread, citizen, press):
    steering.close(user=press, thread=thread, reason="Die Frist ist um.")
    answer = signed_in(citizen).post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Mein langer Text"})
    assert answer.status_code == 409
    assert "Mein langer Text" in answer.text
    assert "Die Frist ist um." in answer.text


def test_a_project_lead_steers_what_is_theirs(make_project, make_user, citizen):
    lead, other = make_user(Role.PROJECT_LEAD), make_user(Role.PROJECT_LEAD)
    thread = make_project(lead=lead).thread
    comment = writing.create(user=citizen, thread=thread, text="Wann?")
    assert steering.pin(user=lead, comment=comment).pinned
    assert code_of(steering.unpin, user=other, comment=comment) == "not_allowed"
    assert code_of(steering.close, user=other, thread=thread, reason="Weil") == "not_allowed"


@pytest.mark.parametrize("roles", [(), (Role.MODERATOR,), (Role.PROJECT_LEAD,), (Role.ETHICS_MEMBER,), (Role.ADMIN,)])
def test_others_do_not_steer_and_find_no_door(thread, say, citizen, make_user, roles):
    someone, comment = make_user(*roles), say(citizen)
    for act, arguments in (
        (steering.pin, {"comment": comment}),
        (steering.unpin, {"comment": comment}),
        (steering.close, {"thread": thread, "reason": "Weil"}),
        (steering.reopen, {"thread": thread}),
    ):
        assert code_of(act, user=someone, **arguments) == "not_allowed"
    client = signed_in(someone)
    assert client.get(f"/kommentare/{thread.pk}/leiten/").status_code == 404
    assert client.post(f"/kommentare/{thread.pk}/leiten/", {"reason": "Weil"}).status_code == 404
    assert client.post(f"/kommentare/{comment.pk}/anheften/").status_code == 404
    assert "Gespräch leiten" not in render(thread, someone)
    assert Thread.objects.get().closed_at is None


def test_anonymous_visitors_are_sent_to_sign_in(thread, say, citizen):
    path = f"/kommentare/{thread.pk}/leiten/"
    assert Client().get(path)["Location"] == f"/konto/login/?next={path}"
    path = f"/kommentare/{say(citizen).pk}/anheften/"
    assert Client().post(path)["Location"] == f"/konto/login/?next={path}"
    assert code_of(steering.close, user=AnonymousUser(), thread=thread, reason="Weil") == "sign_in"


def test_steering_by_form(thread, say, citizen, press):
    comment, client = say(citizen), signed_in(press)
    assert f"/kommentare/{thread.pk}/leiten/" in render(thread, press)
    answer = client.post(f"/kommentare/{comment.pk}/anheften/?sortierung=unterstuetzt")
    assert answer["Location"] == f"{PAGE}?sortierung=unterstuetzt#kommentar-{comment.pk}"
    page = client.get(f"/kommentare/{thread.pk}/leiten/")
    assert comment.text in page.text
    client.post(f"/kommentare/{comment.pk}/anheften/", {"zurueck": "1"})
    assert Comment.objects.get().pinned is False
    refused = client.post(f"/kommentare/{thread.pk}/leiten/", {"reason": ""})
    assert refused.status_code == 400
    client.post(f"/kommentare/{thread.pk}/leiten/", {"reason": "Die Frist ist um."})
    assert Thread.objects.get().closed_reason == "Die Frist ist um."
    late = client.post(f"/kommentare/{thread.pk}/leiten/", {"reason": "Noch einmal"}, follow=True)
    assert "Das Gespräch ist schon geschlossen." in late.text
    assert Thread.objects.get().closed_reason == "Die Frist ist um."
    client.post(f"/kommentare/{thread.pk}/leiten/", {"oeffnen": "1"})
    assert Thread.objects.get().closed_at is None


def test_a_lead_whose_role_was_taken_in_mid_session_is_refused(thread, say, citizen, press):
    comment, client = say(citizen), signed_in(press)
    assert client.get(f"/kommentare/{thread.pk}/leiten/").status_code == 200
    press.groups.clear()
    assert client.post(f"/kommentare/{thread.pk}/leiten/", {"reason": "Weil"}).status_code == 404
    assert client.post(f"/kommentare/{comment.pk}/anheften/").status_code == 404
    answer = client.post(f"/kommentare/{thread.pk}/schreiben/", {"text": "Für die Stadt gesagt", "official": "on"})
    assert (answer.status_code, Comment.objects.count()) == (403, 1)
    assert "Für die Stadt gesagt" in answer.text
