"""The two reads that nearly every command makes, as fixed SQL: building them anew costs more than answering them."""

from __future__ import annotations

from typing import Any

from dialogues.enums import RoundState
from dialogues.models import Participant, Round, Table

GUEST = """SELECT p.*, t.number AS table_number, t.code AS table_code, t.host_id AS table_host
    FROM dialogues_participant p JOIN dialogues_table t ON t.id = p.table_id WHERE p.id = %s AND p.board_id = %s"""
RUNNING = "SELECT * FROM dialogues_round WHERE board_id = %s AND state = %s"


def guest_at_table(participant_id: int, board_id: int) -> Participant | None:
    """The guest with their present table, or None."""
    for found in Participant.objects.raw(GUEST, [participant_id, board_id]):
        seat: Any = found  # carries the columns of the table too
        found.table = Table(
            pk=found.table_id,
            board_id=board_id,
            number=seat.table_number,
            code=seat.table_code,
            host_id=seat.table_host,
        )
        return found
    return None


def running_round(board_id: int) -> Round | None:
    """The round that runs now; a constraint allows one."""
    for found in Round.objects.raw(RUNNING, [board_id, RoundState.RUNNING.value]):
        return found
    return None
