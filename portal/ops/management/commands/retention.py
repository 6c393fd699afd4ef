"""`retention [--dry-run]`: deletes what is older than the periods that apps registered."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.accounts.domain import privacy


class Command(BaseCommand):
    help = "Löscht, was älter ist als die Aufbewahrungsfristen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="nur zählen")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        verb = "wären zu löschen" if dry_run else "gelöscht"
        for rule, number in privacy.retain(dry_run=dry_run):
            self.stdout.write(f"{rule.key} ({rule.label}, {rule.period.days} Tage): {number} {verb}")
