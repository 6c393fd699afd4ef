"""The person a decision restricts objects to it; another moderator decides (DSA Art. 20 as TRUST.md takes it)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit, cache
from portal.accounts.permissions import may_write
from portal.comments import kinds, permissions
from portal.comments.domain import letters, matters, moderation, rights
from portal.comments.enums import RESTRICTING, Measure, State
from portal.comments.models import Matter, ModerationDecision, Objection
from portal.exceptions import DomainError, NotAllowed
from portal.text import normalise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def object_to(*, user: User | AnonymousUser, decision: ModerationDecision, text: str) -> Objection:
    """The person objects to what restricted them, once, within six months; a block is no hindrance.

    Errors: sign_in, not_allowed, no_text, too_late, already_decided.
    """
    rights.demand_sign_in(user)
    text = normalise(text)[:2000]
    if not permissions.is_person_of(user, decision.matter) or decision.measure not in RESTRICTING:
        raise NotAllowed()
    if not text:
        raise DomainError("no_text", _("Bitte schreiben Sie, warum die Entscheidung falsch ist."), field="text")
    if timezone.now() > decision.created_at + letters.OBJECTION_PERIOD:
        raise DomainError("too_late", _("Die Frist für einen Widerspruch ist vorbei."), status=409)
    with transaction.atomic():
        matter = Matter.objects.select_for_update().get(pk=decision.matter_id)
        if not is_in_force(decision, matter) or Objection.objects.filter(decision=decision).exists():
            raise moderation.already_decided(matter)
        objection = Objection.objects.create(decision=decision, text=text)
        audit.record(actor=user, action="moderation.objected", obj=objection)
        matter.version += 1
        matters.settle(matter)
    return objection


def decide(
    *, user: User | AnonymousUser, objection: Objection, upheld: bool, answer: str, version: int | None = None
) -> Objection:
    """Another moderator than the one who decided, with reasons. If upheld, the thing is shown or the block ends.

    Errors: not_allowed, same_moderator, own, no_answer, already_decided.
    """
    person = rights.demand_moderator(user)
    if not permissions.can_decide_objection(user, objection.decision):
        message = _("Über den Widerspruch entscheidet eine andere Person als die, die entschieden hat.")
        raise NotAllowed(message, code="same_moderator")
    answer = normalise(answer)[:2000]
    if not answer:
        raise DomainError("no_answer", _("Bitte begründen Sie die Entscheidung."), field="answer")
    with transaction.atomic():
        known = kinds.registered().get(objection.decision.matter.kind)
        piece = known.lock(objection.decision.matter.object_key) if known else None
        matter = (
            Matter.objects.select_for_update(of=("self",)).select_related("author").get(pk=objection.decision.matter_id)
        )
        objection = Objection.objects.select_related("decision").get(pk=objection.pk)
        if not objection.is_open or (version is not None and version != matter.version):
            raise moderation.already_decided(matter, version)
        objection.upheld, objection.answer = upheld, answer
        objection.decided_by, objection.decided_at = person, timezone.now()
        objection.save(update_fields=["upheld", "answer", "decided_by", "decided_at"])
        audit.record(actor=user, action="moderation.objection_decided", obj=objection, role=moderation.ROLE)
        decision = objection.decision
        decision.matter = matter
        if (
            upheld
            and piece is not None
            and decision.measure in (Measure.HIDE, Measure.HOLD)
            and piece.state != State.VISIBLE
        ):
            moderation.show_again(person, matter, piece, Measure.RESTORE, answer)
        elif upheld and piece is not None and decision.measure == Measure.BLOCK and is_in_force(decision, matter):
            moderation.lift_block(person, matter, piece, answer)
        else:
            matter.version += 1
            matters.settle(matter)
            tell = letters.tell_objection_upheld if upheld else letters.tell_objection_failed
            tell(decision, answer)
        transaction.on_commit(cache.invalidate)
    return objection


def is_in_force(decision: ModerationDecision, matter: Matter) -> bool:
    """Still restricts: the newest of its measure, and the thing (or the account) still stands as it was left."""
    newest = matter.decisions.filter(measure=decision.measure).first()
    if newest != decision:
        return False
    if decision.measure == Measure.HIDE:
        return matter.state == State.HIDDEN
    if decision.measure == Measure.HOLD:
        return matter.state == State.HELD
    if decision.measure == Measure.BLOCK:
        return matter.author is not None and not may_write(matter.author)
    return True
