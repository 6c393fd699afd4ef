"""What happens at one table: its host, the handover to the next guests, a call for help."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dialogues.domain.board.context import Command, running_round
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.rotation import give_slot
from dialogues.domain.board.texts import clean
from dialogues.domain.board.votes import latest_round
from dialogues.models import Handover, Participant, Table
from portal.exceptions import DomainError, NotAllowed
from portal.rest import timestamp

HANDOVER_LIMIT = 1000


def set_host(command: Command) -> Outcome:
    """`host.set`: a guest takes the free place of host at the own table, or gives it up with `{"participant": null}`;
    a moderator names `table` and `participant`. The host stays when guests move on."""
    command.require_guest_or_moderator()
    command.require_open_board()
    table = command.table_for_new()
    leaving = "participant" in command.args and command.args["participant"] is None
    before = table.host
    if command.participant is not None:
        if not leaving and "participant" in command.args:
            demand_oneself(command, command.participant)
        if before is not None and before.pk != command.participant.pk:
            message = _("An diesem Tisch gibt es schon eine Gastgeberin oder einen Gastgeber.")
            raise DomainError("host_taken", message, status=409)
        host = None if leaving else command.participant
    else:
        host = None if leaving else guest_at(command, table)
    table.host = host
    table.save(update_fields=["host"])
    if host is not None:
        Participant.objects.filter(pk=host.pk).update(slot=None)
    if before is not None and (host is None or before.pk != host.pk):
        give_slot(command.board, before)
    shape = {"table": table.number, "participant": str(host.uuid) if host else None}
    return Outcome("host.changed", {"host": shape}, {"host": shape})


def demand_oneself(command: Command, guest: Participant) -> None:
    if command.identifier("participant") != guest.uuid:
        raise NotAllowed(_("Sie können nur sich selbst als Gastgeberin oder Gastgeber eintragen."))


def guest_at(command: Command, table: Table) -> Participant:
    uuid = command.identifier("participant")
    found = Participant.objects.filter(board_id=command.board.pk, table=table, uuid=uuid, blocked=False).first()
    if found is None:
        raise DomainError("unknown_participant", _("Diesen Gast gibt es nicht."), field="participant", status=404)
    return found


def write_handover(command: Command) -> Outcome:
    """`handover.write{text}`: the host's note to the guests of the next round; a moderator adds `table`."""
    command.require_guest_or_moderator()
    command.require_open_board()
    table = command.table_for_new()
    if command.participant is not None and table.host_id != command.participant.pk:
        raise NotAllowed(_("Das kann nur, wer an diesem Tisch Gastgeberin oder Gastgeber ist."))
    text = clean(command.args.get("text"), HANDOVER_LIMIT, field="text", required=False)
    current = running_round(command.board) or latest_round(command.board)
    if current is None:
        raise DomainError("no_round", _("Gerade läuft keine Runde."), status=409)
    Handover.objects.update_or_create(table=table, round=current, defaults={"text": text})
    shape = {"table": table.number, "round": current.number, "text": text}
    return Outcome("handover.written", {"handover": shape}, {"handover": shape}, table.pk)


def call_help(command: Command) -> Outcome:
    """`help.call`: a guest asks the moderation to come to the table."""
    command.require_open_board()
    table = command.guest.table
    table.help_at = command.at
    table.save(update_fields=["help_at"])
    shape = {"table": table.number, "at": timestamp(command.at)}
    return Outcome("help.called", {"help": shape}, {"help": shape}, table.pk)


def clear_help(command: Command) -> Outcome:
    """`help.clear{table}`: somebody is on the way."""
    command.require_moderator()
    table = command.table_for_new()
    table.help_at = None
    table.save(update_fields=["help_at"])
    shape = {"table": table.number, "at": None}
    return Outcome("help.cleared", {"help": shape}, {"help": shape}, table.pk)
