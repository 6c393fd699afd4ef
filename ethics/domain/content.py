"""What a version says, its limits and its hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.models import CaseVersion
from portal.audit.canonical import canonical, sha256
from portal.exceptions import DomainError

LONGEST = 20_000
SHORTEST = 20


@dataclass(frozen=True)
class Field:
    key: str
    label: Any
    help: Any
    required: bool = False


FIELDS = (
    Field("what", _("Was ist geplant?"), _("Beschreiben Sie das Vorhaben so, dass Außenstehende es verstehen."), True),
    Field(
        "aim", _("Wozu dient es, und wem nützt es?"), _("Nennen Sie Zweck, Zielgruppen und mögliche Nachteile."), True
    ),
    Field(
        "data",
        _("Welche Daten entstehen oder werden genutzt?"),
        _("Auch Gerätekennungen und Standorte. Wenn keine Daten über Menschen entstehen: warum nicht?"),
        True,
    ),
    Field(
        "technology",
        _("Welche Technik und welche Partner?"),
        _("Systeme, Anbieter, Speicherort, Laufzeit der Verträge."),
    ),
    Field("alternatives", _("Welche datenärmeren oder analogen Wege gibt es?"), _("Warum reichen sie nicht?")),
    Field("question", _("Was möchten Sie vom Ethikrat wissen?"), _("Wo sind Sie selbst unsicher?")),
)


def cleaned(content: Mapping[str, str]) -> dict[str, str]:
    """Known fields only, trimmed. Raises DomainError `too_long` with the field."""
    result = {field.key: str(content.get(field.key, "")).strip() for field in FIELDS}
    for key, text in result.items():
        limited(text, key)
    return result


def limited(text: str, field: str, *, most: int = LONGEST) -> str:
    """`text` trimmed; DomainError `too_long` beyond `most` characters."""
    text = text.strip()
    if len(text) > most:
        raise DomainError(
            "too_long",
            _("Der Text ist mit %(length)s Zeichen zu lang; höchstens %(most)s sind möglich.")
            % {"length": len(text), "most": most},
            field=field,
        )
    return text


def required(text: str, field: str, message: Any, *, least: int = 1, most: int = LONGEST) -> str:
    """`text` trimmed, of at least `least` characters; DomainError `missing` with `message` otherwise."""
    text = limited(text, field, most=most)
    if len(text) < least:
        raise DomainError("missing", message, field=field)
    return text


def missing(content: Mapping[str, str]) -> list[str]:
    """Keys of mandatory fields that say too little."""
    return [field.key for field in FIELDS if field.required and len(content.get(field.key, "")) < SHORTEST]


def version_hash(version: CaseVersion) -> str:
    """SHA-256 over what was submitted: case, number, content, answers and their outcome, versions of the checklists."""
    case, screening = version.case, version.screening
    return sha256(
        canonical(
            {
                "case": case.slug,
                "title": case.title,
                "subject": case.subject,
                "number": version.number,
                "content": version.content,
                "answers": screening.answers,
                "reason": screening.reason,
                "outcome": screening.final_outcome,
                "checklist": case.checklist.version,
                "criteria": case.criteria.version,
            }
        )
    )
