"""`demo [--no-serve]`: database, demo content, worker, live feed and server in one command; idempotent."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from portal.demo import content, stamp


class Command(BaseCommand):
    help = "Baut die Beispieldaten auf und startet das Portal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="nur die Daten aufbauen")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("Umgebungsvariable DEMO: ist ausgeschaltet. Beispieldaten gibt es nur mit DEMO=1.")
        self.say("Datenbank wird vorbereitet …")
        call_command("migrate", verbosity=0, interactive=False)
        if not stamp.is_current("static"):
            self.say("Gestaltung wird zusammengestellt …")
            call_command("collectstatic", verbosity=0, interactive=False, clear=False)
            stamp.keep("static")
        if not stamp.is_current("content"):
            for label, build in content.steps():
                self.say(f"Beispieldaten: {label} …")
                build()
            content.drain_tasks()
            stamp.keep("content")
        if options["no_serve"]:
            self.say("fertig")
            return
        from portal.ops.server import serve

        serve(host=options["host"], port=options["port"], extra=[["lorawan_simulate", "--forever"]])

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
