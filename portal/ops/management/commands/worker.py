"""`worker`: background tasks and periodic jobs; as many as you like on PostgreSQL, one at a time on SQLite."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal.ops.work.worker import PortalWorker


class Command(BaseCommand):
    requires_system_checks = []
    help = "Erledigt Hintergrundarbeit: Aufgaben, Postausgang, geplante Veröffentlichungen."

    def handle(self, *args: Any, **options: Any) -> None:
        PortalWorker().run()
