"""Runs another command and ends with the process that started it; used by `serve`, not by people."""

from __future__ import annotations

import os
from argparse import REMAINDER, ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.ops.server.parent import end_with_parent


class Command(BaseCommand):
    requires_system_checks = []  # the server's own start has made them
    help = "Führt einen Befehl aus und endet, sobald der angegebene Prozess endet (benutzt von serve)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("parent", type=int)
        parser.add_argument("words", nargs=REMAINDER)

    def handle(self, *args: Any, parent: int, words: list[str], **options: Any) -> None:
        if os.getppid() != parent:
            return
        end_with_parent(parent)
        call_command(words[0], *words[1:])
