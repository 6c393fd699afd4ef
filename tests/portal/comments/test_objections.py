"""Objections: the person once, in time; another moderator decides, and the remover is refused at every door."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from portal import audit
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.accounts.permissions import may_write
from portal.comments.domain import letters, moderation, objections, queue
from portal.comments.enums import Lane, Measure, State
from portal.comments.models import Comment, ModerationDecision, Objection
from portal.exceptions import NotAllowed
from tests.portal.comments.conftest import about
from tests.portal.comments.test_moderation import HIDE, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(citizen, moderator, say) -> ModerationDecision:
    return moderation.hide(user=moderator, matter=about(say(citizen)), **HIDE)


@pytest.fixture
def objection(hidden, citizen) -> Objection:
    return objections.object_to(user=citizen, decision=hidden, text="Das war ein Zitat.")


def comment() -> Comment:
    return Comment.objects.get()


def test_the_author_objects_once_and_another_moderator_decides(
    hidden, objection, citizen, moderator, make_user, mailoutbox
):
    refused("already_decided", objections.object_to, user=citizen, decision=hidden, text="Noch einmal")
    matter = about(comment())
    assert (matter.lane, matter.due_at) == (Lane.OBJECTION, objection.created_at + timedelta(days=14))
    other = make_user(Role.MODERATOR)
    refused("objection_open", moderation.restore, user=other, matter=matter, facts="x")
    refused("no_answer", objections.decide, user=other, objection=objection, upheld=True, answer=" ")
    objections.decide(user=other, objection=objection, upheld=True, answer="Stimmt, ein Zitat.")
    assert comment().state == State.VISIBLE
    refused("already_decided", objections.decide, user=other, objection=objection, upheld=True, answer="Noch einmal")
    assert mailoutbox[-1].subject == "Ihr Kommentar ist sichtbar"
    assert about(comment()).lane == Lane.DONE
    assert audit.verify().findings == []


def test_the_remover_is_refused_through_every_door(objection, moderator):
    """The page shows no form, a direct POST changes nothing, the domain refuses, and so does a stale object."""
    client = Client()
    client.force_login(moderator)
    path = about(comment()).get_absolute_url()
    page = client.get(path).text
    assert "Darüber entscheidet eine andere Person" in page
    assert 'value="objection"' not in page
    answer = {"act": "objection", "objection-upheld": "nein", "objection-answer": "Nein.", "version": "3"}
    told = client.post(path, answer, follow=True).text
    assert "entscheidet eine andere Person" in told
    refused("same_moderator", objections.decide, user=moderator, objection=objection, upheld=False, answer="Nein")
    fresh = Objection.objects.get()
    refused("same_moderator", objections.decide, user=moderator, objection=fresh, upheld=True, answer="Ja")
    refused("objection_open", moderation.restore, user=moderator, matter=about(comment()), facts="Doch")
    results = client.post("/moderation/mehrere/", {"act": "release", "matter": f"{about(comment()).pk}:3"}).text
    assert "schon entschieden" in results
    fresh.refresh_from_db()
    assert (fresh.decided_at, fresh.upheld, comment().state) == (None, None, State.HIDDEN)


def test_the_author_with_the_right_to_moderate_is_refused_too(moderator, make_user, say):
    colleague = make_user(Role.MODERATOR)
    decision = moderation.hide(user=moderator, matter=about(say(colleague)), **HIDE)
    objection = objections.object_to(user=colleague, decision=decision, text="Nein")
    refused("same_moderator", objections.decide, user=colleague, objection=objection, upheld=True, answer="Ja")
    assert queue.waiting(user=colleague).count() == 0


def test_a_rejected_objection_leaves_it_hidden_and_says_why(objection, make_user, mailoutbox):
    other = make_user(Role.MODERATOR)
    objections.decide(user=other, objection=objection, upheld=False, answer="Kein Zitat.")
    assert comment().state == State.HIDDEN
    assert "Kein Zitat." in mailoutbox[-1].body
    assert about(comment()).lane == Lane.DONE
    assert audit.verify().ok


def test_only_the_person_objects_with_words_and_in_time(hidden, moderator, citizen):
    with pytest.raises(NotAllowed):
        objections.object_to(user=moderator, decision=hidden, text="x")
    refused("no_text", objections.object_to, user=citizen, decision=hidden, text=" ")
    with time_machine.travel(timezone.now() + letters.OBJECTION_PERIOD + timedelta(hours=1)):
        refused("too_late", objections.object_to, user=citizen, decision=hidden, text="Zu spät")
    restored = moderation.restore(user=moderator, matter=hidden.matter, facts="War ein Zitat.")
    refused("already_decided", objections.object_to, user=citizen, decision=hidden, text="Erledigt")
    with pytest.raises(NotAllowed):
        objections.object_to(user=citizen, decision=restored, text="Nein")


def test_a_blocked_person_can_object_and_is_unblocked(citizen, moderator, make_user, say):
    until = timezone.now() + timedelta(days=30)
    decision = moderation.block(user=moderator, matter=about(say(citizen)), until=until, **HIDE)
    blocked = User.objects.get(pk=citizen.pk)
    assert not may_write(blocked)
    objection = objections.object_to(user=blocked, decision=decision, text="Das war nicht ich.")
    objections.decide(user=make_user(Role.MODERATOR), objection=objection, upheld=True, answer="Stimmt.")
    assert may_write(User.objects.get(pk=citizen.pk))
    measures = list(ModerationDecision.objects.order_by("pk").values_list("measure", flat=True))
    assert measures == [Measure.BLOCK, Measure.UNBLOCK]
    assert queue.history(User.objects.get(pk=citizen.pk)).blocks == 0
    assert audit.verify().findings == []


@pytest.mark.parametrize("act", [moderation.warn, moderation.delete])
def test_what_leaves_nothing_to_show_is_answered(citizen, moderator, make_user, say, mailoutbox, act):
    decision = act(user=moderator, matter=about(say(citizen)), **HIDE)
    objection = objections.object_to(user=citizen, decision=decision, text="Nein")
    objections.decide(user=make_user(Role.MODERATOR), objection=objection, upheld=True, answer="Sie haben recht.")
    assert "hatte Erfolg" in mailoutbox[-1].body
    assert queue.history(citizen).warnings == 0
    assert about(comment()).lane == Lane.DONE
