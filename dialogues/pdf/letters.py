"""Paper of online dialogues in the house style: the city's answer as a letter, the empty form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import formats, timezone
from django.utils.translation import gettext as _

from dialogues.enums import AnswerStatus, Channel, ContributionKind
from dialogues.models import Answer, Category, Contribution, OnlineDialogue
from portal import pdf
from portal.text import plain

WRITING_LINES = 12
RULE = "_" * 68


def letter(contribution: Contribution, answers: Sequence[Answer], *, contact: str, city: Any, twin: str) -> bytes:
    """The contribution and all answers, the newest first; `contact` is the private address for the envelope."""
    parts = []
    if contact:
        parts += [*pdf.paragraph(contact), pdf.gap(6)]
    parts.append(pdf.title(plain(contribution.title)))
    parts.append(
        pdf.facts(
            [
                (_("Vorgangsnummer"), contribution.receipt),
                (_("Dialog"), contribution.dialogue.title),
                (_("Eingang"), f"{Channel(contribution.channel).label}, {day(contribution.received_at)}"),
                (_("Stand"), AnswerStatus(contribution.status).label),
                (_("Zuständig"), contribution.department),
            ]
        )
    )
    parts += [pdf.heading(_("Ihr Beitrag")), *pdf.paragraph(plain(contribution.text))]
    for given in answers:
        title = _("Antwort der Stadt vom %(day)s: %(status)s") % {
            "day": day(given.created_at),
            "status": AnswerStatus(given.status).label,
        }
        parts += [pdf.heading(title), *pdf.paragraph(plain(given.reason))]
        parts += pdf.paragraph(next_step(given), muted=True) if next_step(given) else []
    if not answers:
        due = _("Die Stadt antwortet bis zum %(day)s.") % {"day": day(contribution.answer_due)}
        parts += [pdf.heading(_("Antwort der Stadt")), *pdf.paragraph(due)]
    parts += reach(city)
    area = _("Antwort der Stadt")
    return pdf.build(parts, name=contribution.title, area=area, twin=twin, sample=contribution.sample)


def paper_form(dialogue: OnlineDialogue, categories: Sequence[Category], *, city: Any, twin: str) -> bytes:
    """An empty form to fill in by hand."""
    parts = [pdf.title(dialogue.title), pdf.lead(dialogue.question)]
    boxes = "     ".join(f"[  ] {label}" for label in ContributionKind.labels)
    parts += [pdf.heading(_("Was möchten Sie schreiben?")), *pdf.paragraph(boxes)]
    subjects = "\n".join(f"[  ] {category.name}" for category in categories)
    parts += [pdf.heading(_("Zu welchem Thema?")), *pdf.paragraph(subjects)]
    parts += [
        pdf.heading(_("Ihr Text")),
        *[row for _line in range(WRITING_LINES) for row in pdf.paragraph(RULE, muted=True)],
    ]
    parts += [pdf.heading(_("Um welchen Ort geht es? (freiwillig)")), *pdf.paragraph(RULE, muted=True)]
    parts += [
        pdf.heading(_("Ihre Anschrift für die Antwort (freiwillig)")),
        *[row for _line in range(2) for row in pdf.paragraph(RULE, muted=True)],
        *pdf.paragraph(_("Die Anschrift sieht nur das Amt. Veröffentlicht wird allein Ihr Text."), muted=True),
    ]
    parts += reach(city)
    return pdf.build(parts, name=dialogue.title, area=_("Formular"), twin=twin, sample=dialogue.sample)


def next_step(given: Answer) -> str:
    words = []
    if given.due:
        words.append(_("Nächster Schritt bis %(day)s.") % {"day": formats.date_format(given.due, "DATE_FORMAT")})
    if given.milestone:
        words.append(_("Meilenstein im Projekt: %(title)s.") % {"title": given.milestone.title})
    return " ".join(words)


def reach(city: Any) -> list[Any]:
    """How to reach the city without the internet."""
    lines = [
        part for part in (city.address, f"{_('Telefon')}: {city.phone}" if city.phone else "", city.phone_hours) if part
    ]
    return [pdf.heading(_("So erreichen Sie uns")), *pdf.paragraph("\n".join(lines))] if lines else []


def day(moment: Any) -> str:
    return formats.date_format(timezone.localtime(moment), "DATE_FORMAT")
