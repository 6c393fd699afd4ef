"""The database itself refuses to change the chain."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.signals import post_migrate

from portal import audit
from portal.audit import triggers
from portal.audit.models import AuditEntry, AuditPayload, StreamHead

pytestmark = pytest.mark.django_db


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError as error:
        return triggers.MESSAGE in str(error)
    return False


@pytest.fixture
def entry(make_user) -> AuditEntry:
    audit.record(actor=None, action="test.before")
    return audit.record(actor=make_user(), action="test.done", payload={"n": 1})


def test_entries_cannot_be_changed_or_deleted(entry):
    rows = AuditEntry.objects.filter(pk=entry.pk)
    assert refused(lambda: rows.update(action="test.forged"))
    assert refused(lambda: rows._raw_delete(rows.db))


def test_entries_cannot_be_replaced_or_skip_a_number(entry):
    assert refused(lambda: AuditEntry.objects.filter(pk=entry.pk)[0].save(force_insert=True))
    fields = {"recorded_at": entry.recorded_at, "action": "x", "payload_digest": "", "prev_hash": ""}
    assert refused(lambda: AuditEntry.objects.create(stream="main", seq=9, hash="x", **fields))
    assert refused(lambda: AuditEntry.objects.create(stream="main", seq=2, hash="x", **fields))


def test_payloads_cannot_be_changed_or_deleted(entry):
    rows = AuditPayload.objects.filter(pk=entry.pk)
    assert refused(lambda: rows.update(data="x"))
    assert refused(lambda: rows.delete())


def test_an_erased_payload_cannot_come_back(entry):
    audit.erase(actor=None, entry=entry, reason="test.erased")
    assert refused(lambda: AuditPayload.objects.create(entry=entry, salt="s", data="x"))


def test_heads_cannot_jump_or_vanish(entry):
    rows = StreamHead.objects.filter(pk="main")
    assert refused(lambda: rows.update(seq=9))
    assert refused(lambda: rows.update(seq=1))
    assert refused(lambda: rows.delete())


@pytest.mark.skipif(connection.vendor != "sqlite", reason="REPLACE is a word of SQLite")
def test_sqlite_replace_is_refused(entry):
    def replace() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"REPLACE INTO {triggers.PAYLOAD} (entry_id, salt, data) VALUES (%s, 's', 'x')", [entry.pk])

    assert refused(replace)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="TRUNCATE is a word of PostgreSQL")
@pytest.mark.parametrize("table", [triggers.ENTRY, triggers.PAYLOAD, triggers.HEAD])
def test_postgresql_truncate_is_refused(entry, table):
    def truncate() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table}")

    assert refused(truncate)


def test_migrate_puts_lost_triggers_back():
    from django.apps import apps

    triggers.drop(connection)
    assert triggers.missing(connection)
    config = apps.get_app_config("audit")
    post_migrate.send(sender=config, app_config=config, using="default", verbosity=0, interactive=False, plan=[])
    assert triggers.missing(connection) == set()
