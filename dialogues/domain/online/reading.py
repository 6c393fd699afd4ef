"""Lists of contributions: filters, order, search and pages by cursor, and what became of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dialogues.domain.online import places
from dialogues.enums import WAITING, AnswerStatus, ContributionKind
from dialogues.models import Answer, Contribution, OnlineDialogue
from portal.exceptions import DomainError
from portal.rest import decode_cursor, encode_cursor

PAGE = 20
MOST_WORDS = 6
SORTS = {
    "neu": (gettext_lazy("Neueste zuerst"), "received_at", True),
    "unterstuetzt": (gettext_lazy("Am meisten unterstützt"), "support_count", True),
    "frist": (gettext_lazy("Antwort am dringendsten"), "answer_due", False),
}
OVERDUE = "ueberfaellig"


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; unknown values count as "all"."""

    kind: str = ""
    category: int | None = None
    status: str = ""
    district: str = ""
    words: tuple[str, ...] = ()
    sort: str = "neu"

    @property
    def is_active(self) -> bool:
        return bool(self.kind or self.category or self.status or self.district or self.words)


@dataclass(frozen=True)
class Page:
    """`next` is the cursor of the following page, or empty."""

    rows: list[Contribution]
    next: str
    is_first: bool
    filters: Filters = field(default_factory=Filters)


def filters_from(query: Mapping[str, Any]) -> Filters:
    """Reads `art`, `thema`, `antwort`, `ort`, `q` and `sortierung` of an address."""

    def known(name: str, values: Any) -> str:
        value = str(query.get(name, ""))
        return value if value in values else ""

    category = str(query.get("thema", ""))
    return Filters(
        kind=known("art", ContributionKind.values),
        category=int(category) if category.isdecimal() and len(category) < 10 else None,
        status=known("antwort", (*AnswerStatus.values, OVERDUE)),
        district=known("ort", places.places()),
        words=tuple(str(query.get("q", "")).replace("\x00", "").split()[:MOST_WORDS]),
        sort=known("sortierung", SORTS) or "neu",
    )


def narrowed(rows: QuerySet[Contribution], filters: Filters) -> QuerySet[Contribution]:
    if filters.kind:
        rows = rows.filter(kind=filters.kind)
    if filters.category:
        rows = rows.filter(category=filters.category)
    if filters.status == OVERDUE:
        rows = rows.filter(status__in=WAITING, answer_due__lt=timezone.now())
    elif filters.status:
        rows = rows.filter(status=filters.status)
    if filters.district:
        rows = rows.filter(district=filters.district)
    for word in filters.words:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word) | Q(receipt__iexact=word))
    if filters.sort == "frist":
        rows = rows.filter(status__in=WAITING)
    return rows


def page(*, dialogue: OnlineDialogue, user: Any, filters: Filters, cursor: str = "") -> Page:
    """Twenty contributions from the cursor on, by one query. A broken cursor starts at the beginning."""
    rows = narrowed(Contribution.objects.visible_to(user).standing().filter(dialogue=dialogue), filters)
    _label, column, descending = SORTS[filters.sort]
    sign = "-" if descending else ""
    position = position_of(cursor, column)
    if position is not None:
        value, pk = position
        beyond = "lt" if descending else "gt"
        rows = rows.filter(Q(**{f"{column}__{beyond}": value}) | Q(**{column: value, f"pk__{beyond}": pk}))
    found = list(
        rows.select_related("dialogue", "category", "author").order_by(f"{sign}{column}", f"{sign}pk")[: PAGE + 1]
    )
    last = found[PAGE - 1] if len(found) > PAGE else None
    following = encode_cursor(f"{mark(getattr(last, column))}|{last.pk}") if last else ""
    return Page(found[:PAGE], following, position is None, filters)


def mark(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def position_of(cursor: str, column: str) -> tuple[Any, int] | None:
    try:
        value, _sep, pk = decode_cursor(cursor).rpartition("|") if cursor else ("", "", "")
        if not value or not pk.isdecimal() or len(pk) > 18:
            return None
        if column == "support_count":
            return (int(value), int(pk)) if value.isdecimal() and len(value) < 10 else None
        moment = datetime.fromisoformat(value)
        return (moment, int(pk)) if timezone.is_aware(moment) else None
    except (DomainError, ValueError):
        return None


def trail(contribution: Contribution, answers: list[Answer]) -> list[dict[str, Any]]:
    """ "Was wurde daraus": contribution, answer, milestone and result as steps of components/steps.html."""
    newest = answers[-1] if answers else None
    milestone = next((given.milestone for given in reversed(answers) if given.milestone), None)
    is_final = newest is not None and newest.status not in WAITING
    is_done = newest is not None and newest.status == AnswerStatus.DONE
    closed = newest is not None and newest.status in (AnswerStatus.REJECTED, AnswerStatus.ANSWERED)
    steps: list[dict[str, Any]] = [
        {"title": _("Beitrag eingegangen"), "text": day(contribution.received_at), "state": "done", "url": ""}
    ]
    answered: dict[str, Any] = {"title": _("Antwort der Stadt"), "state": "current", "text": "", "url": ""}
    if newest is not None:
        answered["text"] = f"{AnswerStatus(newest.status).label}, {day(newest.created_at)}"
        answered["state"] = "done" if is_final else "current"
        answered["url"] = f"#antwort-{newest.pk}"
    steps.append(answered)
    if milestone is not None:
        steps.append(
            {
                "title": _("Meilenstein: %(title)s") % {"title": milestone.title},
                "text": milestone.when,
                "state": "done" if milestone.reached else ("current" if is_final else "todo"),
                "url": contribution.dialogue.project.get_absolute_url() if contribution.dialogue.project else "",
            }
        )
    elif not closed:
        steps.append({"title": _("Meilenstein im Projekt"), "text": "", "state": "skipped" if is_done else "todo"})
    if not closed:
        steps.append({"title": _("Ergebnis"), "text": "", "state": "done" if is_done else "todo"})
    return steps


def day(moment: datetime) -> str:
    from django.utils.formats import date_format

    return date_format(timezone.localtime(moment), "DATE_FORMAT")
