"""An evening in numbers, and all evenings of a year. Reads only; the public sees counts, never who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain import feedback
from dialogues.domain.board import history
from dialogues.enums import AnswerStatus, BoardFormat, CardKind, CardState, HideReason
from dialogues.models import Board, BoardEvent, Contribution, Event, FeedbackAnswer, Result, Round
from dialogues.permissions import can_moderate

MOST_STEPS = 24
STEPS = (5, 10, 15, 30, 60, 120, 240, 720, 1440)  # minutes


@dataclass(frozen=True)
class Row:
    """One bar: `share` in percent of the longest."""

    label: str
    count: int
    share: int


@dataclass(frozen=True)
class Chart:
    """A set of bars; `key` names it in addresses and in the CSV, `columns` head the table."""

    key: str
    title: str
    columns: tuple[str, str]
    rows: Sequence[Row]


@dataclass(frozen=True)
class Evening:
    """The numbers of one board. `totals` are (key, label, number)."""

    totals: Sequence[tuple[str, str, int]]
    charts: Sequence[Chart] = field(default_factory=list)


def evening(board: Board, user: Any) -> Evening:
    """The numbers of a board for this reader; the caller has asked whether the board may be seen."""
    cards = board.cards.filter(state=CardState.VISIBLE)
    results = Result.objects.filter(event=board.event_id, published_at__isnull=False) if board.event_id else None
    taken = contributions_of(board)
    answered = sum(1 for status in taken if status not in (AnswerStatus.OPEN, AnswerStatus.IN_REVIEW))
    totals = [
        ("guests", _("Gäste mit Telefon"), board.participants.count()),
        ("tables", _("Tische"), board.tables.count()),
        ("rounds", _("Runden"), history.held_rounds(board).count()),
        ("cards", _("Karten"), cards.filter(reply_to=None).count()),
        ("paper", _("davon von Papier"), cards.filter(reply_to=None, paper=True).count()),
        ("replies", _("kurze Antworten"), cards.exclude(reply_to=None).count()),
        ("dots", _("Punkte"), history.dots(board)),
        ("results", _("Ergebnisse"), results.count() if results is not None else 0),
        ("contributions", _("davon Beiträge an die Stadt"), len(taken)),
        ("answered", _("davon von der Stadt beantwortet"), answered),
    ]
    given = feedback_count(board, user)
    if given is not None:
        totals.append(("feedback", _("Antworten auf die drei Fragen"), given))
    return Evening(totals, [chart for chart in charts(board) if chart.rows])


def charts(board: Board) -> list[Chart]:
    own = board.cards.filter(state=CardState.VISIBLE, reply_to=None)
    kinds = Counter(own.values_list("kind", flat=True))
    tables = dict(own.values_list("table__number").annotate(n=Count("pk")))
    every = board.tables.values_list("number", flat=True)
    reasons = Counter(history.withheld(board).values_list("hidden_reason", flat=True))
    by_round = dict(own.values_list("round__number").annotate(n=Count("pk")))
    cards, guests = _("Karten"), _("Gäste")
    return [
        chart("round_guests", _("Gäste in jeder Runde"), (_("Runde"), guests), guests_by_round(board)),
        chart(
            "round_cards",
            _("Karten in jeder Runde"),
            (_("Runde"), cards),
            [(_("Runde %s") % number, by_round[number]) for number in sorted(n for n in by_round if n is not None)],
        ),
        chart(
            "kinds",
            _("Karten nach ihrer Art"),
            (_("Art"), cards),
            [(str(CardKind(kind).label), number) for kind, number in kinds.most_common()],
        ),
        chart(
            "tables",
            _("Karten an jedem Tisch"),
            (_("Tisch"), cards),
            [(_("Tisch %s") % number, tables.get(number, 0)) for number in every] if tables else [],
        ),
        chart("time", _("Wie viel gerade geschah: Karten und Punkte"), (_("Uhrzeit"), _("Ereignisse")), course(board)),
        chart(
            "reasons",
            _("Von der Moderation ausgeblendete Karten, nach Grund"),
            (_("Grund"), cards),
            [(str(HideReason(reason).label), number) for reason, number in reasons.most_common()],
        ),
    ]


def chart(key: str, title: str, columns: tuple[str, str], rows: Iterable[tuple[str, int]]) -> Chart:
    found = list(rows)
    longest = max((number for _label, number in found), default=0)
    bars = [Row(label, number, round(100 * number / longest) if longest else 0) for label, number in found]
    return Chart(key, title, columns, bars)


def guests_by_round(board: Board) -> list[tuple[str, int]]:
    """Who had sat down before the round's end and had not left before its beginning."""
    people = list(board.participants.values_list("joined_at", "left_at"))
    if not people:
        return []
    return [
        (_("Runde %s") % turn.number, sum(1 for came, left in people if is_there(turn, came, left)))
        for turn in board.rounds.filter(starts_at__isnull=False)
    ]


def is_there(turn: Round, came: datetime, left: datetime | None) -> bool:
    before_end = turn.ends_at is None or came <= turn.ends_at
    return before_end and (left is None or turn.starts_at is None or left > turn.starts_at)


def course(board: Board) -> list[tuple[str, int]]:
    """New cards and dots in equal steps from the first to the last, at most 24 steps."""
    acts = BoardEvent.objects.filter(board=board, event__in=("card.created", "votes.changed"))
    span = acts.aggregate(first=Min("at"), last=Max("at"))
    if span["first"] is None:
        return []
    minutes = (span["last"] - span["first"]).total_seconds() / 60
    step = timedelta(minutes=next((size for size in STEPS if minutes / size < MOST_STEPS), STEPS[-1]))
    start = floor(span["first"], step)
    counts = Counter(int((at - start) / step) for at in acts.values_list("at", flat=True))
    last = min(max(counts), MOST_STEPS * 4)
    return [(moment_label(start + place * step, span), counts[place]) for place in range(last + 1)]


def floor(moment: datetime, step: timedelta) -> datetime:
    local = timezone.localtime(moment)
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + ((local - midnight) // step) * step


def moment_label(moment: datetime, span: dict[str, datetime]) -> str:
    local = timezone.localtime(moment)
    many_days = timezone.localdate(span["first"]) != timezone.localdate(span["last"])
    return local.strftime("%d.%m. %H:%M" if many_days else "%H:%M")


def contributions_of(board: Board) -> list[str]:
    """The states of the city's answers to public contributions that came out of this event."""
    rows = Contribution.objects.public().filter(result__event=board.event_id)
    return list(rows.values_list("status", flat=True)) if board.event_id else []


def feedback_count(board: Board, user: Any) -> int | None:
    """How many answered the three questions; for the public only after the last day."""
    if not can_moderate(user) and not feedback.is_over(board):
        return None
    return FeedbackAnswer.objects.filter(board=board).count()


@dataclass(frozen=True)
class Line:
    """One evening in the list over all of them."""

    event: Event
    format: str
    guests: int
    tables: int
    cards: int
    dots: int
    hidden: int
    results: int
    contributions: int
    answered: int
    feedback: int


def years() -> list[int]:
    """The years of public evenings, newest first."""
    return [day.year for day in Event.objects.public().filter(boards__isnull=False).dates("starts_at", "year")][::-1]


def evenings(year: int, user: Any) -> list[Line]:
    """Each evening of the year that this reader may see; a fixed number of queries."""
    events = Event.objects.visible_to(user).filter(starts_at__year=year, boards__isnull=False).distinct()
    rows = list(events.order_by("starts_at", "pk"))
    keys = [row.pk for row in rows]
    formats = dict(Board.objects.filter(event__in=keys).order_by("pk").values_list("event", "format"))
    shown = Q(cards__state=CardState.VISIBLE, cards__reply_to=None)
    erased = Q(cards__state=CardState.DELETED) & ~Q(cards__hidden_reason="")
    boards = Board.objects.filter(event__in=keys).order_by().values_list("event")
    guests = dict(boards.annotate(n=Count("participants")))
    tables = dict(boards.annotate(n=Count("tables")))
    groups = dict(boards.annotate(n=Sum("clusters__votes")))
    feedbacks = dict(boards.annotate(n=Count("feedback_answers")))
    cards = {
        event: (number, dots or 0, hidden)
        for event, number, dots, hidden in boards.annotate(
            number=Count("cards", filter=shown),
            dots=Sum("cards__votes"),
            hidden=Count("cards", filter=Q(cards__state=CardState.HIDDEN) | erased),
        )
    }
    results = dict(
        Result.objects.filter(event__in=keys, published_at__isnull=False)
        .order_by()
        .values_list("event")
        .annotate(n=Count("pk"))
    )
    taken: dict[int, list[str]] = {}
    made = Contribution.objects.public().filter(result__event__in=keys)
    for event, status in made.values_list("result__event", "status"):
        taken.setdefault(event, []).append(status)
    waiting = (AnswerStatus.OPEN, AnswerStatus.IN_REVIEW)
    return [
        Line(
            event=row,
            format=str(BoardFormat(formats[row.pk]).label),
            guests=guests.get(row.pk, 0),
            tables=tables.get(row.pk, 0),
            cards=cards.get(row.pk, (0, 0, 0))[0],
            dots=cards.get(row.pk, (0, 0, 0))[1] + (groups.get(row.pk) or 0),
            hidden=cards.get(row.pk, (0, 0, 0))[2],
            results=results.get(row.pk, 0),
            contributions=len(taken.get(row.pk, [])),
            answered=sum(1 for status in taken.get(row.pk, []) if status not in waiting),
            feedback=feedbacks.get(row.pk, 0),
        )
        for row in rows
    ]


COUNTED = ("guests", "tables", "cards", "dots", "hidden", "results", "contributions", "answered")


def totals_of(lines: Sequence[Line]) -> dict[str, int]:
    """The sums over evenings, by the names of COUNTED, and `evenings`."""
    return {"evenings": len(lines)} | {name: sum(getattr(line, name) for line in lines) for name in COUNTED}
