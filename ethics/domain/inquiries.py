"""Frag den Ethikrat: people ask in public, the Council answers in public, the moderation looks after the questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ethics import permissions
from ethics.domain import content as contents
from ethics.domain.machine import Actor
from ethics.domain.topics import TOPIC
from ethics.enums import CaseRole
from ethics.models import Inquiry, ReviewCase
from portal import audit
from portal.activity.domain import stream
from portal.comments import rules
from portal.comments.domain import matters, rights
from portal.comments.enums import State
from portal.comments.kinds import Kind, Piece
from portal.exceptions import DomainError, NotAllowed
from portal.text import plain

KIND = "inquiry"


def ask(user: Actor, *, question: str, sample: bool = False) -> Inquiry:
    """Asks the Council. A rule of the moderation may hold the text until somebody has looked at it.

    Raises NotAllowed, DomainError `blocked`, `missing`, `too_long`, and what `rights.demand_no_links` raises.
    """
    author = rights.demand_may_write(user)
    text = contents.required(
        plain(question), "question", _("Stellen Sie Ihre Frage (mindestens 20 Zeichen)."), least=20, most=2000
    )
    rights.demand_no_links(author, text)
    rule = rules.hit(text)
    until = rules.decided_by(timezone.now()) if rule else None
    with transaction.atomic():
        inquiry = Inquiry.objects.create(
            question=text, author=author, state=State.HELD if rule else State.VISIBLE, sample=sample
        )
        matters.written(
            kind=KIND,
            key=inquiry.pk,
            author=author,
            state=inquiry.state,
            rule=rule.key if rule else "",
            held_until=until,
            trusted=False,
            sample=sample,
            at=inquiry.created_at,
        )
        audit.record(actor=author, action="ethics.inquiry_made", obj=inquiry, payload={"state": inquiry.state})
    return inquiry


def answer(user: Actor, *, inquiry: Inquiry, text: str, case: ReviewCase | None = None) -> Inquiry:
    """Office or chair answers for the Council; may be corrected later. `case` must be published.

    Raises NotAllowed, DomainError `not_public`, `missing`.
    """
    if not may_answer(user):
        raise NotAllowed
    if case is not None and not case.is_public:
        raise DomainError("not_public", _("Dieser Fall ist nicht veröffentlicht."), field="case")
    with transaction.atomic():
        inquiry = Inquiry.objects.select_for_update().get(pk=inquiry.pk)
        if inquiry.state != State.VISIBLE:
            raise DomainError("not_public", _("Diese Frage ist nicht öffentlich."), status=409)
        first = inquiry.answered_at is None
        inquiry.answer = contents.required(text, "text", _("Schreiben Sie die Antwort."), least=20, most=8000)
        inquiry.case, inquiry.answered_at = case, inquiry.answered_at or timezone.now()
        inquiry.save()
        role = CaseRole.OFFICE if permissions.is_office(user) else CaseRole.CHAIR
        audit.record(actor=user, action="ethics.inquiry_answered", obj=inquiry, role=role, payload={"first": first})
        if first:
            _announce(inquiry)
    return inquiry


def may_answer(user: Any) -> bool:
    from ethics.domain.meetings import may_chair

    return permissions.is_office(user) or may_chair(user)


def _announce(inquiry: Inquiry) -> None:
    stream.publish(
        actor=None,
        verb="inquiry.answered",
        title=_short(inquiry.question),
        url=inquiry.get_absolute_url(),
        project=inquiry.case.project if inquiry.case else None,
        summary=_short(inquiry.answer),
        occurred_at=inquiry.answered_at,
        sample=inquiry.sample,
        topics=[TOPIC],
    )


def _short(text: str) -> str:
    return text if len(text) <= 180 else text[:180].rpartition(" ")[0] + " …"


class InquiryKind(Kind):
    """Questions to the Council in the moderation's one queue. Keys are primary keys as text."""

    slug = "fragen-ethikrat"
    label = _("Frage an den Ethikrat")
    the = _("Die Frage an den Ethikrat")
    your = _("Ihre Frage an den Ethikrat")

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        rows = Inquiry.objects.filter(pk__in=[int(key) for key in keys if _is_key(key)])
        return {str(row.pk): _piece(row) for row in rows.select_related("author")}

    def lock(self, key: str) -> Piece | None:
        row = Inquiry.objects.select_for_update(of=("self",)).filter(pk=key).first() if _is_key(key) else None
        return _piece(row) if row else None

    def visible_to(self, key: str, user: Any) -> bool:
        return _is_key(key) and Inquiry.objects.visible_to(user).filter(pk=key).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        self._change(key, user, "ethics.inquiry_hidden", state=State.HIDDEN, hidden_reason=reason)

    def show(self, key: str, *, user: Any) -> None:
        row = self._change(key, user, "ethics.inquiry_shown", state=State.VISIBLE, hidden_reason="")
        if row.answered_at is not None and not stream.reinstate(url=row.get_absolute_url()):
            _announce(row)

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        self._change(key, user, "ethics.inquiry_held", state=State.HELD)

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        self._change(key, user, "ethics.inquiry_emptied", state=State.DELETED, question="", hidden_reason=reason)

    def _change(self, key: str, user: Any, action: str, **fields: Any) -> Inquiry:
        row = Inquiry.objects.select_for_update(of=("self",)).get(pk=key)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        if row.state != State.VISIBLE:
            stream.withdraw(url=row.get_absolute_url())
        audit.record(actor=user, action=action, obj=row, role="moderator")
        return row


def _is_key(key: str) -> bool:
    return key.isdecimal() and len(key) < 18


def _piece(row: Inquiry) -> Piece:
    return Piece(
        key=str(row.pk),
        text=row.question,
        title=str(_("Frag den Ethikrat")),
        url=row.get_absolute_url(),
        state=row.state,
        created_at=row.created_at,
        author=row.author,
        author_name=row.author.public_name if row.author else "",
        sample=row.sample,
    )
