"""Questions to the podium: which one is being answered."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dialogues.domain.board.cards import changed
from dialogues.domain.board.context import Command
from dialogues.domain.board.ledger import Outcome
from dialogues.enums import AnswerState, CardState
from dialogues.models import Card
from portal.exceptions import DomainError


def answer(command: Command) -> Outcome:
    """`card.answer{card, answer}`: `now` (the one before is then `done`), `done`, or empty to take it back."""
    command.require_moderator()
    card = command.card()
    state = command.args.get("answer", AnswerState.NOW)
    if state not in ("", *AnswerState.values):
        raise DomainError("invalid", _("„answer“ ist now, done oder leer."), field="answer")
    if card.state != CardState.VISIBLE:
        raise DomainError("card_hidden", _("Diese Karte ist nicht sichtbar."), status=409)
    done: list[str] = []
    if state == AnswerState.NOW:
        before = Card.objects.filter(board_id=command.board.pk, answer=AnswerState.NOW).exclude(pk=card.pk)
        done = [str(uuid) for uuid in before.values_list("uuid", flat=True)]
        before.update(answer=AnswerState.DONE)
    card.answer = str(state)
    card.save(update_fields=["answer"])
    outcome = changed(card, "card.answered")
    outcome.body["done"] = outcome.result["done"] = done
    return outcome
