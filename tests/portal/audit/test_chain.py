"""Appending: gapless numbers, canonical digests, states of registered rows, erasure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

import pytest
from django.db import transaction

from portal import audit
from portal.accounts.enums import Role
from portal.audit import subjects
from portal.audit.canonical import GENESIS, canonical, salted
from portal.audit.models import AuditEntry, AuditPayload
from portal.exceptions import DomainError

pytestmark = pytest.mark.django_db


def test_record_numbers_each_stream_without_gaps(make_user):
    user = make_user()
    entries = [audit.record(actor=user, action="test.done", stream=s) for s in ("main", "ethics", "main", "main")]
    assert [(e.stream, e.seq) for e in entries] == [("main", 1), ("ethics", 1), ("main", 2), ("main", 3)]
    assert entries[0].prev_hash == GENESIS
    assert entries[2].prev_hash == entries[0].hash
    assert audit.head("main") == (3, entries[3].hash)
    assert audit.head("unknown") == (0, GENESIS)


def test_record_keeps_actor_role_object_and_payload(make_user, make_project):
    user, project = make_user(Role.MODERATOR), make_project(live=False)
    entry = audit.record(
        actor=user, action="project.seen", obj=project, payload={"b": "ä", "a": 1}, version_hash="abc", role="moderator"
    )
    stored = AuditEntry.objects.get(pk=entry.pk)
    assert (stored.actor_id, stored.role, stored.version_hash) == (user.pk, "moderator", "abc")
    assert (stored.object_label, stored.object_pk) == ("projects.Project", str(project.pk))
    assert stored.payload.data == '{"a":1,"b":"\\u00e4"}'
    assert stored.payload_digest == salted(stored.payload.salt, stored.payload.data)


def test_record_by_nobody_has_no_actor():
    assert audit.record(actor=None, action="test.done").actor_id is None


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_is_refused():
    with pytest.raises(transaction.TransactionManagementError):
        audit.record(actor=None, action="test.done")


@pytest.mark.django_db(transaction=True)
def test_record_is_rolled_back_with_the_act():
    def fail() -> None:
        with transaction.atomic():
            audit.record(actor=None, action="test.done")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert audit.head() == (0, GENESIS)
    with transaction.atomic():
        assert audit.record(actor=None, action="test.done").seq == 1


def test_record_of_an_unsaved_object_is_refused(make_user):
    with pytest.raises(ValueError, match="Primärschlüssel"):
        audit.record(actor=None, action="test.done", obj=AuditPayload())


def test_canonical_spells_each_value_in_one_way():
    berlin = timezone(timedelta(hours=1))
    value = {
        "z": datetime(2026, 11, 22, 19, 3, 11, 120000, tzinfo=berlin),
        "a": [Decimal("1.50"), UUID(int=1), Role.DPO, None, True],
        "t": "\x00ä\ud800",
    }
    assert canonical(value) == (
        '{"a":["1.50","00000000-0000-0000-0000-000000000001","dpo",null,true],'
        '"t":"\\u0000\\u00e4\\ud800","z":"2026-11-22T18:03:11.120000Z"}'
    )
    assert canonical(value["z"].astimezone(UTC)) == canonical(value["z"])


@pytest.mark.parametrize("value", [{1, 2}, b"x", object(), datetime(2026, 1, 1)])
def test_canonical_refuses_values_without_one_spelling(value):
    with pytest.raises(TypeError):
        canonical(value)


def test_canonical_refuses_not_a_number():
    with pytest.raises(ValueError, match="Out of range"):
        canonical(float("nan"))


def test_erase_deletes_payload_and_leaves_an_entry(make_user):
    user = make_user()
    entry = audit.record(actor=user, action="test.done", payload={"name": "Erika"})
    erasure = audit.erase(actor=user, entry=entry, reason="account.erased")
    assert (erasure.action, erasure.erases_seq) == ("audit.payload_erased", entry.seq)
    assert not AuditPayload.objects.filter(pk=entry.pk).exists()
    assert audit.verify().ok
    with pytest.raises(DomainError, match="already_erased"):
        audit.erase(actor=user, entry=entry, reason="account.erased")
    with pytest.raises(DomainError, match="is_erasure"):
        audit.erase(actor=user, entry=erasure, reason="account.erased")


def test_record_stores_the_state_of_a_registered_row(make_project):
    from projects.models import Project

    project = make_project(live=False)
    subjects.register("projects.Project", Project.objects.all, lambda p: {"title": p.title})
    try:
        entry = audit.record(actor=None, action="project.created", obj=project)
        assert entry.state_digest == salted(entry.payload.salt, canonical({"title": project.title}))
    finally:
        subjects.unregister("projects.Project")
    assert audit.record(actor=None, action="project.created", obj=project).state_digest == ""
