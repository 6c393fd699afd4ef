"""Tampering by hand is found, whatever row it hits; triggers are dropped first, as an intruder would."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from portal import audit
from portal.audit import subjects, triggers
from portal.audit.domain import verification
from portal.audit.domain.verification import Anchor
from portal.audit.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(make_user) -> list[AuditEntry]:
    """Six entries in two streams, one of them erased."""
    user = make_user()
    entries = [audit.record(actor=user, action=f"test.step_{n}", payload={"n": n}) for n in range(4)]
    entries.append(audit.record(actor=user, action="test.other", stream="ethics", payload={"n": 9}))
    audit.erase(actor=user, entry=entries[1], reason="account.erased")
    return entries


@pytest.fixture
def unguarded(chain) -> Iterator[list[AuditEntry]]:
    triggers.drop(connection)
    yield chain
    triggers.install(connection)


def run(sql: str, *params: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def codes() -> set[str]:
    return {finding.code for finding in audit.verify().findings}


def test_an_intact_chain_is_intact(chain):
    report = audit.verify()
    assert (report.ok, report.entries, report.erased, report.findings) == (True, 6, 1, [])
    assert report.heads == {"main": audit.head("main"), "ethics": audit.head("ethics")}
    assert report.missing_triggers == []


def test_an_empty_chain_is_intact():
    assert audit.verify().ok
    assert audit.verify(stream="main").entries == 0 or audit.verify(stream="main").heads == {}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("recorded_at", "2026-01-01 00:00:00"),
        ("actor_id", 999),
        ("role", "admin"),
        ("action", "test.forged"),
        ("object_label", "x.Y"),
        ("object_pk", "7"),
        ("version_hash", "ff"),
        ("payload_digest", "0" * 64),
        ("state_digest", "0" * 64),
        ("prev_hash", "1" * 64),
        ("hash", "2" * 64),
        ("seq", 77),
        ("stream", "elsewhere"),
        ("erases_seq", 1),
        ("id", 99_999),
    ],
)
def test_an_altered_header_is_found(unguarded, column, value):
    run(f"UPDATE {triggers.ENTRY} SET {column} = %s WHERE id = %s", value, unguarded[2].pk)
    assert not audit.verify().ok


def test_swapped_rows_are_found(unguarded):
    one, two = unguarded[2], unguarded[3]
    for target, source in ((one, two), (two, one)):
        run(f"UPDATE {triggers.PAYLOAD} SET data = %s, salt = %s WHERE entry_id = %s",
            source.payload.data, source.payload.salt, target.pk)  # fmt: skip
    assert codes() == {"payload"}


def test_swapped_numbers_are_found(unguarded):
    one, two = unguarded[2], unguarded[3]
    for pk, seq in ((one.pk, 900), (two.pk, one.seq), (one.pk, two.seq)):
        run(f"UPDATE {triggers.ENTRY} SET seq = %s WHERE id = %s", seq, pk)
    assert {"link", "header"} <= codes()


@pytest.mark.parametrize("column", ["salt", "data"])
def test_an_altered_payload_is_found(unguarded, column):
    run(f"UPDATE {triggers.PAYLOAD} SET {column} = 'x' WHERE entry_id = %s", unguarded[0].pk)
    assert codes() == {"payload"}


def test_a_deleted_payload_is_found(unguarded):
    run(f"DELETE FROM {triggers.PAYLOAD} WHERE entry_id = %s", unguarded[0].pk)
    assert codes() == {"payload_missing"}


def test_a_payload_that_came_back_after_erasure_is_found(unguarded):
    run(f"INSERT INTO {triggers.PAYLOAD} (entry_id, salt, data) VALUES (%s, 's', '{{}}')", unguarded[1].pk)
    assert "erasure" in codes()


def test_a_payload_without_entry_is_found(unguarded):
    run(f"INSERT INTO {triggers.PAYLOAD} (entry_id, salt, data) VALUES (424242, 's', '{{}}')")
    assert codes() == {"orphan"}


def test_a_deleted_entry_is_found(unguarded):
    run(f"DELETE FROM {triggers.ENTRY} WHERE id = %s", unguarded[2].pk)
    assert {"gap", "link"} <= codes()


def test_a_cut_off_tail_is_found_by_the_head(unguarded):
    run(f"DELETE FROM {triggers.PAYLOAD} WHERE entry_id = %s", unguarded[4].pk)
    run(f"DELETE FROM {triggers.ENTRY} WHERE id = %s", unguarded[4].pk)
    assert codes() == {"head"}


@pytest.mark.parametrize("assignment", ["seq = seq - 1", "seq = seq + 1", "hash = 'x'", "stream = 'other'"])
def test_an_altered_head_is_found(unguarded, assignment):
    run(f"UPDATE {triggers.HEAD} SET {assignment} WHERE stream = 'main'")
    assert not audit.verify().ok


def test_a_deleted_head_is_found(unguarded):
    run(f"DELETE FROM {triggers.HEAD} WHERE stream = 'main'")
    assert codes() == {"head_missing"}


def test_a_stream_is_verified_alone(unguarded):
    run(f"UPDATE {triggers.ENTRY} SET action = 'test.forged' WHERE id = %s", unguarded[0].pk)
    assert audit.verify(stream="ethics").ok
    assert not audit.verify(stream="main").ok


def test_findings_are_counted_beyond_those_kept(unguarded, monkeypatch):
    monkeypatch.setattr(verification, "KEPT", 1)
    run(f"UPDATE {triggers.PAYLOAD} SET data = 'x'")
    report = audit.verify()
    assert (report.broken, len(report.findings)) == (5, 1)


# Anchors


def test_fitting_anchors_are_accepted(chain, tmp_path):
    file = tmp_path / "anker.txt"
    file.write_text(f"# Niederschrift\n\nmain 5 {audit.head('main')[1]}  # heute\nmain 1 {chain[0].hash}\n")
    assert audit.verify(anchors=file).anchored


def test_a_rewritten_chain_is_found_by_its_anchor(chain):
    report = audit.verify(anchors=[Anchor("main", 5, "f" * 64), Anchor("main", 6, "f" * 64)])
    assert report.ok
    assert [finding.code for finding in report.findings] == ["anchor", "anchor_missing"]


@pytest.mark.parametrize("line", ["main 1", "main x " + "0" * 64, "main 1 kurz"])
def test_a_malformed_anchor_file_is_refused(tmp_path, line):
    file = tmp_path / "anker.txt"
    file.write_text(line)
    with pytest.raises(ValueError, match="Zeile 1"):
        audit.verify(anchors=file)


# Rows the chain vouches for


@pytest.fixture
def vouched(make_project) -> Iterator[list]:
    from projects.models import Project

    subjects.register("projects.Project", Project.objects.all, lambda p: {"title": p.title, "area": p.area})
    made = [make_project(live=False) for _ in range(3)]
    for project in made:
        audit.record(actor=None, action="project.created", obj=project)
    yield made
    subjects.unregister("projects.Project")


def test_vouched_rows_are_counted(vouched):
    assert (audit.verify().ok, audit.verify().rows) == (True, 3)
    assert audit.verify(stream="ethics").rows == 0
    assert audit.verify(stream="main").rows == 3


def test_a_vouched_row_altered_by_hand_is_found(vouched):
    run("UPDATE projects_project SET title = 'Gefälscht' WHERE id = %s", vouched[1].pk)
    assert [(f.code, f.where) for f in audit.verify().findings] == [
        ("row_altered", f"projects.Project {vouched[1].pk}")
    ]
    assert not audit.verify(stream="main").ok


def test_a_vouched_row_altered_and_recorded_is_fine(vouched):
    vouched[1].title = "Neuer Titel"
    vouched[1].save()
    audit.record(actor=None, action="project.renamed", obj=vouched[1])
    assert audit.verify().ok


def test_a_row_put_in_by_hand_is_found(vouched, make_project):
    make_project(live=False)
    assert codes() == {"row_unrecorded"}


def test_a_vouched_row_deleted_by_hand_is_found(vouched):
    run("DELETE FROM projects_project WHERE id = %s", vouched[0].pk)
    assert codes() == {"row_gone"}


def test_a_vouched_row_deleted_and_recorded_is_fine(vouched):
    key = vouched[0].pk
    vouched[0].delete()
    vouched[0].pk = key
    audit.record(actor=None, action="project.deleted", obj=vouched[0])
    assert audit.verify().ok


def test_an_erased_payload_lets_its_row_go_unchecked(vouched):
    entry = AuditEntry.objects.get(object_pk=str(vouched[0].pk))
    audit.erase(actor=None, entry=entry, reason="account.erased")
    run("UPDATE projects_project SET title = 'Gefälscht' WHERE id = %s", vouched[0].pk)
    assert audit.verify().ok


# Command


def test_command_exits_zero_when_intact(chain):
    out = StringIO()
    call_command("audit_verify", stdout=out)
    assert out.getvalue().splitlines()[0] == f"ethics 1 {chain[4].hash}"
    assert "unversehrt: 6 Einträge" in out.getvalue()


def test_command_exits_one_when_broken(unguarded):
    run(f"UPDATE {triggers.PAYLOAD} SET data = 'x' WHERE entry_id = %s", unguarded[0].pk)
    out = StringIO()
    with pytest.raises(SystemExit) as error:
        call_command("audit_verify", "--json", stdout=out)
    assert error.value.code == 1
    fields = json.loads(out.getvalue())
    assert (fields["ok"], fields["findings"][0]["where"]) == (False, "main #1")


def test_command_warns_when_the_triggers_are_gone(unguarded):
    out = StringIO()
    call_command("audit_verify", stdout=out)
    assert "WARNUNG" in out.getvalue()


def test_command_exits_two_when_an_anchor_does_not_fit(chain, tmp_path):
    file = tmp_path / "anker.txt"
    file.write_text("main 9 " + "0" * 64)
    with pytest.raises(SystemExit) as error:
        call_command("audit_verify", "--anchors", str(file), stdout=StringIO())
    assert error.value.code == 2


def test_command_exits_three_when_the_anchors_cannot_be_read(tmp_path):
    with pytest.raises(CommandError) as error:
        call_command("audit_verify", "--anchors", str(tmp_path / "fehlt"), stdout=StringIO())
    assert error.value.returncode == 3
