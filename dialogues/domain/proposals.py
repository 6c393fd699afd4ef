"""The harvest of the tables: hosts propose results from what lies on their table, the moderation accepts them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.board import actors, ledger
from dialogues.domain.board.context import board_closed
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.texts import clean
from dialogues.domain.harvest import require_moderator, total
from dialogues.enums import CardState, Phase
from dialogues.models import Board, Card, Cluster, Event, Participant, Result, Table
from portal import audit
from portal.exceptions import DomainError, NotAllowed

RESULT_LIMIT = 500


def propose(*, guest: Participant | None, board: Board, source: UUID, text: object = "") -> Result:
    """The host of a table proposes a card or a group of that table, in words of their own; again means other words.

    Raises NotAllowed (no host), DomainError `no_event`, `board_closed`, `unknown_target`, `too_long`, and
    `already_taken` where the moderation has already made a result of it.
    """
    table = guest.hosted_tables.filter(board=board).first() if guest is not None and not guest.blocked else None
    if guest is None or table is None:
        raise NotAllowed(_("Das kann nur, wer an diesem Tisch Gastgeberin oder Gastgeber ist."))
    if board.event_id is None or board.is_practice:
        raise DomainError("no_event", _("Ein Probelauf hat keine Ergebnisseite."), status=409)
    words = clean(text, RESULT_LIMIT, field="text", required=False)
    with transaction.atomic():
        fresh = ledger.advance(board.pk)
        if fresh.phase == Phase.CLOSED:
            raise board_closed()
        card = Card.objects.filter(board=board, table=table, uuid=source, state=CardState.VISIBLE).first()
        cluster = Cluster.objects.filter(board=board, table=table, uuid=source, dissolved_at__isnull=True).first()
        found: Card | Cluster | None = card or cluster
        if found is None:
            raise DomainError("unknown_target", _("Diese Karte gibt es nicht mehr."), status=404)
        words = words or (card.text if card else str(cluster))
        known = Result.objects.filter(card=card, cluster=None if card else cluster).first()
        if known is not None and not known.is_proposal:
            message = _("Daraus hat die Moderation schon ein Ergebnis gemacht.")
            raise DomainError("already_taken", message, status=409)
        if known is None:
            known = Result(
                event_id=board.event_id,
                card=card,
                cluster=None if card else cluster,
                position=last_position(board.event_id) + 1,
                is_proposal=True,
                sample=board.sample,
            )
        known.text, known.votes, known.proposed_by = words, total(found), guest
        known.save()
        audit.record(
            actor=None,
            action="harvest.proposed",
            obj=known,
            payload={"board": str(board.uuid), "table": table.number},
            role="host",
        )
        tell_moderation(fresh, guest, table)
    return known


def tell_moderation(board: Board, guest: Participant, table: Table) -> None:
    """Consoles hear that there is something new; the words stay out of the log, where nobody could correct them."""
    body = {"result": {"table": table.number}}
    outcome = Outcome("result.proposed", body, table_id=table.pk, staff_only=True)
    ledger.append(board, outcome, at=timezone.now(), actor=actors.guest(guest).key, participant=guest)


def of_table(board: Board, number: int) -> dict[str, dict[str, Any]]:
    """What of a table is proposed or taken over: id of the card or group -> `{"text", "accepted"}`."""
    if board.event_id is None:
        return {}
    here = Q(card__table__number=number, card__board=board) | Q(cluster__table__number=number, cluster__board=board)
    rows = Result.objects.filter(here, event_id=board.event_id).select_related("card", "cluster")
    return {
        str(source.uuid): {"text": row.text, "accepted": not row.is_proposal}
        for row in rows
        if (source := row.card or row.cluster)
    }


def accept(*, user: Any, result: Result) -> Result:
    """Makes a proposal a result of the evening, still a draft until it is published. Twice is once."""
    require_moderator(user)
    with transaction.atomic():
        place = last_position(result.event_id) + 1  # behind what is there: the order is the moderation's
        if not Result.objects.filter(pk=result.pk, is_proposal=True).update(is_proposal=False, position=place):
            return result
        result.is_proposal, result.position = False, place
        note(user, "harvest.accepted", result)
    return result


def reword(*, user: Any, result: Result, text: object) -> Result:
    """Other words for a result that is not published. Raises DomainError `already_published`, `empty`, `too_long`."""
    require_moderator(user)
    words = clean(text, RESULT_LIMIT, field="text")
    with transaction.atomic():
        fresh = unpublished(result)
        fresh.text = words
        fresh.save(update_fields=["text", "updated_at"])
        note(user, "harvest.reworded", fresh)
    return fresh


def shift(*, user: Any, result: Result, up: bool) -> None:
    """Swaps a result with its neighbour in the order of the page; at the end of the list nothing happens."""
    require_moderator(user)
    with transaction.atomic():
        Event.objects.select_for_update().get(pk=result.event_id)
        rows = list(Result.objects.filter(event_id=result.event_id, is_proposal=False))
        places = [row.pk for row in rows]
        if result.pk not in places:
            return
        here = places.index(result.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        for position, row in enumerate(rows, start=1):
            Result.objects.filter(pk=row.pk).update(position=position)
        note(user, "harvest.ordered", result)


def unpublished(result: Result) -> Result:
    fresh = Result.objects.select_for_update().get(pk=result.pk)
    if fresh.published_at is not None:
        raise DomainError("already_published", _("Dieses Ergebnis ist schon veröffentlicht."), status=409)
    return fresh


def last_position(event_id: int) -> int:
    return Result.objects.filter(event_id=event_id).aggregate(last=Max("position"))["last"] or 0


def note(user: Any, action: str, result: Result) -> None:
    audit.record(actor=user, action=action, obj=result, payload={"event": result.event.slug}, role="moderator")


def source_tables(results: Sequence[Result]) -> dict[int, int | None]:
    """The table each result came from, by its key; `card__table` and `cluster__table` must be at hand."""
    found: dict[int, int | None] = {}
    for result in results:
        source = result.card or result.cluster
        found[result.pk] = source.table.number if source is not None and source.table is not None else None
    return found
