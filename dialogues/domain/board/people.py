"""Guests: blocked or marked by the moderation, or leaving by themselves."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dialogues.domain.board.context import Command
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.shapes import participant_shape
from dialogues.enums import Badge
from dialogues.models import Participant, Table
from portal import audit
from portal.exceptions import DomainError


def block(command: Command) -> Outcome:
    """`participant.block{participant, blocked?}`: closes the guest's sockets; `blocked: false` takes it back."""
    command.require_moderator()
    participant = named(command)
    blocked = command.args.get("blocked", True)
    if not isinstance(blocked, bool):
        raise DomainError("invalid", _("„blocked“ ist true oder false."), field="blocked")
    participant.blocked = blocked
    participant.save(update_fields=["blocked"])
    audit.record(
        actor=command.actor.user,
        action="board.participant_blocked" if blocked else "board.participant_unblocked",
        obj=participant,
        payload={"board": str(command.board.uuid), "participant": str(participant.uuid)},
        role="moderator",
    )
    shape = {"id": str(participant.uuid), "blocked": blocked}
    event = "participant.blocked" if blocked else "participant.unblocked"
    return Outcome(event, {"participant": shape}, {"participant": shape}, staff_only=True)


def mark(command: Command) -> Outcome:
    """`participant.mark{participant, badge}`: `expert` is shown at the table; an empty badge removes it."""
    command.require_moderator()
    participant = named(command)
    badge = command.args.get("badge", Badge.EXPERT)
    if badge not in ("", *Badge.values):
        raise DomainError("invalid", _("„badge“ ist expert oder leer."), field="badge")
    participant.badge = str(badge)
    participant.save(update_fields=["badge"])
    shape = participant_shape(participant, participant.table.number)
    return Outcome("participant.marked", {"participant": shape}, {"participant": shape}, participant.table_id)


def leave(command: Command) -> Outcome:
    """`participant.leave`: the guest goes home; the seat and the place in the plan are free. Cards stay."""
    guest = command.guest
    guest.left_at, guest.slot = command.at, None
    guest.save(update_fields=["left_at", "slot"])
    Table.objects.filter(board_id=command.board.pk, host=guest).update(host=None)
    shape = {"id": str(guest.uuid), "table": guest.table.number}
    return Outcome("participant.left", {"participant": shape}, {"participant": shape}, guest.table_id)


def named(command: Command) -> Participant:
    """The guest named in the arguments; raises DomainError `unknown_participant`."""
    found = (
        Participant.objects.select_related("table")
        .filter(board_id=command.board.pk, uuid=command.identifier("participant"))
        .first()
    )
    if found is None:
        raise DomainError("unknown_participant", _("Diesen Gast gibt es nicht."), field="participant", status=404)
    return found
