"""Decisions with reasons: who may, what they change, whom they tell."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal import audit
from portal.accounts.enums import Role
from portal.accounts.models import User
from portal.activity.enums import Audience
from portal.activity.models import Activity, Notification
from portal.audit.models import AuditEntry
from portal.comments.domain import moderation, notices, queue, writing
from portal.comments.enums import Lane, Measure, State
from portal.comments.models import Comment, Matter, ModerationDecision
from portal.exceptions import DomainError
from tests.portal.comments.conftest import about

pytestmark = pytest.mark.django_db

HIDE = {"reason": "insult", "facts": "Beschimpft eine Nachbarin."}
HELD = "Ruft an: 05251 1234567"


@pytest.fixture
def hidden(citizen, moderator, say) -> ModerationDecision:
    return moderation.hide(user=moderator, matter=about(say(citizen)), **HIDE)


def refused(code: str, act, **arguments) -> None:
    with pytest.raises(DomainError) as error:
        act(**arguments)
    assert error.value.code == code


def state(matter: Matter) -> str:
    return Comment.objects.get(pk=matter.object_key).state


def test_hiding_demands_reasons_and_tells_the_author(citizen, moderator, say, mailoutbox):
    comment = say(citizen)
    matter = about(comment)
    for bad, code in (
        ({"reason": "", "facts": "x"}, "no_reason"),
        ({"reason": "insult", "facts": " "}, "no_facts"),
        ({"ground": "law"} | HIDE, "no_provision"),
        ({"ground": "Laune"} | HIDE, "no_ground"),
    ):
        refused(code, moderation.hide, user=moderator, matter=matter, **bad)
        refused(code, moderation.delete, user=moderator, matter=matter, **bad)
    assert (state(matter), ModerationDecision.objects.count()) == (State.VISIBLE, 0)
    decision = moderation.hide(user=moderator, matter=matter, **HIDE)
    comment.refresh_from_db()
    assert (comment.state, comment.hidden_reason) == (State.HIDDEN, "insult")
    assert Activity.objects.get().audience == Audience.STAFF
    (letter,) = mailoutbox
    assert letter.to == [citizen.email]
    for words in (
        "Beleidigung oder Drohung",
        "Beschimpft eine Nachbarin.",
        "widersprechen",
        decision.get_absolute_url(),
    ):
        assert words in letter.body
    assert Notification.objects.get().user == citizen
    acts = list(AuditEntry.objects.filter(role="moderator").values_list("action", flat=True))
    assert acts == ["comment.hidden", "moderation.decided"]
    assert audit.verify().findings == []


EVERY_ACT = [
    (moderation.hide, HIDE),
    (moderation.delete, HIDE),
    (moderation.hold, HIDE),
    (moderation.warn, HIDE),
    (moderation.block, {"until": timezone.now() + timedelta(days=7)} | HIDE),
    (moderation.release, {}),
    (moderation.keep, {}),
    (moderation.see, {}),
    (moderation.restore, {"facts": "x"}),
    (moderation.unblock, {"facts": "x"}),
]


@pytest.mark.parametrize("roles", [(), (Role.PROJECT_LEAD,), (Role.COMMUNICATIONS,), (Role.ADMIN,)])
def test_only_moderators_decide(citizen, make_user, say, roles):
    other, matter = make_user(*roles), about(say(citizen))
    for act, arguments in EVERY_ACT:
        refused("not_allowed", act, user=other, matter=matter, **arguments)
        refused("sign_in", act, user=AnonymousUser(), matter=matter, **arguments)
    assert not ModerationDecision.objects.exists()


def test_a_moderator_removed_in_mid_session_is_refused_at_once(citizen, moderator, say):
    matter = about(say(citizen))
    moderator.groups.clear()
    for act, arguments in EVERY_ACT:
        refused("not_allowed", act, user=User.objects.get(pk=moderator.pk), matter=matter, **arguments)


def test_nobody_decides_about_what_they_wrote(moderator, say):
    matter = about(say(moderator))
    for act in (moderation.hide, moderation.delete, moderation.hold, moderation.warn):
        refused("own", act, user=moderator, matter=matter, **HIDE)


def test_nothing_is_decided_twice_and_the_second_is_told_by_whom(hidden, make_user, moderator):
    second = make_user(Role.MODERATOR)
    for act, arguments in ((moderation.hide, HIDE), (moderation.release, {})):
        with pytest.raises(DomainError) as error:
            act(user=second, matter=hidden.matter, **arguments)
        assert error.value.code == "already_decided"
        assert moderator.public_name in error.value.message
    assert ModerationDecision.objects.count() == 1


def test_who_decides_must_have_read_the_present_text(thread, citizen, moderator):
    comment = writing.create(user=citizen, thread=thread, text="Eins")
    version = about(comment).version
    writing.edit(user=citizen, comment=comment, text="Zwei")
    with pytest.raises(DomainError) as error:
        moderation.hide(user=moderator, matter=about(comment), version=version, **HIDE)
    assert (error.value.code, "geändert" in error.value.message) == ("already_decided", True)
    moderation.hide(user=moderator, matter=about(comment), version=version + 1, **HIDE)


def test_the_database_refuses_restrictions_without_reasons(citizen, say):
    comment = say(citizen)
    matter = about(comment)
    make = ModerationDecision.objects.create
    acts = [
        lambda: Comment.objects.filter(pk=comment.pk).update(state=State.HIDDEN),
        lambda: Comment.objects.filter(pk=comment.pk).update(state=State.HELD),
        lambda: Matter.objects.filter(pk=matter.pk).update(state=State.HELD),
        lambda: Matter.objects.create(kind="comment", object_key=str(comment.pk)),
        lambda: make(matter=matter, measure=Measure.BLOCK, reason="insult", facts="x"),
    ]
    for measure in (Measure.HIDE, Measure.DELETE, Measure.HOLD, Measure.WARN):
        acts.append(lambda measure=measure: make(matter=matter, measure=measure, reason="insult"))
        acts.append(lambda measure=measure: make(matter=matter, measure=measure, facts="x"))
    for act in acts:
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_releasing_publishes_what_was_held(thread, citizen, moderator, make_user, say, mailoutbox):
    top = say(make_user())
    comment = writing.create(user=citizen, thread=thread, text=HELD, parent=top)
    matter = about(comment)
    assert (matter.lane, matter.due_at) == (Lane.HELD, comment.held_until)
    moderation.release(user=moderator, matter=matter)
    comment.refresh_from_db()
    assert (comment.state, comment.held_until, about(comment).lane) == (State.VISIBLE, None, Lane.DONE)
    assert Activity.objects.filter(url=comment.get_absolute_url(), audience=Audience.PUBLIC).count() == 1
    assert {n.user for n in Notification.objects.all()} == {top.author, citizen}
    assert [letter.subject for letter in mailoutbox] == ["Ihr Kommentar ist sichtbar"]
    assert audit.verify().ok


def test_restoring_demands_a_reason_and_shows_it_again(hidden, moderator):
    refused("no_facts", moderation.restore, user=moderator, matter=hidden.matter, facts="")
    moderation.restore(user=moderator, matter=hidden.matter, facts="War ein Zitat.")
    comment = Comment.objects.get()
    assert (comment.state, comment.hidden_reason) == (State.VISIBLE, "")
    assert Activity.objects.get().audience == Audience.PUBLIC
    assert audit.verify().ok


def test_holding_takes_it_away_until_a_date_and_keeps_notices_open(citizen, moderator, make_user, say, mailoutbox):
    comment = say(citizen)
    notices.report(user=make_user(), kind="comment", key=comment.pk, reason="insult", explanation="x")
    moderation.hold(user=moderator, matter=about(comment), **HIDE)
    comment.refresh_from_db()
    matter = about(comment)
    assert (comment.state, matter.lane, matter.open_notices) == (State.HELD, Lane.HELD, 1)
    assert matter.due_at == comment.held_until
    assert Activity.objects.get().audience == Audience.STAFF
    assert mailoutbox[-1].subject == "Ihr Kommentar wird geprüft"
    moderation.release(user=moderator, matter=matter)
    assert (state(matter), about(comment).open_notices) == (State.VISIBLE, 0)
    assert audit.verify().findings == []


def test_deleting_empties_the_text_for_good(thread, citizen, moderator):
    comment = writing.create(user=citizen, thread=thread, text="Erste Fassung")
    writing.edit(user=citizen, comment=comment, text="Zweite Fassung")
    moderation.delete(user=moderator, matter=about(comment), **HIDE)
    comment.refresh_from_db()
    assert (comment.text, comment.state, comment.revisions.count()) == ("", State.DELETED, 0)
    refused("already_decided", moderation.restore, user=moderator, matter=about(comment), facts="Doch nicht")
    assert audit.verify().findings == []


def test_a_warning_leaves_the_text_tells_the_author_and_is_counted(citizen, moderator, say, mailoutbox):
    matter = about(say(citizen))
    moderation.warn(user=moderator, matter=matter, **HIDE)
    assert state(matter) == State.VISIBLE
    assert (mailoutbox[0].to, mailoutbox[0].subject) == ([citizen.email], "Eine Verwarnung von der Moderation")
    told = queue.history(citizen)
    assert (told.warnings, told.visible, told.hidden, told.blocks) == (1, 1, 0, 0)


def test_a_blocked_account_reads_but_writes_nowhere(thread, citizen, moderator, make_user, say, mailoutbox):
    comment, other = say(citizen), say(make_user(), "Anderes")
    until = timezone.now() + timedelta(days=7)
    refused("bad_until", moderation.block, user=moderator, matter=about(comment), until=timezone.now(), **HIDE)
    far = timezone.now() + timedelta(days=400)
    refused("bad_until", moderation.block, user=moderator, matter=about(comment), until=far, **HIDE)
    moderation.block(user=moderator, matter=about(comment), until=until, **HIDE)
    blocked = User.objects.get(pk=citizen.pk)
    assert blocked.blocked_until == until
    refused("blocked", writing.create, user=blocked, thread=thread, text="Trotzdem")
    report = {"kind": "comment", "key": other.pk, "reason": "insult", "explanation": "x"}
    refused("blocked", notices.report, user=blocked, **report)
    assert notices.report(user=AnonymousUser(), **report).receipt
    assert "lesen, aber nicht schreiben" in mailoutbox[0].body
    moderation.unblock(user=moderator, matter=about(comment), facts="Es tut der Person leid.")
    writing.create(user=User.objects.get(pk=citizen.pk), thread=thread, text="Danke")
    assert audit.verify().findings == []


def test_colleagues_and_erased_accounts_are_not_blocked(moderator, lead, say):
    arguments = {"until": timezone.now() + timedelta(days=1)} | HIDE
    comment = say(lead)
    refused("colleague", moderation.block, user=moderator, matter=about(comment), **arguments)
    Matter.objects.update(author=None)
    refused("no_author", moderation.block, user=moderator, matter=about(comment), **arguments)
    refused("no_author", moderation.warn, user=moderator, matter=about(comment), **HIDE)


def test_new_texts_are_checked_off_once(citizen, moderator, say):
    matter = about(say(citizen))
    assert matter.lane == Lane.NEW
    moderation.see(user=moderator, matter=matter)
    assert about(Comment.objects.get()).lane == Lane.DONE
    refused("already_decided", moderation.see, user=moderator, matter=matter)


def test_answers_of_the_city_and_of_moderators_are_not_new(thread, lead, moderator):
    official = writing.create(user=lead, thread=thread, text="Wir bauen.", official=True)
    own = writing.create(user=moderator, thread=thread, text="Hallo")
    assert {about(official).lane, about(own).lane} == {Lane.DONE}


def test_a_decision_altered_by_hand_breaks_the_chain(hidden):
    ModerationDecision.objects.filter(pk=hidden.pk).update(facts="Etwas anderes.")
    assert [f.where for f in audit.verify().findings] == [f"comments.ModerationDecision {hidden.pk}"]


def test_subjects_carry_no_line_breaks(hidden, moderator, target):
    target.title = lambda thread: "Eins\r\nBcc: alle@test.example"
    moderation.restore(user=moderator, matter=hidden.matter, facts="Doch in Ordnung.")
    assert len(mail.outbox) == 2
    assert all("\n" not in letter.subject and letter.bcc == [] for letter in mail.outbox)
