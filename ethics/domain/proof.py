"""The public check of a printed hash: what it belongs to, as far as the public may know, and whether it still holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics.domain.dpia.record import record_hash
from ethics.domain.register import content_hash, public_content
from ethics.models import CaseVersion, DpiaRecord, Minutes, ReviewCase, Vote
from portal.audit.domain.lookup import find
from portal.exceptions import DomainError

HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Proof:
    """One thing that carries the hash. `holds` is False where the thing was changed since."""

    what: Any
    holds: bool
    title: str = ""
    url: str = ""
    when: datetime | None = None


def check(text: str) -> list[Proof]:
    """`text` is a hash of 64 digits, or a printed anchor "stream number hash"; empty if nothing carries it.

    What is not public is named by its kind alone. Raises DomainError `no_hash`.
    """
    hashes = HASH.findall(text.lower())
    if not hashes:
        raise DomainError(
            "no_hash", _("Das ist keine Prüfsumme. Sie hat 64 Zeichen: Ziffern und a bis f."), field="wert"
        )
    found = hashes[-1]
    return [*_published(found), *_records(found), *_documents(found), *_entries(found)]


def _published(found: str) -> list[Proof]:
    rows = ReviewCase.objects.public().filter(public_hash=found).select_related("project", "recommendation")
    rows = rows.prefetch_related("recommendation__conditions", "dissents__member", "votes", "outside_opinions")
    return [
        Proof(
            _("Veröffentlichte Fassung einer Empfehlung"),
            content_hash(public_content(case)) == found,
            case.title,
            case.get_absolute_url(),
            case.published_at,
        )
        for case in rows
    ]


def _records(found: str) -> list[Proof]:
    return [
        Proof(
            _("Registereintrag einer Folgenabschätzung"),
            record_hash(row.content) == found,
            row.content["title"],
            row.get_absolute_url(),
            row.published_at,
        )
        for row in DpiaRecord.objects.filter(hash=found).select_related("dpia")
    ]


def _documents(found: str) -> list[Proof]:
    proofs = [Proof(_("Niederschrift einer Sitzung"), True, when=row.released_at) for row in _minutes(found)]
    for version in CaseVersion.objects.filter(hash=found).select_related("case"):
        proofs.append(_of_case(_("Eingereichte Fassung eines Antrags"), version.case, version.frozen_at))
    for vote in Vote.objects.filter(motion_hash=found).select_related("case"):
        proofs.append(_of_case(_("Antrag, über den der Rat abgestimmt hat"), vote.case, vote.opened_at))
    return proofs


def _minutes(found: str) -> list[Minutes]:
    return list(Minutes.objects.filter(hash=found))


def _of_case(what: Any, case: ReviewCase, when: datetime | None) -> Proof:
    if not case.is_public:
        return Proof(what, True, when=when)
    return Proof(what, True, case.title, case.get_absolute_url(), when)


def _entries(found: str) -> list[Proof]:
    entry = find(found)
    if entry is None:
        return []
    what = _("Eintrag Nr. %(number)s eines Prüfprotokolls") % {"number": entry.seq}
    kind, _separator, slug = entry.stream.partition(":")
    case = ReviewCase.objects.public().filter(slug=slug).first() if kind == "case" else None
    if case is None:
        return [Proof(what, entry.intact, when=entry.recorded_at)]
    return [Proof(what, entry.intact, case.title, case.get_absolute_url(), entry.recorded_at)]
