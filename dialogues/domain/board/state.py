"""Reads of a board: the log, the snapshot, and whether a right still stands."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from dialogues.domain.board import actors
from dialogues.domain.board.hellos import Access
from dialogues.domain.board.ledger import CardNow, LogRow
from dialogues.domain.board.shapes import (
    cluster_shape,
    participant_shape,
    public_card,
    related_card_shape,
    round_shape,
)
from dialogues.domain.board.votes import BEFORE_TOTALS, hides_totals
from dialogues.enums import CardState, View
from dialogues.models import Board, BoardEvent, Card, Cluster, Handover, Participant, Round, Table
from portal.exceptions import NotAllowed
from portal.rest import timestamp

NAMELESS = (View.PROJECTOR, View.OBSERVER)
"""Whoever only looks on learns no names."""


@dataclass(frozen=True)
class LogPage:
    rows: list[LogRow]
    cards: dict[int, CardNow]
    totals_hidden: bool


def head(board_id: int) -> tuple[str, int] | None:
    """Epoch and last number of a board."""
    row = Board.objects.filter(pk=board_id).values_list("epoch", "seq").first()
    return (str(row[0]), row[1]) if row else None


def heads(board_ids: list[int]) -> dict[int, tuple[str, int]]:
    """Epoch and last number of several boards, in one query."""
    rows = Board.objects.filter(pk__in=board_ids).values_list("pk", "epoch", "seq")
    return {pk: (str(epoch), seq) for pk, epoch, seq in rows}


def load_log(board_id: int, after: int, limit: int = 1000) -> LogPage:
    """The events after number `after`, ascending, with the present state of the cards they speak of."""
    rows: list[LogRow] = []
    cards: dict[int, CardNow] = {}
    hidden = False
    found = (
        BoardEvent.objects.filter(board_id=board_id, seq__gt=after)
        .order_by("seq")
        .values_list(
            "seq", "event", "at", "table__number", "card_id", "staff_only", "body", "participant__uuid", "cid",
            "card__state", "card__text", "board__totals_hidden", "board__phase",
        )[:limit]
    )  # fmt: skip
    for seq, event, at, table, card, staff_only, body, participant, cid, state, text, secret, phase in found:
        guest = str(participant) if participant else None
        rows.append(LogRow(seq, event, timestamp(at) or "", table, card, staff_only, body, guest, cid))
        if card is not None:
            cards[card] = CardNow(state, text)
        hidden = secret and phase in BEFORE_TOTALS
    return LogPage(rows, cards, hidden)


def load_snapshot(board_id: int, view: str, table: int | None) -> dict[str, Any]:
    """The whole state of a board for one audience, at one moment: `epoch`, `seq`, `cards`, `clusters`, …"""
    with consistent_read():
        board = Board.objects.select_related("event").get(pk=board_id)
        cards = Card.objects.filter(board_id=board_id).exclude(state=CardState.DELETED)
        clusters = Cluster.objects.filter(board_id=board_id, dissolved_at__isnull=True)
        guests = Participant.objects.filter(board_id=board_id, blocked=False, left_at__isnull=True)
        notes = Handover.objects.filter(table__board_id=board_id)
        rounds = Round.objects.filter(board_id=board_id, starts_at__isnull=False)
        if table is not None:
            cards, guests = cards.filter(table__number=table), guests.filter(table__number=table)
            notes = notes.filter(table__number=table)
            clusters = clusters.filter(table__number=table) | clusters.filter(table__isnull=True)
        card_rows = list(cards.select_related("table", "round", "cluster", "participant", "reply_to").order_by("pk"))
        cluster_rows = list(clusters.select_related("table"))
        guest_rows = list(guests.select_related("table").order_by("pk"))
        current = rounds.order_by("-number").first()
        tables = list(Table.objects.filter(board_id=board_id).select_related("host"))
        handovers = list(notes.values("table__number", "round__number", "text").order_by("round__number"))
    found = compose(board, view, table, card_rows, cluster_rows, guest_rows, current)
    found["tables"] = [table_shape(row, view) for row in tables]
    found["handovers"] = [
        {"table": row["table__number"], "round": row["round__number"], "text": row["text"]} for row in handovers
    ]
    return found


def compose(
    board: Board,
    view: str,
    table: int | None,
    cards: list[Card],
    clusters: list[Cluster],
    guests: list[Participant],
    current: Round | None,
) -> dict[str, Any]:
    staff = view == View.MODERATOR
    no_totals = hides_totals(board) and not staff
    shown = [card for card in cards if staff or card.state == CardState.VISIBLE]
    shapes = [related_card_shape(card) for card in shown]
    if not staff:
        shapes = [public_card(shape, totals_hidden=no_totals) for shape in shapes]
    members: dict[int, list[str]] = {}
    for card in shown:
        if card.cluster_id is not None:
            members.setdefault(card.cluster_id, []).append(str(card.uuid))
    groups = [
        cluster_shape(cluster, members.get(cluster.pk, []), cluster.table.number if cluster.table else None)
        for cluster in clusters
    ]
    if no_totals:
        groups = [group | {"votes": 0} for group in groups]
    reasons: dict[str, int] = {}
    for card in cards:
        if card.state == CardState.HIDDEN:
            reasons[card.hidden_reason] = reasons.get(card.hidden_reason, 0) + 1
    people = [participant_shape(guest, guest.table.number) for guest in guests]
    if view in NAMELESS:
        people = [{key: value for key, value in guest.items() if key != "pseudonym"} for guest in people]
    return {
        "epoch": str(board.epoch),
        "seq": board.seq,
        "table": table,
        "title": board.title,
        "format": board.format,
        "phase": board.phase,
        "round": round_shape(current),
        "cards": shapes,
        "clusters": groups,
        "votes": {} if no_totals else {item["id"]: item["votes"] for item in [*shapes, *groups] if item["votes"]},
        "participants": people,
        "hidden": reasons,
    }


def table_shape(table: Table, view: str) -> dict[str, Any]:
    """A table: its host and whether it asked for help. Codes are for the hall, not for people at home."""
    shape: dict[str, Any] = {
        "number": table.number,
        "host": str(table.host.uuid) if table.host else None,
        "help_at": timestamp(table.help_at),
    }
    return shape | ({"code": table.code} if view in (View.MODERATOR, View.PROJECTOR) else {})


@contextmanager
def consistent_read() -> Iterator[None]:
    """Several queries see one state: a deferred read transaction, so that no writer waits for a snapshot."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("COMMIT")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def still_allowed(access: Access) -> bool:
    """Whether a moderator or projector that only watches may go on watching."""
    board = Board.objects.filter(pk=access.board_id).first()
    if board is None:
        return False
    try:
        actors.recheck(access.actor, board)
    except NotAllowed:
        return False
    return True
