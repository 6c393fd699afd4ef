"""`serve --host --port`: the portal for one machine: server, worker, limits."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from portal.ops.server import serve


class Command(BaseCommand):
    requires_system_checks = []
    help = "Startet Server und Hintergrundarbeit; druckt „bereit: …“, sobald Anfragen beantwortet werden."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-worker", action="store_true", help="ohne Hintergrundarbeit (eigener worker-Prozess)")

    def handle(self, *args: Any, host: str, port: int, no_worker: bool, **options: Any) -> None:
        serve(host=host, port=port, worker=not no_worker)
