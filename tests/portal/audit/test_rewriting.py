"""Whoever owns the database can rewrite the whole chain with fitting hashes; only an anchor from yesterday tells."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from portal import audit
from portal.audit import triggers
from portal.audit.canonical import GENESIS
from portal.audit.domain.chain import entry_hash
from portal.audit.domain.lookup import find
from portal.audit.models import AuditEntry, AuditPayload, StreamHead

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    with transaction.atomic():
        for number in range(6):
            audit.record(actor=None, action="test.done", stream="case:x", payload={"number": number})
    yield
    triggers.install(connection)


@pytest.fixture
def anchors(chain, tmp_path):
    """Yesterday's anchor, as minutes and dossiers print it."""
    seq, hash_ = audit.head("case:x")
    file = tmp_path / "anker.txt"
    file.write_text(f"case:x {seq} {hash_}  # Niederschrift\n", encoding="utf-8")
    return file


def exit_code(**options) -> int:
    try:
        call_command("audit_verify", **options)
    except SystemExit as caught:
        return int(caught.code or 0)
    return 0


def rewrite(change) -> None:
    """Applies `change` to each entry and makes every hash fit again, as a thorough forger would."""
    triggers.drop(connection)
    previous = GENESIS
    seq = 0
    for entry in list(AuditEntry.objects.filter(stream="case:x").order_by("seq")):
        if change(entry) is False:
            AuditPayload.objects.filter(entry=entry).delete()
            AuditEntry.objects.filter(pk=entry.pk).delete()
            continue
        seq += 1
        entry.seq, entry.prev_hash = seq, previous
        entry.hash = previous = entry_hash(entry)
        entry.save()
    StreamHead.objects.filter(pk="case:x").update(seq=seq, hash=previous)
    triggers.install(connection)


def rename(entry) -> None:
    entry.action = entry.action.replace("done", "undone")


def test_untouched_chain_fits_its_anchor(anchors):
    assert exit_code(anchors=str(anchors)) == 0


def test_full_rewrite_is_consistent_in_itself_and_exits_2_against_the_anchor(anchors):
    rewrite(rename)
    assert exit_code() == 0
    assert exit_code(anchors=str(anchors)) == 2


def test_dropping_one_entry_with_recomputed_hashes_exits_2(anchors):
    rewrite(lambda entry: entry.seq != 3)
    assert exit_code() == 0
    assert exit_code(anchors=str(anchors)) == 2


def test_cutting_the_end_together_with_the_head_exits_2(anchors):
    rewrite(lambda entry: entry.seq <= 4)
    assert exit_code() == 0
    assert exit_code(anchors=str(anchors)) == 2


def test_growing_on_keeps_yesterdays_anchor(anchors):
    with transaction.atomic():
        audit.record(actor=None, action="test.done", stream="case:x")
    assert exit_code(anchors=str(anchors)) == 0


def test_swapped_rows_are_broken_with_and_without_anchor(anchors):
    triggers.drop(connection)
    AuditEntry.objects.filter(stream="case:x", seq=2).update(seq=99)
    AuditEntry.objects.filter(stream="case:x", seq=3).update(seq=2)
    AuditEntry.objects.filter(stream="case:x", seq=99).update(seq=3)
    triggers.install(connection)
    assert exit_code() == 1
    assert exit_code(anchors=str(anchors)) == 1


def test_lookup_finds_a_printed_hash_and_says_when_its_entry_was_changed(chain):
    seq, hash_ = audit.head("case:x")
    link = find(hash_)
    assert link is not None
    assert (link.stream, link.seq, link.intact) == ("case:x", seq, True)
    assert find("0" * 64) is None
    triggers.drop(connection)
    AuditEntry.objects.filter(hash=hash_).update(action="test.other")
    changed = find(hash_)
    assert changed is not None
    assert not changed.intact
