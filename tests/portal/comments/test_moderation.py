"""Notices, decisions with reasons, objections."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal import audit
from portal.accounts.enums import Role
from portal.activity.enums import Audience
from portal.activity.models import Activity, Notification
from portal.audit.models import AuditEntry
from portal.comments.domain import moderation, writing
from portal.comments.enums import Measure, State
from portal.comments.models import Comment, ModerationDecision, Notice
from portal.exceptions import DomainError, NotAllowed

pytestmark = pytest.mark.django_db

HIDE = {"reason": "insult", "facts": "Beschimpft eine Nachbarin."}


@pytest.fixture
def hidden(citizen, moderator, say) -> ModerationDecision:
    return moderation.hide(user=moderator, comment=say(citizen), **HIDE)


def refused(code: str, act, **arguments) -> None:
    with pytest.raises(DomainError) as error:
        act(**arguments)
    assert error.value.code == code


def test_hiding_demands_reasons_and_tells_the_author(citizen, moderator, say, mailoutbox):
    comment = say(citizen)
    refused("no_reason", moderation.hide, user=moderator, comment=comment, reason="", facts="x")
    refused("no_facts", moderation.hide, user=moderator, comment=comment, reason="insult", facts=" ")
    refused("no_provision", moderation.hide, user=moderator, comment=comment, ground="law", **HIDE)
    decision = moderation.hide(user=moderator, comment=comment, **HIDE)
    comment.refresh_from_db()
    assert (comment.state, comment.hidden_reason) == (State.HIDDEN, "insult")
    assert Activity.objects.get().audience == Audience.STAFF
    (letter,) = mailoutbox
    assert letter.to == [citizen.email]
    assert "Beleidigung oder Drohung" in letter.body
    assert "Beschimpft eine Nachbarin." in letter.body
    assert decision.get_absolute_url() in letter.body
    assert Notification.objects.get().user == citizen
    assert [e.action for e in AuditEntry.objects.filter(role="moderator")] == ["comment.hidden", "moderation.decided"]
    assert audit.verify().findings == []


@pytest.mark.parametrize("roles", [(), (Role.PROJECT_LEAD,), (Role.COMMUNICATIONS,)])
def test_only_moderators_decide(citizen, make_user, say, roles):
    other, comment = make_user(*roles), say(citizen)
    for act, arguments in (
        (moderation.hide, HIDE),
        (moderation.release, {}),
        (moderation.keep, {}),
        (moderation.restore, {"facts": "x"}),
    ):
        refused("not_allowed", act, user=other, comment=comment, **arguments)
    refused("sign_in", moderation.hide, user=AnonymousUser(), comment=comment, **HIDE)


def test_nobody_decides_about_the_own_comment(moderator, say):
    refused("own", moderation.hide, user=moderator, comment=say(moderator), **HIDE)


def test_nothing_is_decided_twice(hidden, make_user):
    refused("already_decided", moderation.hide, user=make_user(Role.MODERATOR), comment=hidden.comment, **HIDE)
    refused("already_decided", moderation.release, user=make_user(Role.MODERATOR), comment=hidden.comment)
    assert ModerationDecision.objects.count() == 1


def test_the_database_refuses_hiding_without_reasons(citizen, say):
    comment = say(citizen)
    for act in (
        lambda: Comment.objects.filter(pk=comment.pk).update(state=State.HIDDEN),
        lambda: Comment.objects.filter(pk=comment.pk).update(state=State.HELD),
        lambda: ModerationDecision.objects.create(comment=comment, measure=Measure.HIDE, reason="insult"),
        lambda: ModerationDecision.objects.create(comment=comment, measure=Measure.HIDE, facts="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_releasing_publishes_what_was_held(thread, citizen, moderator, make_user, say, mailoutbox):
    top = say(make_user())
    comment = writing.create(user=citizen, thread=thread, text="Ruft an: 05251 1234567", parent=top)
    moderation.release(user=moderator, comment=comment)
    comment.refresh_from_db()
    assert (comment.state, comment.held_until) == (State.VISIBLE, None)
    assert Activity.objects.filter(url=comment.get_absolute_url(), audience=Audience.PUBLIC).count() == 1
    assert {n.user for n in Notification.objects.all()} == {top.author, citizen}
    assert [letter.subject for letter in mailoutbox] == ["Ihr Kommentar ist sichtbar"]
    assert audit.verify().ok


def test_restoring_demands_a_reason_and_shows_it_again(hidden, moderator):
    refused("no_facts", moderation.restore, user=moderator, comment=hidden.comment, facts="")
    moderation.restore(user=moderator, comment=hidden.comment, facts="War ein Zitat.")
    hidden.comment.refresh_from_db()
    assert (hidden.comment.state, hidden.comment.hidden_reason) == (State.VISIBLE, "")
    assert Activity.objects.get().audience == Audience.PUBLIC
    assert audit.verify().ok


# Notices


def test_anyone_reports_and_gets_a_receipt(citizen, moderator, say, mailoutbox):
    comment = say(citizen)
    arguments = {"comment": comment, "reason": "insult", "explanation": "Zeile 1"}
    notice = moderation.report(user=AnonymousUser(), email="anna@test.example", **arguments)
    assert len(notice.receipt) == 11
    assert notice.receipt in mailoutbox[0].subject
    assert [entry.comment for entry in Notice.objects.all()] == [comment]
    assert list(Comment.objects.in_queue()) == [comment]
    moderation.keep(user=moderator, comment=comment, facts="Ist Kritik, keine Beleidigung.")
    notice.refresh_from_db()
    assert notice.decision.measure == Measure.KEEP
    assert "Ist Kritik" in mailoutbox[1].body
    assert list(Comment.objects.in_queue()) == []
    refused("already_decided", moderation.keep, user=moderator, comment=comment)


def test_a_person_has_one_open_notice(citizen, make_user, say):
    reporter, comment = make_user(), say(citizen)
    arguments = {"user": reporter, "comment": comment, "reason": "insult"}
    first = moderation.report(explanation="Eins", **arguments)
    assert moderation.report(explanation="Zwei", **arguments) == first


def test_hiding_answers_the_notices(citizen, moderator, make_user, say, mailoutbox):
    reporter, comment = make_user(), say(citizen)
    notice = moderation.report(user=reporter, comment=comment, reason="insult", explanation="Bitte prüfen")
    decision = moderation.hide(user=moderator, comment=comment, **HIDE)
    notice.refresh_from_db()
    assert notice.decision == decision
    assert [(m.to, m.subject) for m in mailoutbox[1:]] == [
        ([reporter.email], f"Ihre Meldung {notice.receipt} ist entschieden"),
        ([citizen.email], "Ihr Kommentar wurde ausgeblendet"),
    ]


def test_reporting_demands_reason_and_words(citizen, hidden, say, target):
    comment, nobody = say(citizen, "Anderes"), AnonymousUser()
    refused("no_reason", moderation.report, user=nobody, comment=comment, reason="x", explanation="y")
    refused("no_explanation", moderation.report, user=nobody, comment=comment, reason="insult", explanation=" ")
    refused("gone", moderation.report, user=nobody, comment=hidden.comment, reason="insult", explanation="y")
    target.hidden = True
    refused("no_thread", moderation.report, user=nobody, comment=comment, reason="insult", explanation="y")


# Objections


def test_the_author_objects_once_and_another_moderator_decides(hidden, citizen, moderator, make_user, mailoutbox):
    objection = moderation.object_to(user=citizen, decision=hidden, text="Das war ein Zitat.")
    refused("already_decided", moderation.object_to, user=citizen, decision=hidden, text="Noch einmal")
    assert list(Comment.objects.in_queue()) == [hidden.comment]
    refused("objection_open", moderation.restore, user=moderator, comment=hidden.comment, facts="x")
    decide = moderation.decide_objection
    refused("same_moderator", decide, user=moderator, objection=objection, upheld=False, answer="Nein")
    other = make_user(Role.MODERATOR)
    refused("no_answer", decide, user=other, objection=objection, upheld=True, answer=" ")
    decide(user=other, objection=objection, upheld=True, answer="Stimmt, ein Zitat.")
    hidden.comment.refresh_from_db()
    assert hidden.comment.state == State.VISIBLE
    refused("already_decided", decide, user=other, objection=objection, upheld=True, answer="Noch einmal")
    assert mailoutbox[-1].subject == "Ihr Kommentar ist sichtbar"
    assert audit.verify().findings == []


def test_a_rejected_objection_leaves_it_hidden_and_says_why(hidden, citizen, make_user, mailoutbox):
    objection = moderation.object_to(user=citizen, decision=hidden, text="Das war ein Zitat.")
    other = make_user(Role.MODERATOR)
    moderation.decide_objection(user=other, objection=objection, upheld=False, answer="Kein Zitat.")
    hidden.comment.refresh_from_db()
    assert hidden.comment.state == State.HIDDEN
    assert "Kein Zitat." in mailoutbox[-1].body
    assert audit.verify().ok


def test_only_the_author_objects(hidden, moderator, citizen):
    with pytest.raises(NotAllowed):
        moderation.object_to(user=moderator, decision=hidden, text="x")
    refused("no_text", moderation.object_to, user=citizen, decision=hidden, text=" ")


def test_a_decision_altered_by_hand_breaks_the_chain(hidden):
    ModerationDecision.objects.filter(pk=hidden.pk).update(facts="Etwas anderes.")
    assert [f.where for f in audit.verify().findings] == [f"comments.ModerationDecision {hidden.pk}"]


def test_subjects_carry_no_line_breaks(hidden, citizen, moderator, target):
    target.title = lambda thread: "Eins\r\nBcc: alle@test.example"
    moderation.restore(user=moderator, comment=hidden.comment, facts="Doch in Ordnung.")
    assert all("\n" not in letter.subject for letter in mail.outbox)
    assert timezone.now() >= hidden.created_at
