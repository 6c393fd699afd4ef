"""Opens a practice board to try a World Café or to test against; works while the server runs."""

import json

from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import translation

from dialogues.domain.worldcafe import rehearse
from portal.exceptions import DomainError


class Command(BaseCommand):
    help = "Öffnet eine Übungstafel mit laufender Runde, ohne Vormoderation und ohne Platzgrenze."

    def add_arguments(self, parser):
        parser.add_argument("--tables", type=int, default=3, help="Zahl der Tische (1 bis 60)")
        parser.add_argument("--json", action="store_true", help="eine Zeile JSON ausgeben")

    def handle(self, *args, **options):
        translation.activate("de")
        try:
            practice = rehearse(tables=options["tables"])
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        uuid = practice.board.uuid
        answer = {
            "board": str(uuid),
            "tables": [{"number": table.number, "code": table.code} for table in practice.tables],
            "console": reverse("dialogues:rehearsal-console", args=[uuid]) + f"?token={practice.moderator_token}",
            "projector": reverse("dialogues:rehearsal-projector", args=[uuid]) + f"?token={practice.projector_token}",
            "moderator_token": practice.moderator_token,
            "projector_token": practice.projector_token,
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer))
            return
        self.stdout.write(f"Übungstafel {uuid}")
        for table in practice.tables:
            self.stdout.write(f"  Tisch {table.number}: {table.get_absolute_url()}")
        self.stdout.write(f"  Konsole:  {answer['console']}\n  Leinwand: {answer['projector']}")
