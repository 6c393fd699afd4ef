"""Writing, answering, changing, deleting."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from portal import audit
from portal.accounts.enums import Role
from portal.activity.enums import Audience
from portal.activity.models import Activity, Notification
from portal.audit.models import AuditEntry
from portal.comments.domain import writing
from portal.comments.enums import State
from portal.comments.models import Comment, Revision, Thread
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db


def code_of(**arguments: object) -> str:
    with pytest.raises(DomainError) as error:
        writing.create(**arguments)
    assert error.value.message != error.value.code, "no words for people"
    return error.value.code


def test_a_first_comment_appears_at_once(thread, citizen, target, make_project):
    target.on_project = make_project()
    comment = writing.create(user=citizen, thread=thread, text="  Die Bank ist schön.\r\n\r\nDanke!  ")
    assert (comment.state, comment.text) == (State.VISIBLE, "Die Bank ist schön.\n\nDanke!")
    activity = Activity.objects.get()
    assert (activity.verb, activity.url, activity.project) == (
        "comment.created",
        f"/kommentare/{comment.pk}/",
        target.on_project,
    )
    assert activity.title == "Neuer Kommentar zu „Die Bank am Paderquellgebiet“"
    assert [e.action for e in AuditEntry.objects.filter(object_label="comments.Comment")] == ["comment.created"]


def test_anonymous_cannot_write(thread):
    assert code_of(user=AnonymousUser(), thread=thread, text="Hallo") == "sign_in"


def test_a_thread_that_is_not_there_is_not_there(thread, citizen, target):
    target.hidden = True
    with pytest.raises(DomainError) as error:
        writing.create(user=citizen, thread=thread, text="Hallo")
    assert error.value.status == 404


def test_an_unknown_target_is_not_there(citizen):
    assert code_of(user=citizen, thread=Thread.objects.create(target="nichts"), text="Hallo") == "no_thread"


def test_a_blocked_account_cannot_write(thread, citizen):
    citizen.blocked_until = timezone.now() + timedelta(days=1)
    assert code_of(user=citizen, thread=thread, text="Hallo") == "blocked"
    citizen.blocked_until = timezone.now() - timedelta(days=1)
    assert writing.create(user=citizen, thread=thread, text="Hallo").pk


@pytest.mark.parametrize("closed_by", ["phase", "editor"])
def test_a_closed_thread_takes_nothing(thread, citizen, target, closed_by):
    if closed_by == "phase":
        target.open = False
    else:
        thread.closed_at = timezone.now()
    assert code_of(user=citizen, thread=thread, text="Hallo") == "closed"


@pytest.mark.parametrize("text", ["", "  \n ", "\x00\u202e"])
def test_nothing_is_refused(thread, citizen, text):
    assert code_of(user=citizen, thread=thread, text=text) == "empty"


@pytest.mark.parametrize("length", [5001, 20_000, 2_000_000])
def test_too_long_is_refused(thread, citizen, length):
    assert code_of(user=citizen, thread=thread, text="x" * length) == "too_long"
    assert Comment.objects.count() == 0


def test_five_thousand_characters_fit(thread, citizen):
    assert len(writing.create(user=citizen, thread=thread, text="x" * 5000).text) == 5000


@pytest.mark.parametrize("text", ["siehe https://spam.example", "siehe www.spam.example", "schreibt an x@spam.example"])
def test_new_accounts_post_no_links(thread, citizen, text):
    assert code_of(user=citizen, thread=thread, text=text) == "links"


def test_links_work_after_three_comments_and_for_staff(thread, citizen, lead, say):
    for number in range(3):
        say(citizen, f"Kommentar {number}")
    assert writing.create(user=citizen, thread=thread, text="https://paderborn.de").state == State.VISIBLE
    assert writing.create(user=lead, thread=thread, text="https://paderborn.de").state == State.VISIBLE


def test_a_rule_holds_the_comment_with_a_date(thread, citizen):
    with time_machine.travel("2026-11-20 10:00:00+00:00", tick=False):  # a Friday
        comment = writing.create(user=citizen, thread=thread, text="Ruft mich an: 05251 1234567")
    assert (comment.state, comment.held_rule) == (State.HELD, "personal_data")
    assert timezone.localtime(comment.held_until).isoformat() == "2026-11-24T18:00:00+01:00"
    assert Activity.objects.count() == 0
    assert AuditEntry.objects.filter(action="comment.held").count() == 1


def test_six_in_a_minute_are_too_fast(thread, citizen):
    for number in range(5):
        writing.create(user=citizen, thread=thread, text=f"Nummer {number}")
    assert code_of(user=citizen, thread=thread, text="Nummer 6") == "too_fast"
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        writing.create(user=citizen, thread=thread, text="Nummer 6")


def test_forty_in_an_hour_are_enough(thread, citizen, say):
    for number in range(40):
        say(citizen, f"Nummer {number}", minutes=55 - number)
    assert code_of(user=citizen, thread=thread, text="Nummer 41") == "too_fast"


def test_sending_twice_gives_the_first_one_back(thread, citizen):
    first = writing.create(user=citizen, thread=thread, text="Hallo")
    assert writing.create(user=citizen, thread=thread, text="Hallo ") == first
    assert Comment.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert writing.create(user=citizen, thread=thread, text="Hallo") != first


def test_sample_comments_are_idempotent_and_carry_their_date(thread, citizen):
    at = timezone.now() - timedelta(days=30)
    made = [writing.create(user=citizen, thread=thread, text="Beispiel", sample=True, at=at) for _ in range(2)]
    assert made[0] == made[1]
    assert (made[0].created_at, made[0].sample, Activity.objects.get().sample) == (at, True, True)


def test_an_answer_to_an_answer_stands_one_level_below(thread, citizen, make_user, say):
    top = say(citizen)
    reply = writing.create(user=make_user(), thread=thread, text="Stimmt.", parent=top)
    again = writing.create(user=make_user(), thread=thread, text="Nein.", parent=reply)
    assert again.parent == top
    assert [n.user for n in Notification.objects.all()] == [citizen, citizen]


def test_one_is_not_told_of_the_own_answer(thread, citizen, say):
    writing.create(user=citizen, thread=thread, text="Noch etwas.", parent=say(citizen))
    assert Notification.objects.count() == 0


@pytest.mark.parametrize("state", [State.HIDDEN, State.DELETED, State.HELD])
def test_answering_what_is_gone_is_refused(thread, citizen, make_user, say, state):
    top = say(citizen)
    reply = say(make_user(), "Stimmt.", parent=top)
    Comment.objects.filter(pk=reply.pk).update(state=state, held_until=timezone.now(), hidden_reason="other")
    assert code_of(user=make_user(), thread=thread, text="Nein.", parent=reply) == "parent_gone"
    Comment.objects.filter(pk=top.pk).update(state=state, held_until=timezone.now(), hidden_reason="other")
    assert code_of(user=make_user(), thread=thread, text="Nein.", parent=top) == "parent_gone"


def test_answering_into_another_thread_is_refused(thread, citizen, say, target):
    other = Thread.objects.create(target="bench")
    assert code_of(user=citizen, thread=other, text="Nein.", parent=say(citizen)) == "parent_gone"


@pytest.mark.parametrize("role", [Role.PROJECT_LEAD, Role.COMMUNICATIONS])
def test_the_city_answers_with_its_department(thread, citizen, make_user, say, role):
    official = make_user(role, department="Amt für Umwelt")
    answer = writing.create(user=official, thread=thread, text="Kommt 2027.", parent=say(citizen), official=True)
    assert (answer.official, answer.department) == (True, "Amt für Umwelt")
    assert Activity.objects.filter(verb="comment.answered").count() == 1


@pytest.mark.parametrize("roles", [(), (Role.MODERATOR,), (Role.ETHICS_MEMBER,)])
def test_others_do_not_answer_for_the_city(thread, make_user, roles):
    assert code_of(user=make_user(*roles), thread=thread, text="Kommt.", official=True) == "not_allowed"


def test_editing_keeps_the_earlier_wording(citizen, say):
    comment = say(citizen, "Vorher", minutes=5)
    edited = writing.edit(user=citizen, comment=comment, text="Nachher")
    assert (edited.text, Revision.objects.get().text) == ("Nachher", "Vorher")
    assert edited.edited_at is not None
    assert writing.edit(user=citizen, comment=edited, text="Nachher").revisions.count() == 1
    assert audit.verify().ok


def test_editing_ends_after_fifteen_minutes(citizen, say):
    comment = say(citizen, minutes=16)
    with pytest.raises(DomainError, match="too_late"):
        writing.edit(user=citizen, comment=comment, text="Nachher")


def test_editing_belongs_to_the_author(citizen, moderator, say):
    comment = say(citizen, minutes=1)
    with pytest.raises(NotAllowed):
        writing.edit(user=moderator, comment=comment, text="Nachher")


def test_editing_into_a_rule_holds_the_comment(citizen, say):
    comment = say(citizen, minutes=1)
    assert writing.edit(user=citizen, comment=comment, text="Ruft an: 05251 1234567").state == State.HELD
    assert Activity.objects.get().audience == Audience.STAFF


def test_deleting_takes_the_text_away(citizen, say):
    comment = say(citizen, minutes=5)
    writing.edit(user=citizen, comment=comment, text="Nachher")
    deleted = writing.delete(user=citizen, comment=comment)
    assert (deleted.state, deleted.text, Revision.objects.count()) == (State.DELETED, "", 0)
    assert Activity.objects.get().audience == Audience.STAFF
    with pytest.raises(NotAllowed):
        writing.delete(user=citizen, comment=comment)
    assert audit.verify().ok


def test_deleting_belongs_to_the_author(citizen, moderator, say):
    with pytest.raises(NotAllowed):
        writing.delete(user=moderator, comment=say(citizen))
    with pytest.raises(NotAllowed):
        writing.delete(user=AnonymousUser(), comment=say(citizen))


def test_a_comment_altered_by_hand_breaks_the_chain(citizen, say):
    comment = writing.create(user=citizen, thread=say(citizen).thread, text="So war es.")
    Comment.objects.filter(pk=comment.pk).update(text="So war es nie.")
    assert f"comments.Comment {comment.pk}" in {f.where for f in audit.verify().findings}
