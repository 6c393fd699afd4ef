"""Meine Sitzungsmappe: what one member reads for one meeting, with own bookmarks and notes.

Cases from which the member is recused, or on which the member has not declared, appear by title and parties alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import content as contents
from ethics.domain.machine import Actor, acting_id
from ethics.models import AgendaItem, CaseQuestion, CaseVersion, FolderMark, Meeting, Opinion, Recommendation, Remark
from portal.exceptions import DomainError, NotAllowed

UNDECLARED, RECUSED = "undeclared", "recused"


@dataclass(frozen=True)
class Paper:
    """One agenda item as this member may read it. `closed` is empty, `recused` or `undeclared`."""

    item: AgendaItem
    closed: str = ""
    version: CaseVersion | None = None
    texts: list[dict[str, Any]] = field(default_factory=list)
    draft: Recommendation | None = None
    opinions: list[Opinion] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    questions: list[CaseQuestion] = field(default_factory=list)
    mark: FolderMark | None = None


def papers(user: Any, meeting: Meeting) -> list[Paper]:
    """The folder of this member, in the order of the agenda. NotAllowed for anybody who does not sit on the Council."""
    if not permissions.is_member(user):
        raise NotAllowed
    rows = meeting.agenda.select_related("case__project").prefetch_related("case__recommendation__conditions")
    marks = {mark.item_id: mark for mark in FolderMark.objects.filter(item__meeting=meeting, member=user)}
    items = list(rows.order_by("position"))
    permissions.remember_all(item.case for item in items)
    return [_paper(user, item, marks.get(item.pk)) for item in items]


def mark(user: Actor, *, item: AgendaItem, bookmarked: bool, note: str) -> FolderMark:
    """Keeps the member's own bookmark and note; nobody else reads it, and it is no part of the record.

    Raises NotAllowed, DomainError `not_entitled`, `too_long`.
    """
    if not permissions.is_member(user):
        raise NotAllowed
    if _closed(user, item):
        raise DomainError("not_entitled", _("Diese Unterlagen sehen Sie nicht."), status=409)
    note = contents.limited(note, "note", most=8000)
    kept, _created = FolderMark.objects.update_or_create(
        item=item, member_id=acting_id(user), defaults={"bookmarked": bookmarked, "note": note}
    )
    return kept


def _closed(user: Any, item: AgendaItem) -> str:
    if user.pk in permissions.recused_members(item.case) or permissions.is_lead(user, item.case):
        return RECUSED
    return "" if user.pk in permissions.declarations(item.case) else UNDECLARED


def _paper(user: Any, item: AgendaItem, kept: FolderMark | None) -> Paper:
    case = item.case
    closed = _closed(user, item)
    if closed:
        return Paper(item, closed)
    version = case.versions.filter(frozen_at__isnull=False).select_related("screening").first()
    texts = [{"label": f.label, "text": version.content.get(f.key, "")} for f in contents.FIELDS] if version else []
    return Paper(
        item,
        version=version,
        texts=[row for row in texts if row["text"]],
        draft=getattr(case, "recommendation", None),
        opinions=permissions.visible_opinions(user, case),
        remarks=list(case.remarks.select_related("author")),
        questions=list(case.questions.all()),
        mark=kept,
    )
