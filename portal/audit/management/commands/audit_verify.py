"""`audit_verify`: exit 0 intact, 1 broken, 2 an anchor does not fit, 3 the anchor file cannot be read."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.audit.domain.verification import Report, verify


class Command(BaseCommand):
    help = "Prüft das Protokoll Glied für Glied, die Zeilen, für die es bürgt, und äußere Anker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--stream", help="nur dieses Protokoll")
        parser.add_argument("--anchors", metavar="FILE", help='Zeilen "Protokoll Nummer Hash"')
        parser.add_argument("--json", action="store_true", help="eine Zeile JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = verify(stream=options["stream"], anchors=options["anchors"])
        except (OSError, ValueError) as error:
            raise CommandError(f"Die Ankerdatei ist nicht lesbar. {error}", returncode=3) from error
        self.stdout.write(_as_json(report) if options["json"] else _as_text(report))
        code = 1 if not report.ok else 2 if not report.anchored else 0
        if code:
            sys.exit(code)


def _as_json(report: Report) -> str:
    fields = asdict(report) | {"ok": report.ok, "anchored": report.anchored}
    fields["heads"] = {name: {"seq": seq, "hash": hash_} for name, (seq, hash_) in report.heads.items()}
    return json.dumps(fields, ensure_ascii=False)


def _as_text(report: Report) -> str:
    lines = [f"{name} {seq} {hash_}" for name, (seq, hash_) in sorted(report.heads.items())]
    lines += [f"FEHLER {finding.where}: {finding.message}" for finding in report.findings]
    hidden = report.broken + report.mismatches - len(report.findings)
    if hidden > 0:
        lines.append(f"… und {hidden} weitere")
    if report.missing_triggers:
        lines.append("WARNUNG Die Datenbank schützt das Protokoll nicht: " + ", ".join(report.missing_triggers))
    verdict = (
        "unversehrt" if report.ok and report.anchored else "VERLETZT" if not report.ok else "PASST NICHT ZUM ANKER"
    )
    lines.append(
        f"{verdict}: {report.entries} Einträge, {report.erased} gelöschte Inhalte, {report.rows} Zeilen geprüft"
    )
    return "\n".join(lines)
