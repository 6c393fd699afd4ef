"""Minutes and personal file of a meeting as PDF; their twins are the pages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from ethics.domain.folder import Paper
from ethics.models import Meeting, Minutes, Opinion
from portal import pdf


def write(minutes: Minutes, content: dict[str, Any], *, twin: str) -> bytes:
    """The released minutes with hash and anchors; `content` is what this reader may see of them."""
    meeting = minutes.meeting
    parts: list[Any] = [pdf.title(_("Niederschrift: %(title)s") % {"title": content["meeting"]})]
    parts.append(pdf.facts(_facts(minutes)))
    parts.append(pdf.heading(_("Anwesenheit")))
    parts.append(pdf.facts([(row["name"], _presence(row)) for row in content["attendance"]]))
    for item in content["items"]:
        parts += _item(item)
    if content["remarks"]:
        parts += [pdf.heading(_("Bemerkungen")), *pdf.paragraph(content["remarks"])]
    parts += [
        pdf.heading(_("Echtheit prüfen")),
        *pdf.paragraph(_("Prüfsumme dieser Niederschrift (SHA-256):")),
        pdf.code(minutes.hash),
        *pdf.paragraph(_("Letzte Einträge der Prüfprotokolle:")),
        *[pdf.code(anchor) for anchor in minutes.anchors],
    ]
    return pdf.build(
        parts,
        name=content["meeting"],
        area=_("Niederschrift des Ethikrats"),
        twin=twin,
        sample=meeting.sample,
        mark=minutes.hash,
    )


def write_folder(meeting: Meeting, papers: Sequence[Paper], *, reader: str, twin: str) -> bytes:
    """The personal file; the reader's name stands on each page."""
    when = timezone.localtime(meeting.starts_at).strftime("%d.%m.%Y, %H:%M")
    parts: list[Any] = [
        pdf.title(meeting.title),
        pdf.facts([(_("Beginn"), when), (_("Ort"), meeting.place), (_("Mappe für"), reader)]),
        pdf.heading(_("Tagesordnung")),
        pdf.numbered([[paper.item.case.title] for paper in papers]),
    ]
    for paper in papers:
        parts += _paper(paper)
    area = _("Sitzungsmappe von %(name)s, vertraulich") % {"name": reader}
    return pdf.build(parts, name=meeting.title, area=area, twin=twin, sample=meeting.sample, mark=area)


def _facts(minutes: Minutes) -> list[tuple[object, object]]:
    content = minutes.content
    begun = parse_datetime(content["starts_at"])
    rows: list[tuple[object, object]] = [
        (_("Beginn"), timezone.localtime(begun).strftime("%d.%m.%Y, %H:%M") if begun else ""),
        (_("Ort"), content["place"]),
    ]
    if content["second_invitation"]:
        rows.append((_("Ladung"), _("zweite Ladung nach § 90 Abs. 2 VwVfG")))
    if minutes.released_at and minutes.released_by:
        day = timezone.localtime(minutes.released_at).strftime("%d.%m.%Y")
        rows.append((_("Freigegeben"), f"{day}, {minutes.released_by.public_name}"))
    return rows


def _presence(row: dict[str, str]) -> str:
    return f"{row['presence']} ({row['function']})" if row["function"] else row["presence"]


def _item(item: dict[str, Any]) -> list[Any]:
    parts: list[Any] = [
        pdf.heading(_("TOP %(number)s: %(title)s") % {"number": item["position"], "title": item["title"]})
    ]
    if item["recused"]:
        parts += pdf.paragraph(_("Befangen: %(names)s") % {"names": ", ".join(item["recused"])})
    if item.get("closed"):
        return [*parts, *pdf.paragraph(_("Verlauf und Abstimmung sehen Sie in dieser Sache nicht."))]
    parts += pdf.paragraph(item["course"])
    for vote in item["votes"]:
        parts += _vote(vote)
    if item["postponed"]:
        parts += pdf.paragraph(
            _("Vertagt, weil der Rat nicht beschlussfähig war.") if item["inquorate"] else _("Vertagt.")
        )
    return parts


def _vote(vote: dict[str, Any]) -> list[Any]:
    counts = _("Ja %(yes)s, Nein %(no)s, Enthaltung %(abstained)s.") % vote["tally"]
    result = _("Der Antrag hat eine Mehrheit.") if vote["carried"] else _("Der Antrag fand keine Mehrheit.")
    names = "; ".join(f"{name}: {choice}" for name, choice in vote["ballots"])
    return [
        *pdf.paragraph(f"{vote['form']}: {vote['sentence']}", strong=True),
        *pdf.paragraph(vote["quorum"]),
        *pdf.paragraph(f"{counts} {result}"),
        *pdf.paragraph(names),
        *pdf.paragraph(_("Prüfsumme des Antrags:"), muted=True),
        pdf.code(vote["motion_hash"]),
    ]


def _marks(opinion: Opinion, paper: Paper) -> list[str]:
    """What stands behind an opinion: that it came late, to which version, and whether another took its place."""
    marks = [_("nach Offenlegung abgegeben")] if opinion.late else []
    if paper.version is not None and paper.version.number > 1:
        marks.append(_("zu Fassung %(number)s") % {"number": opinion.version.number})
    return marks if opinion.current else [*marks, _("frühere Stellungnahme")]


def _paper(paper: Paper) -> list[Any]:
    case = paper.item.case
    parts: list[Any] = [
        pdf.heading(_("TOP %(number)s: %(title)s") % {"number": paper.item.position, "title": case.title})
    ]
    parts += pdf.paragraph(_("Beteiligte: %(parties)s") % {"parties": case.parties or "–"})
    if paper.closed == "recused":
        return [*parts, *pdf.paragraph(_("Sie sind in dieser Sache befangen. Die Unterlagen fehlen deshalb."))]
    if paper.closed:
        return [*parts, *pdf.paragraph(_("Sie haben noch nicht erklärt, ob Sie befangen sind."))]
    for row in paper.texts:
        parts += [*pdf.paragraph(row["label"], strong=True), *pdf.paragraph(row["text"])]
    for question in paper.questions:
        parts += [*pdf.paragraph(_("Frage: %(text)s") % {"text": question.text}, strong=True)]
        parts += pdf.paragraph(question.answer or _("noch nicht beantwortet"))
    for opinion in paper.opinions:
        stance = f"{opinion.member.public_name}: {opinion.get_stance_display()}"
        stance += "".join(f" · {mark}" for mark in _marks(opinion, paper))
        parts += [*pdf.paragraph(stance, strong=True), *pdf.paragraph(opinion.text)]
    if paper.draft is not None:
        parts += [*pdf.paragraph(_("Vorlage: %(text)s") % {"text": paper.draft.sentence}, strong=True)]
        parts += pdf.paragraph(paper.draft.text)
    if paper.mark and paper.mark.note:
        parts += [*pdf.paragraph(_("Meine Notiz"), strong=True), *pdf.paragraph(paper.mark.note)]
    return parts
