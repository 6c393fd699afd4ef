"""`manage.py rollup`: counts the sums of all dirty hours again; the worker does the same every ten seconds."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from mapviews.domain import rollups


class Command(BaseCommand):
    help = "Berechnet Stunden- und Tagessummen neu, wo Werte dazugekommen sind."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{rollups.refresh()} Stunden neu berechnet.")
