"""The dossier of a published recommendation: contents with page numbers, version, head hash; its twin is a page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from reportlab.platypus import Flowable

from ethics.domain.redaction import public
from ethics.domain.register import public_content
from ethics.models import Condition, ReviewCase
from portal import pdf
from portal.audit.domain.chain import head

Progress = Callable[[int], None]


class Marker(Flowable):
    """Takes no room; remembers on which page the heading after it stands."""

    def __init__(self, pages: dict[str, int], title: str) -> None:
        super().__init__()
        self.pages, self.title = pages, title
        self.width = self.height = 0

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return 0, 0

    def draw(self) -> None:
        self.pages[self.title] = self.canv.getPageNumber()


def dossier(case: ReviewCase, *, twin: str, progress: Progress = lambda _percent: None) -> bytes:
    """The PDF of a published case; `twin` is the absolute address of its page. `progress` hears percents.

    Set twice: the first time to learn the pages, the second with the contents filled in, which take the same room.
    """
    progress(10)
    seq, hash_ = head(case.stream)
    mark = f"{case.stream} {seq} {hash_}"
    content = public_content(case)
    sections = _sections(case, content, mark)
    pages: dict[str, int] = {}
    options: dict[str, Any] = {
        "name": content["title"],
        "area": _("Empfehlung des Ethikrats"),
        "twin": twin,
        "sample": case.sample,
        "mark": mark,
    }
    progress(20)
    pdf.build(_parts(case, content, sections, pages, {}), **options)
    progress(60)
    finished = pdf.build(_parts(case, content, sections, {}, pages), **options)
    progress(100)
    return finished


def _parts(
    case: ReviewCase,
    content: dict[str, Any],
    sections: list[tuple[str, Callable[[], list[Any]]]],
    seen: dict[str, int],
    known: dict[str, int],
) -> list[Any]:
    """Everything anew: flowables cannot be set twice."""
    parts: list[Any] = [
        pdf.title(content["title"]),
        pdf.lead(content["sentence"]),
        pdf.facts(_facts(case, content)),
        pdf.heading(_("Inhalt")),
        pdf.facts([(title, _("Seite %(number)s") % {"number": known.get(title, "–")}) for title, _build in sections]),
    ]
    for title, build in sections:
        parts += [Marker(seen, title), pdf.heading(title), *build()]
    return parts


def _sections(case: ReviewCase, content: dict[str, Any], mark: str) -> list[tuple[str, Callable[[], list[Any]]]]:
    conditions = list(case.recommendation.conditions.all())
    found: list[tuple[str, Callable[[], list[Any]]]] = [
        (_("In einfachen Worten"), lambda: pdf.paragraph(content["summary"]))
    ]
    if conditions:
        found.append(
            (_("Auflagen und was daraus wurde"), lambda: [pdf.numbered(_condition(row) for row in conditions)])
        )
    found.append((_("Ausführlich"), lambda: _detail(content)))
    for number, dissent in enumerate(content["dissents"], 1):
        name = dissent["name"] or str(number)
        text = dissent["text"]
        found.append((_("Sondervotum: %(name)s") % {"name": name}, lambda text=text: pdf.paragraph(text)))  # type: ignore[misc]
    if content["tally"]:
        found.append((_("So hat der Rat abgestimmt"), lambda: pdf.paragraph(_votes(content))))
    found.append((_("Echtheit prüfen"), lambda: _proof(case, content, mark)))
    return found


def _detail(content: dict[str, Any]) -> list[Any]:
    parts = pdf.paragraph(content["text"])
    if content["redaction_reason"]:
        reason = _("Grund der Schwärzungen: %(reason)s") % {"reason": content["redaction_reason"]}
        parts += pdf.paragraph(reason, muted=True)
    return parts


def _proof(case: ReviewCase, content: dict[str, Any], mark: str) -> list[Any]:
    return [
        *pdf.paragraph(_("Prüfsumme der veröffentlichten Fassung (SHA-256):")),
        pdf.code(case.public_hash),
        *pdf.paragraph(_("Prüfsumme der geprüften Fassung des Antrags:")),
        pdf.code(content["version_hash"]),
        *pdf.paragraph(_("Letzter Eintrag im Prüfprotokoll dieses Falls:")),
        pdf.code(mark),
        *pdf.paragraph(_("Unter „Ethikrat“, „Echtheit prüfen“ kann jede und jeder diese Prüfsummen nachschlagen.")),
    ]


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
