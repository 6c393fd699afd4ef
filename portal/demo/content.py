"""The order in which the demo content is built; each part is idempotent and goes through the domain functions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

from django_tasks import default_task_backend

from portal.demo import (
    accounts,
    classroom,
    dialogues,
    ethics,
    lab,
    letters,
    online,
    projects,
    registrations,
    sensors,
    site,
    talk,
)


class Builder:
    """Runs the parts in order and hands the demo accounts (e-mail -> User) to each."""

    @cached_property
    def people(self) -> dict[str, Any]:
        return accounts.build()

    def steps(self) -> Iterator[tuple[str, Callable[[], object]]]:
        yield "Konten", lambda: self.people
        yield "Seiten", lambda: site.build(self.people)
        yield "Projekte", lambda: projects.build(self.people)
        yield "Abonnements", lambda: letters.follow(self.people)
        yield "Dialoge", lambda: dialogues.build(self.people)
        yield "Anmeldungen", lambda: registrations.build(self.people)
        yield "Online-Dialoge", lambda: online.build(self.people)
        yield "Ethikrat", lambda: ethics.build(self.people)
        yield "Sensoren", lambda: sensors.build(self.people)
        yield "Klassenraum", lambda: classroom.build(self.people)
        yield "Reallabor", lambda: lab.build(self.people)
        yield "Gespräche", lambda: talk.build(self.people)
        yield "Rundbriefe", lambda: letters.build(self.people)


def steps() -> Iterator[tuple[str, Callable[[], object]]]:
    return Builder().steps()


def drain_tasks() -> None:
    """Runs what the builders queued (search index), so that all is there when the server says `bereit`."""
    from django.core.management import call_command

    if hasattr(default_task_backend, "get_result") and "django_tasks_db" in type(default_task_backend).__module__:
        call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)
