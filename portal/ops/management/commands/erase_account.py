"""`erase_account EMAIL`: erases a person's account on request."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.accounts.domain import privacy
from portal.accounts.models import User


class Command(BaseCommand):
    help = "Löscht ein Konto; öffentliche Beiträge bleiben ohne Namen stehen."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        account = User.objects.filter(email=email.strip().lower()).first()
        if account is None:
            raise CommandError("Zu dieser Adresse gibt es kein Konto.")
        counts = privacy.erase(user=None, account=account)
        self.stdout.write("Gelöscht: " + ", ".join(f"{key} {number}" for key, number in sorted(counts.items())))
