"""The dossier of a published recommendation; its twin is the public page."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext as _

from ethics.domain.redaction import public
from ethics.domain.register import public_content
from ethics.models import Condition, ReviewCase
from portal import pdf
from portal.audit.domain.chain import head


def dossier(case: ReviewCase, *, twin: str) -> bytes:
    """The PDF of a published case; `twin` is the absolute address of its page."""
    content = public_content(case)
    seq, hash_ = head(case.stream)
    parts = [
        pdf.title(content["title"]),
        pdf.lead(content["sentence"]),
        pdf.facts(_facts(case, content)),
        pdf.heading(_("In einfachen Worten")),
        *pdf.paragraph(content["summary"]),
    ]
    conditions = list(case.recommendation.conditions.all())
    if conditions:
        parts += [pdf.heading(_("Auflagen und was daraus wurde")), pdf.numbered(_condition(row) for row in conditions)]
    parts += [pdf.heading(_("Ausführlich")), *pdf.paragraph(content["text"])]
    if content["redaction_reason"]:
        parts += pdf.paragraph(
            _("Grund der Schwärzungen: %(reason)s") % {"reason": content["redaction_reason"]}, muted=True
        )
    for dissent in content["dissents"]:
        name = f": {dissent['name']}" if dissent["name"] else ""
        parts += [pdf.heading(_("Sondervotum") + name), *pdf.paragraph(dissent["text"])]
    if content["tally"]:
        parts += [pdf.heading(_("So hat der Rat abgestimmt")), *pdf.paragraph(_votes(content))]
    parts += [
        pdf.heading(_("Echtheit prüfen")),
        *pdf.paragraph(_("Prüfsumme der veröffentlichten Fassung (SHA-256):")),
        pdf.code(case.public_hash),
        *pdf.paragraph(_("Letzter Eintrag im Prüfprotokoll dieses Falls:")),
        pdf.code(f"{case.stream} {seq} {hash_}"),
    ]
    return pdf.build(
        parts,
        name=content["title"],
        area=_("Empfehlung des Ethikrats"),
        twin=twin,
        sample=case.sample,
        mark=f"{case.stream} {seq} {hash_}",
    )


def _facts(case: ReviewCase, content: dict[str, object]) -> list[tuple[object, object]]:
    published = timezone.localtime(case.published_at).strftime("%d.%m.%Y") if case.published_at else ""
    return [
        (_("Geprüft wurde"), content["subject"]),
        (_("Art der Empfehlung"), case.get_outcome_display()),
        (_("Veröffentlicht"), published),
        (_("Stand"), case.get_state_display()),
    ]


def _condition(row: Condition) -> list[str]:
    due = _(", bis %(date)s") % {"date": row.due.strftime("%d.%m.%Y")} if row.due else ""
    lines = [public(row.text), _("Stand: %(state)s%(due)s") % {"state": row.get_state_display(), "due": due}]
    if row.response:
        answer = {"response": row.get_response_display(), "reason": public(row.response_reason)}
        lines.append(_("Antwort des Projekts: %(response)s. %(reason)s") % answer)
    if row.proof:
        lines.append(_("Nachweis: %(proof)s") % {"proof": public(row.proof)})
    return lines


def _votes(content: dict[str, dict[str, int]]) -> str:
    return _(
        "Ja: %(yes)s, Nein: %(no)s, Enthaltung: %(abstained)s. Anwesend und stimmberechtigt waren %(present)s, "
        "nötig waren %(needed)s."
    ) % {**content["tally"], **content["quorum"]}
