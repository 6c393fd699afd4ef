"""`registries`: lists what the apps registered with each other."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from portal import schedule
from portal.accounts import roles, todo
from portal.accounts.domain import privacy


class Command(BaseCommand):
    help = "Zeigt die Register: Rollen, Aufgabenlisten, Datenschutz, wiederkehrende Arbeit."

    def handle(self, *args: Any, **options: Any) -> None:
        for role, names in roles.granted().items():
            self.stdout.write(f"Rolle {role}: {', '.join(sorted(names)) or '-'}")
        for title, registry in (("Konto", todo.registered()), ("Datenschutz", privacy.registered())):
            for part, keys in registry.items():
                self.stdout.write(f"{title} {part}: {', '.join(keys) or '-'}")
        for job in schedule.jobs.values():
            self.stdout.write(f"Arbeit {job.name}: alle {job.every:g} s")
