"""What the database itself refuses: changing or deleting a link, and losing a payload without an entry that says so.

All SQL here is made of constants. Installed by migration and again after every `migrate` (SQLite loses triggers
when a table is rebuilt).
"""

from __future__ import annotations

from typing import Any

ENTRY, PAYLOAD, HEAD = "audit_auditentry", "audit_auditpayload", "audit_streamhead"

# (name, table, event, what makes it refuse)
_NEVER = "1 = 1"
_ERASED = (
    f"EXISTS (SELECT 1 FROM {ENTRY} x JOIN {ENTRY} e ON e.stream = x.stream AND e.erases_seq = x.seq"
    " WHERE x.id = {row}.entry_id)"
)
RULES = (
    ("audit_entry_update", ENTRY, "UPDATE", _NEVER),
    ("audit_entry_delete", ENTRY, "DELETE", _NEVER),
    (
        "audit_entry_insert",
        ENTRY,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {ENTRY} x WHERE x.id = NEW.id)"
        f" OR NEW.seq <> 1 + COALESCE((SELECT MAX(x.seq) FROM {ENTRY} x WHERE x.stream = NEW.stream), 0)",
    ),
    ("audit_payload_update", PAYLOAD, "UPDATE", _NEVER),
    ("audit_payload_delete", PAYLOAD, "DELETE", "NOT " + _ERASED.format(row="OLD")),
    (
        "audit_payload_insert",
        PAYLOAD,
        "INSERT",
        f"EXISTS (SELECT 1 FROM {PAYLOAD} x WHERE x.entry_id = NEW.entry_id) OR " + _ERASED.format(row="NEW"),
    ),
    ("audit_head_update", HEAD, "UPDATE", "NEW.stream <> OLD.stream OR NEW.seq <> OLD.seq + 1"),
    ("audit_head_delete", HEAD, "DELETE", _NEVER),
)
MESSAGE = "Das Prüfprotokoll wird nur fortgeschrieben."


def install(connection: Any) -> None:
    """Puts every trigger in place; does nothing where they are."""
    if not missing(connection):
        return
    drop(connection)
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def drop(connection: Any) -> None:
    """Removes every trigger. For tests that flush or tamper; nothing in the portal calls it."""
    with connection.cursor() as cursor:
        for name, table, *_rest in RULES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
        if connection.vendor == "postgresql":
            for table in (ENTRY, PAYLOAD, HEAD):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_truncate ON {table}")


def missing(connection: Any) -> set[str]:
    """Names of triggers that are not there (or, on PostgreSQL, switched off)."""
    wanted = {name for name, *_rest in RULES}
    if connection.vendor == "postgresql":
        wanted |= {f"{table}_truncate" for table in (ENTRY, PAYLOAD, HEAD)}
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
    else:
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return wanted - {row[0] for row in cursor.fetchall()}


def _statements(vendor: str) -> list[str]:
    if vendor == "postgresql":
        return list(_postgresql())
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW WHEN {refuse}"
            f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
            for name, table, event, refuse in RULES
        ]
    raise NotImplementedError(f"Keine Trigger für {vendor}")


def _postgresql() -> list[str]:
    """One function per rule, since a WHEN clause of PostgreSQL must not contain a query."""
    statements = []
    for name, table, event, refuse in RULES:
        row = "OLD" if event == "DELETE" else "NEW"
        body = f"BEGIN IF {refuse} THEN RAISE EXCEPTION '{MESSAGE}'; END IF; RETURN {row}; END"
        statements += [
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $body$ {body} $body$",
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()",
        ]
    for table in (ENTRY, PAYLOAD, HEAD):
        statements += [
            f"CREATE OR REPLACE FUNCTION {table}_truncate() RETURNS trigger LANGUAGE plpgsql AS"
            f" $body$ BEGIN RAISE EXCEPTION '{MESSAGE}'; END $body$",
            f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {table}_truncate()",
        ]
    return statements
