"""Guests seen by the moderation."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dialogues.domain.board.context import Command
from dialogues.domain.board.ledger import Outcome
from dialogues.models import Participant
from portal import audit
from portal.exceptions import DomainError


def block(command: Command) -> Outcome:
    """`participant.block{participant, blocked?}`: closes the guest's sockets; `blocked: false` takes it back."""
    command.require_moderator()
    participant = Participant.objects.filter(board_id=command.board.pk, uuid=command.identifier("participant")).first()
    if participant is None:
        raise DomainError("unknown_participant", _("Diesen Gast gibt es nicht."), field="participant", status=404)
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
