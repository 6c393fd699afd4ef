"""What stands behind a published hash does not change with names; anchors of the chain leave the portal by mail."""

from __future__ import annotations

import re

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client

from ethics import own_data
from ethics.domain import proof, recommendations, votes
from ethics.enums import State
from ethics.models import DissentingOpinion, ReviewCase
from portal import audit
from portal.audit import triggers
from portal.audit.canonical import GENESIS
from portal.audit.domain.chain import entry_hash
from portal.audit.models import AuditEntry, StreamHead

pytestmark = pytest.mark.django_db
ANCHOR = re.compile(r"^([\w:-]+) (\d+) ([0-9a-f]{64})$", re.MULTILINE)


@pytest.fixture
def dissented(story) -> ReviewCase:
    """A published case with a Sondervotum under the member's name."""
    case = story.to(State.VOTING)
    vote = case.votes.get()
    for place, member in enumerate(story.members):
        votes.cast(story.chair, vote=vote, member=member, choice="nein" if place == 4 else "ja")
    votes.close_vote(story.chair, vote=vote)
    recommendations.open_dissent(story.office, case=case)
    text = "Mir geht das alles nicht weit genug."
    recommendations.file_dissent(story.members[4], case=case, text=text, named=True)
    return story.to(State.PUBLISHED, case)


def holds(case: ReviewCase) -> list[bool]:
    return [found.holds for found in proof.check(case.public_hash)]


def test_a_new_display_name_leaves_the_published_content_as_it_is(story, dissented):
    member = story.members[4]
    former = member.display_name
    page = Client().get(dissented.get_absolute_url()).content.decode()
    assert f"Sondervotum: {former}" in page
    member.display_name = "Ganz anders"
    member.save()
    story.project.title = "Umbenanntes Projekt"
    story.project.save()
    page = Client().get(dissented.get_absolute_url() + "?x=2").content.decode()
    assert f"Sondervotum: {former}" in page
    assert "Ganz anders" not in page
    assert "Umbenanntes Projekt" not in page
    assert holds(dissented) == [True]
    assert audit.verify().ok


def test_erasure_takes_the_printed_name_away_and_makes_a_new_hash(story, dissented):
    member, former = story.members[4], dissented.public_hash
    own_data.erase(member)
    row = DissentingOpinion.objects.get(member=member)
    assert (row.named, row.printed_display_name, row.public_name) == (False, "", "")
    case = ReviewCase.objects.get(pk=dissented.pk)
    assert case.public_hash != former
    assert holds(case) == [True]
    assert member.display_name not in Client().get(case.get_absolute_url()).content.decode()
    assert audit.verify().ok


def test_rows_from_before_the_frozen_names_are_still_vouched_for(dissented):
    """Empty columns of later versions take no part in the digest of a row."""
    from ethics.domain.vouched import columns

    row = DissentingOpinion(case=dissented, text="x")
    assert "printed_display_name" not in columns(row)
    assert columns(dissented)["public_subject"] == dissented.subject


def anchors_in(body: str) -> list[tuple[str, int, str]]:
    return [(stream, int(seq), hash_) for stream, seq, hash_ in ANCHOR.findall(body)]


def test_invitations_carry_the_heads_of_meeting_and_council(story):
    meeting = story.meeting_today()
    sent = mail.outbox[-1]
    expected = [(stream, *audit.head(stream)) for stream in (f"meeting:{meeting.pk}", "council")]
    assert anchors_in(sent.body) == expected
    assert {address for m in mail.outbox for address in m.to} == {member.email for member in story.members}


def test_the_mail_of_a_decision_reaches_members_and_lead_with_hash_and_anchor(story):
    case = story.to(State.PREPARING)
    mail.outbox.clear()
    case = story.to(State.PUBLISHED, case)
    assert {m.to[0] for m in mail.outbox} == {story.lead.email, *(member.email for member in story.members)}
    body = mail.outbox[0].body
    assert case.public_hash in body
    assert anchors_in(body)[0] == (case.stream, *audit.head(case.stream))
    assert "[[" not in body


def test_a_rewritten_case_does_not_fit_the_anchor_in_yesterdays_mail(story, tmp_path):
    """The forger changes the outcome, vouches for it anew and makes all hashes fit; the mail from yesterday tells."""
    case = story.to(State.PUBLISHED)
    file = tmp_path / "anker.txt"
    file.write_text("\n".join(" ".join(map(str, anchor)) for anchor in anchors_in(mail.outbox[-1].body)))
    call_command("audit_verify", "--anchors", str(file))
    triggers.drop(connection)
    previous = GENESIS
    for entry in AuditEntry.objects.filter(stream=case.stream).order_by("seq"):
        entry.role = "office" if entry.role == "chair" else entry.role
        entry.prev_hash = previous
        entry.hash = previous = entry_hash(entry)
        entry.save()
    StreamHead.objects.filter(pk=case.stream).update(hash=previous)
    triggers.install(connection)
    call_command("audit_verify")  # by itself the chain looks intact
    with pytest.raises(SystemExit) as caught:
        call_command("audit_verify", "--anchors", str(file))
    assert caught.value.code == 2


@pytest.mark.parametrize("damage", ["altered", "swapped", "deleted", "cut"])
def test_damage_to_the_rows_of_a_cases_chain_is_found(story, damage, tmp_path):
    case = story.to(State.PUBLISHED)
    file = tmp_path / "anker.txt"
    file.write_text("{} {} {}".format(case.stream, *audit.head(case.stream)))
    rows = AuditEntry.objects.filter(stream=case.stream).order_by("seq")
    first, second, last = rows[3], rows[4], rows.last()
    triggers.drop(connection)
    with transaction.atomic(), connection.constraint_checks_disabled():
        if damage == "altered":
            rows.filter(pk=first.pk).update(action="ethics.other")
        elif damage == "swapped":
            rows.filter(pk=first.pk).update(seq=10_000)
            rows.filter(pk=second.pk).update(seq=first.seq)
            rows.filter(pk=first.pk).update(seq=second.seq)
        else:
            from portal.audit.models import AuditPayload

            gone = first if damage == "deleted" else last
            AuditPayload.objects.filter(entry=gone).delete()
            rows.filter(pk=gone.pk).delete()
            if damage == "cut":
                before = rows.last()
                StreamHead.objects.filter(pk=case.stream).update(seq=before.seq, hash=before.hash)
    triggers.install(connection)
    report = audit.verify(anchors=file)
    if damage == "cut":  # the rows still speak: the newest entry vouches for another state; and the anchor is gone
        assert not report.anchored
    else:
        assert not report.ok
