"""Anyone reports what somebody wrote (DSA Art. 16), and looks up later what became of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit
from portal.comments import kinds, permissions
from portal.comments.domain import letters, matters, rights
from portal.comments.enums import Reason, State
from portal.comments.models import Matter, Notice
from portal.exceptions import DomainError
from portal.text import normalise

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

PER_SENDER, PER_PERSON, WITHIN = 10, 20, timedelta(hours=1)
OPEN_WITHOUT_NAME = 20  # on one thing; more of them tell the moderation nothing new


def report(
    *,
    user: User | AnonymousUser,
    kind: str,
    key: object,
    reason: str,
    explanation: str,
    email: str = "",
    sender: str = "",
) -> Notice:
    """Anyone reports a thing; `receipt` of the notice is its number, mailed where an address is known.

    `sender` is a keyed hash that names the connection for a day (portal.comments.senders), "" for a trusted caller. A
    second report of the same signed-in person while the first is open gives the first one back.
    Errors: gone, blocked, no_reason, no_explanation, too_fast, enough.
    """
    if kind not in kinds.registered() or not kinds.get(kind).visible_to(str(key), user):
        raise matters.gone()
    if user.is_authenticated:
        rights.demand_may_write(user)
    if reason not in Reason.values:
        raise DomainError("no_reason", _("Bitte wählen Sie einen Grund."), field="reason")
    explanation = normalise(explanation)[:1000]
    if not explanation:
        raise DomainError("no_explanation", _("Bitte schreiben Sie, was nicht stimmt."), field="explanation")
    reporter = user if user.is_authenticated else None
    with transaction.atomic():
        piece = kinds.get(kind).lock(str(key))
        if piece is None or piece.state != State.VISIBLE:
            raise DomainError("gone", _("Dieser Text steht nicht mehr da."), status=409)
        matter = Matter.objects.select_for_update().get(pk=matters.of(kind, key).pk)
        mine = Notice.objects.filter(matter=matter, reporter=reporter, decision=None)
        if reporter is not None and (open_notice := mine.first()):
            return open_notice
        _demand_pace(reporter, sender, matter)
        notice = Notice.objects.create(
            matter=matter,
            reason=reason,
            explanation=explanation,
            reporter=reporter,
            email=reporter.email if reporter else email,
            sender=sender if reporter is None else "",
        )
        audit.record(actor=user, action="moderation.reported", obj=matter, payload={"receipt": notice.receipt})
        matters.settle(matter)
        letters.confirm_notice(notice)
    return notice


def find(receipt: str) -> Notice | None:
    """The notice with this number, however it was typed (small letters, spaces, without the hyphens)."""
    letters_only = "".join(c for c in receipt.upper() if c.isalnum())[:12]
    if len(letters_only) != 9 or not letters_only.startswith("M"):
        return None
    number = f"M-{letters_only[1:5]}-{letters_only[5:]}"
    return Notice.objects.select_related("matter", "decision").filter(receipt=number).first()


def _demand_pace(reporter: User | None, sender: str, matter: Matter) -> None:
    recent = Notice.objects.filter(created_at__gte=timezone.now() - WITHIN)
    if reporter is not None:
        fast = not permissions.can_moderate(reporter) and recent.filter(reporter=reporter).count() >= PER_PERSON
    else:
        fast = bool(sender) and recent.filter(sender=sender).count() >= PER_SENDER
    if fast:
        message = _("Das waren viele Meldungen in kurzer Zeit. Bitte warten Sie eine Stunde oder rufen Sie uns an.")
        raise DomainError("too_fast", message, status=429)
    if reporter is None and matter.notices.filter(decision=None, reporter=None).count() >= OPEN_WITHOUT_NAME:
        message = _("Dieser Text ist schon oft gemeldet und wird gerade geprüft. Danke!")
        raise DomainError("enough", message, status=409)
