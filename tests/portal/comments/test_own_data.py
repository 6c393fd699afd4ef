"""Export names everything of the person and nothing of others; erasure keeps threads readable."""

from __future__ import annotations

import pytest

from portal import audit
from portal.accounts.domain import privacy
from portal.audit.models import AuditPayload
from portal.comments.domain import moderation, notices, objections, support, writing
from portal.comments.enums import State
from portal.comments.models import Comment, Matter, ModerationDecision, Notice, Objection, Revision, Support
from tests.portal.comments.conftest import about

pytestmark = pytest.mark.django_db
MARK = "Blaumeisenweg"


@pytest.fixture
def life(thread, citizen, moderator, make_user, say):
    """One of everything that a person can do here, each text with the mark."""
    other = say(make_user(), "Von jemand anderem")
    visible = say(citizen, f"Ich wohne am {MARK}", minutes=1)
    writing.edit(user=citizen, comment=visible, text="Ich wohne hier.")
    hidden = say(citizen, f"Verborgen, {MARK}", minutes=30)
    facts = f"Nennt die Anschrift {MARK}."
    decision = moderation.hide(user=moderator, matter=about(hidden), reason="personal_data", facts=facts)
    objections.object_to(user=citizen, decision=decision, text=f"Das ist mein {MARK}.")
    support.give(user=citizen, comment=other)
    notices.report(user=citizen, kind="comment", key=other.pk, reason="insult", explanation=f"Wie am {MARK}")
    return visible, hidden, other


def test_export_has_every_part(life, citizen, make_user):
    rows = privacy.export(user=citizen)["parts"]["comments"]
    assert [row["kind"] for row in rows] == [
        "comment",
        "comment",
        "decision_about_me",
        "support",
        "notice",
        "objection",
    ]
    assert "Von jemand anderem" not in str(rows)
    assert privacy.export(user=make_user())["parts"]["comments"] == []


def test_erasure_keeps_the_thread_readable_and_the_chain_intact(life, citizen):
    visible, hidden, other = life
    email = citizen.email
    privacy.erase(user=citizen, account=citizen)
    visible.refresh_from_db()
    hidden.refresh_from_db()
    other.refresh_from_db()
    assert (visible.text, visible.author, visible.author_name) == ("Ich wohne hier.", None, "Gelöschtes Konto")
    assert (hidden.text, hidden.state) == ("", State.DELETED)
    assert (other.support_count, Support.objects.count(), Revision.objects.count()) == (0, 0, 0)
    assert audit.verify().findings == []
    stored = [*Comment.objects.values(), *Notice.objects.values(), *Objection.objects.values()]
    stored += [*AuditPayload.objects.values(), *ModerationDecision.objects.values()]
    assert email not in str(stored)
    assert not Matter.objects.filter(author=citizen).exists()
    texts = [
        row.get("text", "") + row.get("explanation", "") + row.get("data", "") + row.get("facts", "") for row in stored
    ]
    assert MARK not in str(texts)
