"""What is in a backup: hashes of its files, rows of its tables, the version it was made with."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    made_at: str
    vendor: str
    files: dict[str, str]
    rows: dict[str, int]
    migrations: list[str]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def hash_file(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as handle:
        while block := handle.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def count_rows() -> dict[str, int]:
    """Rows of every table of every installed model."""
    models = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    present = set(connection.introspection.table_names())
    return {m._meta.db_table: m._base_manager.count() for m in models if m._meta.db_table in present}


def applied_migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())
