"""`backup FILE`: database and media in one file, with a manifest of hashes."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.exceptions import DomainError
from portal.ops.archive.backup import back_up


class Command(BaseCommand):
    help = "Sichert Datenbank und Medien in eine Datei."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            made = back_up(file.resolve())
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        self.stdout.write(f"{file}: {len(made.files)} Dateien, {sum(made.rows.values())} Zeilen gesichert.")
