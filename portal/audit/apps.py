from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _install_triggers(using: str, **_kwargs: Any) -> None:
    """After every migrate, since SQLite loses triggers when a migration rebuilds a table."""
    from django.db import connections

    from portal.audit import triggers

    if triggers.ENTRY in connections[using].introspection.table_names():
        triggers.install(connections[using])


class AuditConfig(AppConfig):
    name = "portal.audit"
    label = "audit"
    verbose_name = "Prüfprotokoll"

    def ready(self) -> None:
        post_migrate.connect(_install_triggers, sender=self, dispatch_uid="audit.triggers")
