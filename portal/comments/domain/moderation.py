"""Decisions with reasons about what people wrote (DSA Art. 17 as TRUST.md takes it), whatever its kind.

Every act locks the thing, then its row in the queue, asks whether somebody was faster, and leaves one decision.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit, cache
from portal.accounts.domain import blocking
from portal.comments import kinds, permissions, rules
from portal.comments.domain import letters, matters, rights
from portal.comments.enums import Ground, Measure, Reason, State
from portal.comments.kinds import Piece
from portal.comments.models import Matter, ModerationDecision, Objection
from portal.exceptions import DomainError, NotAllowed
from portal.text import normalise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

ROLE = "moderator"
LONGEST_BLOCK = timedelta(days=366)


def hide(
    *,
    user: User | AnonymousUser,
    matter: Matter,
    reason: str,
    facts: str,
    ground: str = Ground.RULES,
    provision: str = "",
    version: int | None = None,
) -> ModerationDecision:
    """Hides a thing from everyone, tells the author why and how to object, and answers its open notices.

    `reason` is the rule broken, `facts` what is wrong in plain words (for the author); `provision` is demanded where
    `ground` is the law; `version` is that of the text the moderator read.
    Errors: not_allowed, own, gone, not_possible, already_decided, no_reason, no_facts, no_provision.
    """
    person = rights.demand_moderator(user)
    reasons = demand_reasons(reason, facts, ground, provision)
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.HIDE, version, State.VISIBLE, State.HELD)
        kinds.get(matter.kind).hide(matter.object_key, user=person, reason=reason)
        return _decide(person, matter, piece, Measure.HIDE, State.HIDDEN, reasons=reasons)


def delete(
    *,
    user: User | AnonymousUser,
    matter: Matter,
    reason: str,
    facts: str,
    ground: str = Ground.RULES,
    provision: str = "",
    version: int | None = None,
) -> ModerationDecision:
    """Empties a text for good, where not even the moderation may keep it; otherwise as `hide`. Cannot be undone."""
    person = rights.demand_moderator(user)
    reasons = demand_reasons(reason, facts, ground, provision)
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.DELETE, version, State.VISIBLE, State.HELD, State.HIDDEN)
        kinds.get(matter.kind).delete(matter.object_key, user=person, reason=reason)
        return _decide(person, matter, piece, Measure.DELETE, State.DELETED, reasons=reasons)


def hold(
    *, user: User | AnonymousUser, matter: Matter, reason: str, facts: str, version: int | None = None
) -> ModerationDecision:
    """Takes a visible thing away until somebody has looked into it, at most to the end of the second working day.

    Notices stay open. Errors: as `hide`.
    """
    person = rights.demand_moderator(user)
    reasons = demand_reasons(reason, facts, Ground.RULES, "")
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.HOLD, version, State.VISIBLE)
        matter.held_until, matter.rule = rules.decided_by(timezone.now()), ""
        kinds.get(matter.kind).hold(matter.object_key, user=person, until=matter.held_until)
        return _decide(person, matter, piece, Measure.HOLD, State.HELD, answers=False, reasons=reasons)


def release(*, user: User | AnonymousUser, matter: Matter, version: int | None = None) -> ModerationDecision:
    """Shows a held thing. Errors: not_allowed, own, gone, already_decided."""
    person = rights.demand_moderator(user)
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.RELEASE, version, State.HELD)
        kinds.get(matter.kind).show(matter.object_key, user=person)
        return _decide(person, matter, piece, Measure.RELEASE, State.VISIBLE)


def keep(
    *, user: User | AnonymousUser, matter: Matter, facts: str = "", version: int | None = None
) -> ModerationDecision:
    """Leaves a reported thing and tells who reported it. Errors: not_allowed, own, gone, already_decided."""
    person = rights.demand_moderator(user)
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.KEEP, version, State.VISIBLE)
        if not matter.open_notices:
            raise already_decided(matter)
        return _decide(
            person, matter, piece, Measure.KEEP, State.VISIBLE, tell=False, reasons={"facts": normalise(facts)[:1000]}
        )


def restore(
    *, user: User | AnonymousUser, matter: Matter, facts: str, version: int | None = None
) -> ModerationDecision:
    """Shows a hidden thing again; a reason is demanded here too.

    Errors: not_allowed, own, gone, no_facts, already_decided, objection_open.
    """
    person = rights.demand_moderator(user)
    facts = normalise(facts)[:1000]
    if not facts:
        raise DomainError("no_facts", _("Bitte schreiben Sie, warum der Text wieder sichtbar wird."), field="facts")
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.RESTORE, version, State.HIDDEN)
        if Objection.objects.filter(decision__matter=matter, decided_at=None).exists():
            message = _("Gegen die Entscheidung liegt ein Widerspruch vor; bitte entscheiden Sie dort.")
            raise DomainError("objection_open", message, status=409)
        return show_again(person, matter, piece, Measure.RESTORE, facts)


def warn(
    *, user: User | AnonymousUser, matter: Matter, reason: str, facts: str, version: int | None = None
) -> ModerationDecision:
    """Tells the author what was wrong, and leaves the thing; warnings are counted. Errors: as `hide`, no_author."""
    person = rights.demand_moderator(user)
    reasons = demand_reasons(reason, facts, Ground.RULES, "")
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.WARN, version, *State.values)
        _demand_author(matter)
        return _decide(person, matter, piece, Measure.WARN, matter.state, answers=False, reasons=reasons)


def block(
    *,
    user: User | AnonymousUser,
    matter: Matter,
    until: datetime,
    reason: str,
    facts: str,
    version: int | None = None,
) -> ModerationDecision:
    """The author may read but not write anywhere until then. Errors: as `hide`, no_author, colleague, bad_until."""
    person = rights.demand_moderator(user)
    reasons = demand_reasons(reason, facts, Ground.RULES, "")
    if not timezone.now() < until <= timezone.now() + LONGEST_BLOCK:
        raise DomainError("bad_until", _("Bitte wählen Sie, wie lange; höchstens ein Jahr."), field="days")
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.BLOCK, version, *State.values)
        author = _demand_author(matter)
        if author.is_working_here:
            raise NotAllowed(_("Über Konten mit einer Rolle entscheidet die Administration."), code="colleague")
        blocking.block(user=person, account=author, until=until)
        return _decide(person, matter, piece, Measure.BLOCK, matter.state, answers=False, until=until, reasons=reasons)


def unblock(
    *, user: User | AnonymousUser, matter: Matter, facts: str, version: int | None = None
) -> ModerationDecision:
    """Ends a block before its time. Errors: not_allowed, own, gone, no_facts, no_author, not_blocked."""
    person = rights.demand_moderator(user)
    facts = normalise(facts)[:1000]
    if not facts:
        raise DomainError("no_facts", _("Bitte schreiben Sie, warum die Sperre endet."), field="facts")
    with transaction.atomic():
        matter, piece = taken(person, matter, Measure.UNBLOCK, version, *State.values)
        blocking.unblock(user=person, account=_demand_author(matter))
        return _decide(person, matter, piece, Measure.UNBLOCK, matter.state, answers=False, reasons={"facts": facts})


def see(*, user: User | AnonymousUser, matter: Matter, version: int | None = None) -> Matter:
    """Takes a new, visible thing off the list "Neu": a moderator has read it and there is nothing to do.

    Errors: not_allowed, own, gone, already_decided.
    """
    person = rights.demand_moderator(user)
    with transaction.atomic():
        matter, _piece = taken(person, matter, Measure.KEEP, version, State.VISIBLE)
        if matter.seen_at is not None or matter.open_notices:
            raise already_decided(matter)
        matter.seen_at = timezone.now()
        matters.settle(matter)
        audit.record(actor=user, action="moderation.seen", obj=matter, role=ROLE)
    return matter


def taken(user: User, matter: Matter, measure: str, version: int | None, *states: str) -> tuple[Matter, Piece]:
    """Thing and row, locked in this order, if nobody was faster, it is not one's own and its kind knows the measure."""
    if matter.kind not in kinds.registered():
        raise matters.gone()
    kind = kinds.get(matter.kind)
    piece = kind.lock(matter.object_key)
    matter = Matter.objects.select_for_update(of=("self",)).select_related("author").get(pk=matter.pk)
    if piece is None:
        raise matters.gone()
    if piece.state not in states or (version is not None and version != matter.version):
        raise already_decided(matter, version)
    if measure not in kind.measures:
        raise DomainError("not_possible", _("Das geht bei diesem Text nicht."), status=409)
    if permissions.is_person_of(user, matter):
        raise NotAllowed(_("Über das, was man selbst geschrieben hat, entscheidet eine andere Person."), code="own")
    matter.state = piece.state
    return matter, piece


def already_decided(matter: Matter, version: int | None = None) -> DomainError:
    """Says who was faster and with what, or that the text has changed since it was read."""
    last = matter.decisions.select_related("actor").first()
    if last is not None and last.actor is not None:
        message = _("Hier hat %(name)s inzwischen schon entschieden: %(measure)s.") % {
            "name": last.actor.public_name,
            "measure": last.get_measure_display(),
        }
    elif version is not None and version != matter.version:
        message = _("Der Text wurde inzwischen geändert. Bitte lesen Sie ihn noch einmal.")
    else:
        message = _("Hier wurde inzwischen schon entschieden. Bitte laden Sie die Seite neu.")
    return DomainError("already_decided", message, status=409)


def demand_reasons(reason: str, facts: str, ground: str, provision: str) -> dict[str, str]:
    """The statement of reasons, complete. Errors: no_reason, no_facts, no_ground, no_provision."""
    if reason not in Reason.values:
        raise DomainError("no_reason", _("Bitte wählen Sie, gegen welche Regel der Text verstößt."), field="reason")
    facts, provision = normalise(facts)[:1000], normalise(provision)[:200]
    if not facts:
        message = _("Bitte schreiben Sie, was genau vorliegt. Ohne Begründung wird nichts ausgeblendet.")
        raise DomainError("no_facts", message, field="facts")
    if ground not in Ground.values:
        raise DomainError("no_ground", _("Bitte wählen Sie die Grundlage."), field="ground")
    if ground == Ground.LAW and not provision:
        raise DomainError("no_provision", _("Bitte nennen Sie die Vorschrift."), field="provision")
    return {"reason": reason, "facts": facts, "ground": ground, "provision": provision}


def show_again(user: User, matter: Matter, piece: Piece, measure: str, facts: str) -> ModerationDecision:
    """Inside the caller's transaction, with thing and row locked."""
    kinds.get(matter.kind).show(matter.object_key, user=user)
    return _decide(user, matter, piece, measure, State.VISIBLE, reasons={"facts": facts})


def lift_block(user: User, matter: Matter, piece: Piece, facts: str) -> ModerationDecision:
    """Inside the caller's transaction, with thing and row locked."""
    blocking.unblock(user=user, account=_demand_author(matter))
    return _decide(user, matter, piece, Measure.UNBLOCK, matter.state, answers=False, reasons={"facts": facts})


def _demand_author(matter: Matter) -> User:
    if matter.author is None or matter.author.erased_at is not None:
        raise DomainError("no_author", _("Zu diesem Text gibt es kein Konto."), status=409)
    return matter.author


def _decide(
    user: User,
    matter: Matter,
    piece: Piece,
    measure: str,
    state: str,
    *,
    tell: bool = True,
    answers: bool = True,
    until: datetime | None = None,
    reasons: dict[str, str] | None = None,
) -> ModerationDecision:
    """Writes the decision, answers notices and author, and moves the row in the queue."""
    decision = ModerationDecision.objects.create(
        matter=matter, measure=measure, actor=user, until=until, **(reasons or {})
    )
    audit.record(actor=user, action="moderation.decided", obj=decision, role=ROLE)
    matter.state, matter.seen_at = state, timezone.now()
    matter.version += 1
    matter.taken_by = matter.taken_at = None
    if state != State.HELD:
        matter.held_until, matter.rule = None, ""
    decision.matter = matter
    if answers:
        letters.answer_notices(decision)
    matters.settle(matter)
    if tell:
        letters.tell_author(decision, piece)
    transaction.on_commit(cache.invalidate)
    return decision
