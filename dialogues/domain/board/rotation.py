"""The rotation plan of a board: made by the moderation, kept for late arrivals, carried out round by round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from dialogues.domain.board import mixing
from dialogues.domain.board.context import Command, running_round
from dialogues.domain.board.ledger import Outcome
from dialogues.models import Board, Participant, Table
from portal.exceptions import DomainError

MOST_ROUNDS = 8


def plan(command: Command) -> Outcome:
    """`rotation.plan{rounds?}`: mixes the guests who are here; hosts stay.

    During a round it takes people as they sit; between rounds it also evens out the tables for the next one. Tells
    what repeats, and what no plan could avoid (`least_…`).
    """
    command.require_moderator()
    command.require_open_board()
    board = command.board
    planned = board.rounds.count()
    rounds = command.number("rounds", 1, MOST_ROUNDS, min(MOST_ROUNDS, max(2, planned)))
    guests, tables = movable(board), table_ids(board)
    is_running = running_round(board) is not None
    sizes = [sum(guest.table_id == table for guest in guests) for table in tables]
    if not is_running:
        sizes = [len(guests) // len(tables) + (index < len(guests) % len(tables)) for index in range(len(tables))]
    found = mixing.plan(len(guests), len(tables), rounds, max(sizes))
    seat_all(guests, tables, sizes)
    first = started(board) + (0 if is_running else 1)
    board.rotation = {
        "first": first,
        "rounds": rounds,
        "tables": len(tables),
        "steps": found.steps,
        "modulo": found.modulo,
    }
    board.save(update_fields=["rotation"])
    shape = describe(first, found, [guest.slot for guest in guests if guest.slot is not None])
    return Outcome("rotation.planned", {"rotation": shape}, {"rotation": shape})


def move(command: Command) -> Outcome:
    """`rotation.move`: between two rounds, everybody to the table of the next one. Phones say where to go."""
    command.require_moderator()
    command.require_open_board()
    if command.board.rotation is None:
        raise DomainError("no_rotation", _("Es gibt noch keinen Plan für den Tischwechsel."), status=409)
    if running_round(command.board) is not None:
        raise DomainError("round_running", _("Es läuft schon eine Runde. Beenden Sie diese zuerst."), status=409)
    number = started(command.board) + 1
    seats = carry_out(command.board, number)
    result = {"rotation": {"round": number}}
    return Outcome("rotation.moved", result | {"seats": seats}, result)


def carry_out(board: Board, number: int) -> dict[str, int]:
    """Seats everybody for round `number`; the guests who changed tables, with their new table's number."""
    found = stored_plan(board)
    index = number - first_round(board)
    if found is None or not 0 <= index < found.rounds:
        return {}
    tables = list(board.tables.order_by("number"))
    changed: dict[str, int] = {}
    for guest in movable(board):
        if guest.slot is None:
            continue
        table = tables[found.table(guest.slot, index)]
        if guest.table_id != table.pk:
            Participant.objects.filter(pk=guest.pk).update(table=table)
            changed[str(guest.uuid)] = table.number
    return changed


def next_tables(board: Board, guests: Sequence[Participant]) -> dict[int, int | None]:
    """For each guest, by key, the number of the table to go to after the present round, or None."""
    nowhere: dict[int, int | None] = {guest.pk: None for guest in guests}
    found = stored_plan(board)
    if found is None:
        return nowhere
    number = started(board) + 1 - first_round(board)
    if not 0 <= number < found.rounds:
        return nowhere
    numbers = list(board.tables.order_by("number").values_list("number", flat=True))
    slots = {guest.pk: guest.slot for guest in guests}
    return nowhere | {pk: numbers[found.table(slot, number)] for pk, slot in slots.items() if slot is not None}


def give_slot(board: Board, guest: Participant) -> None:
    """A late arrival takes a free place of the plan, one that starts at their table where there is one."""
    found = stored_plan(board)
    if found is None:
        return
    taken = set(Participant.objects.filter(board=board, slot__isnull=False).values_list("slot", flat=True))
    free = [slot for slot in range(found.tables * len(found.steps)) if slot not in taken]
    now = max(0, min(started(board) - first_round(board), found.rounds - 1))
    here = table_ids(board).index(guest.table_id)
    beyond = 1 + max((slot for slot in taken if slot is not None), default=-1)
    fitting = [slot for slot in free if found.table(slot, now) == here]
    guest.slot = (fitting or free or [beyond])[0]
    guest.save(update_fields=["slot"])


def movable(board: Board) -> list[Participant]:
    """Guests who are here and are no hosts."""
    hosts = Table.objects.filter(board=board, host__isnull=False).values_list("host_id", flat=True)
    here = Participant.objects.filter(board=board, blocked=False, left_at__isnull=True)
    return list(here.exclude(pk__in=list(hosts)).order_by("pk"))


def table_ids(board: Board) -> list[int]:
    return list(board.tables.order_by("number").values_list("pk", flat=True))


def first_round(board: Board) -> int:
    return int((board.rotation or {}).get("first", 1))


def started(board: Board) -> int:
    """The number of the latest round that began, or 0."""
    latest = board.rounds.filter(starts_at__isnull=False).order_by("-number").first()
    return latest.number if latest else 0


def seat_all(guests: list[Participant], tables: list[int], room: list[int]) -> None:
    """Slots for everybody: at their own table while it has room, the rest where there is room."""
    count = len(tables)
    filled = [0] * count
    left: list[Participant] = []
    for guest in guests:
        index = tables.index(guest.table_id)
        if filled[index] < room[index]:
            guest.slot = filled[index] * count + index
            filled[index] += 1
        else:
            left.append(guest)
    open_slots = (column * count + index for index in range(count) for column in range(filled[index], room[index]))
    for guest, slot in zip(left, open_slots, strict=True):
        guest.slot = slot
    Participant.objects.filter(board_id=guests[0].board_id if guests else 0).update(slot=None)
    Participant.objects.bulk_update(guests, ["slot"])


def stored_plan(board: Board) -> mixing.Plan | None:
    data = board.rotation
    if not data:
        return None
    steps = tuple(tuple(column) for column in data["steps"])
    return mixing.Plan(data["tables"], data["rounds"], steps, data["modulo"])


def describe(first: int, found: mixing.Plan, slots: list[int]) -> dict[str, Any]:
    quality = mixing.judge(found, slots)
    return {
        "first": first,
        "rounds": found.rounds,
        "guests": len(slots),
        "table_repeats": quality.table_repeats,
        "meetings_again": quality.meetings_again,
        "least_table_repeats": quality.least_table_repeats,
        "least_meetings_again": quality.least_meetings_again,
    }


def sheet(board: Board) -> list[tuple[Participant, list[int]]]:
    """For the printed plan: each guest with the table numbers of all planned rounds."""
    found = stored_plan(board)
    if found is None:
        return []
    numbers = list(board.tables.order_by("number").values_list("number", flat=True))
    return [
        (guest, [numbers[found.table(guest.slot, number)] for number in range(found.rounds)])
        for guest in movable(board)
        if guest.slot is not None
    ]


def overview(board: Board) -> dict[str, Any] | None:
    """What the console says about the plan as it stands now, or None."""
    found = stored_plan(board)
    if found is None:
        return None
    slots = [guest.slot for guest in movable(board) if guest.slot is not None]
    shape = describe(first_round(board), found, slots)
    return shape | {"perfect": not shape["table_repeats"] and not shape["meetings_again"]}


def moves_next(board: Board) -> bool:
    """Whether somebody sits elsewhere in the round to come."""
    found = stored_plan(board)
    if found is None or running_round(board) is not None:
        return False
    index = started(board) + 1 - first_round(board)
    tables = table_ids(board)
    return 0 <= index < found.rounds and any(
        guest.slot is not None and guest.table_id != tables[found.table(guest.slot, index)] for guest in movable(board)
    )
