"""Cards: write, change, take back, move; hide, restore, approve, pin."""

from __future__ import annotations

import math
from typing import Any

from django.utils.translation import gettext as _

from dialogues.domain.board.context import Command, unknown_card
from dialogues.domain.board.ledger import Outcome
from dialogues.domain.board.scrubbing import scrub
from dialogues.domain.board.shapes import card_shape, own_card_shape, related_card_shape
from dialogues.domain.board.texts import clean, too_long
from dialogues.enums import BoardFormat, CardKind, CardState, HideReason, Moderation
from dialogues.models import Card, Cluster, Round, Table
from dialogues.models.cards import REPLY_LIMIT, TEXT_LIMIT
from portal import audit
from portal.exceptions import DomainError, NotAllowed

LANGUAGES = ("de", "en")


def create(command: Command) -> Outcome:
    """`card.create{text, kind, reply_to?, lang?, paper?}`; a moderator adds `table`, for paper cards also `round`."""
    text = clean(command.args.get("text"), TEXT_LIMIT, field="text")
    kind = kind_of(command)
    table = command.table_for_new()
    current = round_for_new(command)
    answered = replied_to(command, table, text)
    waits = command.board.moderation == Moderation.BEFORE and not command.actor.is_moderator
    card = Card(
        board_id=command.board.pk,
        table=table,
        round=current,
        participant=command.participant,
        text=text,
        kind=kind,
        reply_to=answered,
        paper=command.flag("paper"),
        lang=next((lang for lang in LANGUAGES if lang == command.args.get("lang")), LANGUAGES[0]),
        state=CardState.PENDING if waits else CardState.VISIBLE,
        sample=command.board.sample,
    )
    card.save(force_insert=True)
    author = str(command.participant.uuid) if command.participant else None
    shape = card_shape(card, table=table.number, round_number=current.number, participant=author)
    return Outcome("card.created", {"card": shape}, for_author(shape), table.pk, card)


def kind_of(command: Command) -> str:
    """Only a moderator makes the answers of a poll; guests choose among them."""
    poll = command.board.format == BoardFormat.POLL
    kind = command.choice("kind", CardKind, CardKind.OPTION if poll else CardKind.IDEA)
    if (poll or kind == CardKind.OPTION) and not command.actor.is_moderator:
        raise NotAllowed(_("Die Antworten dieser Umfrage schreibt die Moderation."))
    return kind


def round_for_new(command: Command) -> Round:
    """The running round; what was written on paper may be typed in by the moderation at any time, for any round."""
    if not (command.actor.is_moderator and command.flag("paper")):
        return command.require_open_round()
    rounds = Round.objects.filter(board_id=command.board.pk)
    number = command.number("round", 1, 1000, command.board.rounds.count() or 1)
    found = rounds.filter(number=number).first()
    if found is None:
        raise DomainError("no_round", _("Diese Runde gibt es nicht."), field="round", status=404)
    return found


def replied_to(command: Command, table: Table, text: str) -> Card | None:
    """The card a short note answers: of the same table, visible, itself no note."""
    if command.args.get("reply_to") is None:
        return None
    card = command.card("reply_to")
    if card.table_id != table.pk or card.state != CardState.VISIBLE:
        raise unknown_card()
    if card.reply_to_id is not None:
        raise DomainError("no_reply", _("Auf eine Antwort kann man nicht noch einmal antworten."), field="reply_to")
    if len(text) > REPLY_LIMIT:
        raise too_long(REPLY_LIMIT, "text")
    return card


def edit(command: Command) -> Outcome:
    """`card.edit{card, text}`: one's own card, while the round is open."""
    card = own_card(command)
    text = clean(command.args.get("text"), TEXT_LIMIT, field="text")
    if not command.actor.is_moderator:
        command.require_open_round()
    if card.state == CardState.HIDDEN:
        raise DomainError("card_hidden", _("Diese Karte ist ausgeblendet und kann nicht geändert werden."), status=409)
    card.text = text
    if command.board.moderation == Moderation.BEFORE and not command.actor.is_moderator:
        card.state = CardState.PENDING
    card.save(update_fields=["text", "state"])
    return changed(card, "card.edited")


def delete(command: Command) -> Outcome:
    """`card.delete{card}`: one's own card, as long as the board is open. The dots on it go back to their owners."""
    command.require_open_board()
    card = own_card(command)
    table = card.table
    scrub(card)
    card.state = CardState.DELETED
    card.text, card.votes, card.pinned, card.cluster = "", 0, False, None
    card.save(update_fields=["state", "text", "votes", "pinned", "cluster"])
    card.dots.all().delete()
    shape = {"id": str(card.uuid), "table": table.number}
    return Outcome("card.deleted", {"card": shape}, {"card": shape}, table.pk, card)


def move(command: Command) -> Outcome:
    """`card.move{card, x, y}` or `card.move{card, cluster}` (null takes it out of its cluster)."""
    command.require_guest_or_moderator()
    command.require_open_board()
    card = command.card()
    if "cluster" in command.args:
        card.cluster = cluster_of(command, card) if command.args["cluster"] is not None else None
    else:
        card.x, card.y = coordinate(command.args.get("x"), "x"), coordinate(command.args.get("y"), "y")
    card.save(update_fields=["cluster", "x", "y"])
    return changed(card, "card.moved")


def hide(command: Command) -> Outcome:
    """`card.hide{card, reason}`: a tombstone for everyone else; the reason goes into the audit log."""
    command.require_moderator()
    card = command.card()
    if card.state == CardState.HIDDEN:
        raise DomainError("card_hidden", _("Diese Karte ist schon ausgeblendet."), status=409)
    reason, note = reason_of(command)
    before = card.state
    card.state, card.hidden_reason, card.hidden_note = CardState.HIDDEN, reason, note
    card.save(update_fields=["state", "hidden_reason", "hidden_note"])
    record(command, "board.card_hidden", card, {"reason": reason, "note": note, "was": before})
    return changed(card, "card.hidden")


def restore(command: Command) -> Outcome:
    """`card.restore{card}`: takes a hiding back."""
    command.require_moderator()
    card = command.card()
    if card.state != CardState.HIDDEN:
        raise DomainError("not_hidden", _("Diese Karte ist nicht ausgeblendet."), status=409)
    card.state, card.hidden_reason, card.hidden_note = CardState.VISIBLE, "", ""
    card.save(update_fields=["state", "hidden_reason", "hidden_note"])
    record(command, "board.card_restored", card, {})
    return changed(card, "card.restored")


def approve(command: Command) -> Outcome:
    """`card.approve{card}`: shows a card that waited."""
    command.require_moderator()
    card = command.card()
    if card.state != CardState.PENDING:
        raise DomainError("not_pending", _("Diese Karte wartet nicht auf Freigabe."), status=409)
    card.state = CardState.VISIBLE
    card.save(update_fields=["state"])
    return changed(card, "card.approved")


def pin(command: Command) -> Outcome:
    """`card.pin{card, pinned}`: puts a card on top."""
    command.require_moderator()
    card = command.card()
    pinned = command.args.get("pinned", True)
    if not isinstance(pinned, bool):
        raise DomainError("invalid", _("„pinned“ ist true oder false."), field="pinned")
    card.pinned = pinned
    card.save(update_fields=["pinned"])
    return changed(card, "card.pinned")


def own_card(command: Command) -> Card:
    command.require_guest_or_moderator()
    card = command.card()
    mine = command.owns(card) or (command.actor.is_moderator and card.participant_id is None)
    if not mine:
        raise NotAllowed(_("Das ist nicht Ihre Karte."))
    return card


def changed(card: Card, event: str) -> Outcome:
    shape = related_card_shape(card)
    return Outcome(event, {"card": shape}, for_author(shape), card.table_id, card)


def for_author(shape: dict[str, Any]) -> dict[str, Any]:
    return {"card": own_card_shape(shape)}


def cluster_of(command: Command, card: Card) -> Cluster:
    found = Cluster.objects.filter(
        board_id=command.board.pk, uuid=command.identifier("cluster"), dissolved_at__isnull=True
    ).first()
    if found is None or (found.table_id is not None and found.table_id != card.table_id):
        raise DomainError("unknown_cluster", _("Diese Gruppe gibt es nicht mehr."), field="cluster", status=404)
    return found


def coordinate(value: object, name: str) -> float:
    number = float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan
    if not -100_000 <= number <= 100_000:
        raise DomainError("invalid", _("„%(name)s“ muss eine Zahl sein.") % {"name": name}, field=name)
    return number


def reason_of(command: Command) -> tuple[str, str]:
    """A known reason, or `other` with the given words as a note that only the moderation sees."""
    given = clean(command.args.get("reason"), 200, field="reason")
    note = clean(command.args.get("note"), 200, field="note", required=False)
    if given in HideReason.values:
        return given, note
    return HideReason.OTHER, note or given


def record(command: Command, action: str, card: Card, payload: dict[str, Any]) -> None:
    audit.record(
        actor=command.actor.user,
        action=action,
        obj=card,
        payload={"board": str(command.board.uuid), "card": str(card.uuid), **payload},
        role="moderator",
    )
