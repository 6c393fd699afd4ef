"""`manage.py lorawan_source NAME --kind chirpstack|tts [--auto-map] [--json]`: registers a network server."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mapviews.domain import sources
from mapviews.enums import SourceKind
from mapviews.permissions import OPERATOR
from portal.exceptions import DomainError


class Command(BaseCommand):
    help = "Registriert eine Quelle und zeigt einmal ihre Adresse und ihr Geheimnis."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--kind", choices=SourceKind.values, required=True)
        parser.add_argument("--auto-map", action="store_true", help="legt unbekannte Geräte selbst an")
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        try:
            made = sources.create(OPERATOR, name=options["name"], kind=options["kind"], auto_map=options["auto_map"])
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        data = {"slug": made.source.slug, "url": made.source.ingest_url, "secret": made.secret}
        if options["json"]:
            self.stdout.write(json.dumps(data))
            return
        for key, value in data.items():
            self.stdout.write(f"{key:8} {value}")
        self.stdout.write("Das Geheimnis wird nur jetzt gezeigt.")
