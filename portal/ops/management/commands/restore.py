"""`restore FILE`: replaces database and media by a backup and proves it."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.exceptions import DomainError
from portal.ops.archive.backup import restore
from portal.ops.work.lock import ServerLock, WorkerLock


class Command(BaseCommand):
    help = "Spielt eine Sicherung zurück. Server und worker müssen dafür beendet sein."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        lock, server = WorkerLock(), ServerLock()
        if not server.acquire():
            raise CommandError("Der Server läuft noch. Bitte beenden Sie zuerst Server und worker.")
        if not lock.acquire():
            server.release()
            raise CommandError("Der worker läuft noch. Bitte beenden Sie zuerst Server und worker.")
        try:
            made = restore(file.resolve())
        except DomainError as error:
            raise CommandError(str(error.message)) from error
        finally:
            lock.release()
            server.release()
        self.stdout.write(f"{file}: {len(made.files)} Dateien und {sum(made.rows.values())} Zeilen geprüft.")
