"""What is kept of guests without account: after the period neither name nor token, only that somebody sat there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dialogues.models import Board, BoardEvent, FeedbackAnswer, Participant
from portal.comments.enums import State

NAMING = ("participant.seated", "participant.marked")


def forget(before: datetime, dry_run: bool) -> int:
    """Takes names and tokens off the seats of evenings that ended before the moment, out of the log too.

    Cards, dots and numbers stay. Answers to the three questions lose their seat, and words that the moderation did not
    release their text. Returns how many guests it touched.
    """
    over = Q(event__ends_at__lt=before) | Q(event=None, created_at__lt=before)
    named = Participant.objects.exclude(token_hash="")
    boards = list(Board.objects.filter(over, pk__in=named.values("board")))
    guests = Participant.objects.filter(board__in=boards).exclude(token_hash="")
    number = guests.count()
    if dry_run or not number:
        return number
    for board in boards:
        with transaction.atomic():
            scrub_log(board)
            answers = FeedbackAnswer.objects.filter(board=board)
            answers.update(participant=None)
            answers.filter(state__in=(State.HELD, State.HIDDEN)).update(text="", state=State.DELETED)
            Participant.objects.filter(board=board).update(pseudonym=_("Gast"), token_hash="")
    return number


def scrub_log(board: Board) -> None:
    """Empties the names in the events that seat or mark a guest."""
    for row in BoardEvent.objects.filter(board=board, event__in=NAMING):
        row.body, row.ack = nameless(row.body), nameless(row.ack)
        row.save(update_fields=["body", "ack"])


def nameless(part: dict[str, Any]) -> dict[str, Any]:
    guest = part.get("participant")
    if not isinstance(guest, dict) or "pseudonym" not in guest:
        return part
    return part | {"participant": guest | {"pseudonym": ""}}
