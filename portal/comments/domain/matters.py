"""Keep the queue's row of a thing in step with it. Called by every domain function that writes moderated text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.comments import kinds, rules
from portal.comments.domain import letters
from portal.comments.enums import WAITING, Lane, Measure, State
from portal.comments.models import Matter, ModerationDecision, Objection
from portal.exceptions import DomainError

if TYPE_CHECKING:
    from portal.accounts.models import User

OBJECTION_DECIDED_WITHIN = timedelta(days=14)


def written(
    *,
    kind: str,
    key: object,
    author: User | None,
    state: str = State.VISIBLE,
    rule: str = "",
    held_until: datetime | None = None,
    trusted: bool = False,
    sample: bool = False,
    at: datetime | None = None,
) -> Matter:
    """Somebody wrote or changed the thing; call it inside the transaction of that write.

    `state` is the thing's own state now; with `held` go the `rule` that was hit and `held_until`. `trusted` texts (of
    the city) do not stand under "Neu". Each call raises the version: who decides must have read the present text.
    """
    moment = at or timezone.now()
    matter, made = Matter.objects.select_for_update().get_or_create(
        kind=kind,
        object_key=str(key),
        defaults={"author": author, "created_at": moment, "due_at": moment, "sample": sample, "state": State.VISIBLE},
    )
    matter.author, matter.state, matter.rule = author, state, rule if state == State.HELD else ""
    matter.held_until = held_until if state == State.HELD else None
    matter.seen_at = timezone.now() if trusted else None
    if not made:
        matter.version += 1
    settle(matter)
    return matter


def entered(*, kind: str, keys: Sequence[str], sample: bool = False) -> None:
    """Many things without an account at once, such as the cards of a board that closed; known ones stay as they are."""
    now = timezone.now()
    Matter.objects.bulk_create(
        [Matter(kind=kind, object_key=key, created_at=now, due_at=now, sample=sample) for key in keys],
        batch_size=200,
        ignore_conflicts=True,
    )


def vanished(*, kind: str, key: object) -> None:
    """The author deleted the thing: open notices are answered with that, and nothing waits any more."""
    matter = Matter.objects.select_for_update().filter(kind=kind, object_key=str(key)).first()
    if matter is None:
        return
    matter.state, matter.rule, matter.held_until = State.DELETED, "", None
    matter.version += 1
    if matter.notices.filter(decision=None).exists():
        decision = ModerationDecision.objects.create(matter=matter, measure=Measure.GONE)
        audit.record(actor=None, action="moderation.decided", obj=decision)
        letters.answer_notices(decision)
    settle(matter)


def of(kind: str, key: object) -> Matter:
    """The row of a thing, made where it is missing. DomainError `gone` (404) where there is no such thing."""
    found = Matter.objects.filter(kind=kind, object_key=str(key)).first()
    if found is not None:
        return found
    piece = kinds.get(kind).pieces([str(key)]).get(str(key)) if kind in kinds.registered() else None
    if piece is None:
        raise gone()
    matter, _made = Matter.objects.get_or_create(
        kind=kind,
        object_key=str(key),
        defaults={
            "author": piece.author,
            "state": piece.state,
            "held_until": rules.decided_by(timezone.now()) if piece.state == State.HELD else None,
            "lane": Lane.HELD if piece.state == State.HELD else Lane.DONE,
            "waiting": piece.state == State.HELD,
            "seen_at": timezone.now(),
            "created_at": piece.created_at,
            "sample": piece.sample,
        },
    )
    return matter


def settle(matter: Matter) -> None:
    """Puts the row into its lane and saves it: held, noticed and objected things wait, by their date."""
    open_notices = matter.notices.filter(decision=None).order_by("created_at")
    first = open_notices.first()
    objection = Objection.objects.filter(decision__matter=matter, decided_at=None).first()
    matter.open_notices = open_notices.count() if first else 0
    if objection is not None:
        matter.lane, matter.due_at = Lane.OBJECTION, objection.created_at + OBJECTION_DECIDED_WITHIN
    elif matter.state == State.HELD and matter.held_until is not None:
        matter.lane, matter.due_at = Lane.HELD, matter.held_until
    elif first is not None:
        matter.lane, matter.due_at = Lane.NOTICED, rules.decided_by(first.created_at)
    elif matter.state == State.VISIBLE and matter.seen_at is None:
        matter.lane, matter.due_at = Lane.NEW, matter.created_at
    else:
        matter.lane, matter.due_at = Lane.DONE, timezone.now()
    matter.waiting = matter.lane in WAITING
    matter.save()


def gone() -> DomainError:
    return DomainError("gone", _("Das steht nicht mehr da."), status=404)
