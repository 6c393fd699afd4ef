"""`manage.py station NAME --owner EMAIL [--phenomena a,b] [--json]`: registers a station for an account."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from mapviews.domain import stations
from mapviews.domain.phenomena import meaning
from mapviews.enums import Exposure, Publicity
from mapviews.models import Phenomenon
from portal.accounts.models import User
from portal.exceptions import DomainError


class Command(BaseCommand):
    help = "Registriert eine Station und zeigt einmal ihren Zugangsschlüssel."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--phenomena", default="", help="durch Komma getrennt, z. B. temperature,pm10")
        parser.add_argument("--lat", type=float)
        parser.add_argument("--lng", type=float)
        parser.add_argument("--exposure", choices=Exposure.values, default=Exposure.OUTDOOR)
        parser.add_argument("--publicity", choices=Publicity.values, default=Publicity.PUBLIC)
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        owner = User.objects.filter(email__iexact=options["owner"]).first()
        if owner is None:
            raise CommandError(f"Es gibt kein Konto mit der Adresse {options['owner']}.")
        asked = {slug.strip(): self.slug_of(slug.strip()) for slug in options["phenomena"].split(",") if slug.strip()}
        try:
            made = stations.register(
                owner,
                name=options["name"],
                exposure=options["exposure"],
                publicity=options["publicity"],
                latitude=options["lat"],
                longitude=options["lng"],
                phenomena=list(asked.values()),
            )
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        station = made.station
        channels = {c.phenomenon_id: c for c in station.channels.all()}
        data = {
            "id": station.pk,
            "slug": station.slug,
            "token": made.token,
            "channels": {name: channels[slug].pk for name, slug in asked.items()},
            "push_id": station.push_id,
            "osem_id": station.osem_id,
            "osem_channels": {name: channels[slug].osem_id for name, slug in asked.items()},
        }
        self.show(data, as_json=options["json"])

    @staticmethod
    def slug_of(name: str) -> str:
        """The phenomenon's slug, also for its other usual names (`pm2_5`)."""
        if Phenomenon.objects.filter(pk=name).exists():
            return name
        found = meaning(name)
        return found.phenomenon if found else name

    def show(self, data: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(data))
            return
        for key, value in data.items():
            self.stdout.write(f"{key:14} {value}")
        self.stdout.write("Der Zugangsschlüssel wird nur jetzt gezeigt.")
