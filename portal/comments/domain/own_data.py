"""Export and erasure of what a person said and did here (Art. 15, 17 and 20 GDPR)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import transaction

from portal import audit, cache
from portal.audit.models import AuditEntry
from portal.comments.domain import matters, writing
from portal.comments.enums import State
from portal.comments.models import Comment, Matter, ModerationDecision, Notice, Objection, Revision, Support

if TYPE_CHECKING:
    from portal.accounts.models import User


def export(user: User) -> Iterator[dict[str, Any]]:
    """Own comments with earlier wordings, decisions about the person, supports, notices and objections."""
    for comment in Comment.objects.filter(author=user).prefetch_related("revisions").order_by("pk"):
        yield {
            "kind": "comment",
            "url": comment.get_absolute_url(),
            "text": comment.text,
            "state": comment.state,
            "official": comment.official,
            "created": _iso(comment.created_at),
            "edited": _iso(comment.edited_at),
            "earlier": [{"text": r.text, "replaced": _iso(r.replaced_at)} for r in comment.revisions.all()],
        }
    for told in ModerationDecision.objects.filter(matter__author=user).select_related("matter").order_by("pk"):
        yield {
            "kind": "decision_about_me",
            "about": f"{told.matter.kind} {told.matter.object_key}",
            "measure": told.measure,
            "reason": told.reason,
            "facts": told.facts,
            "until": _iso(told.until),
            "created": _iso(told.created_at),
        }
    for support in Support.objects.filter(user=user).order_by("pk"):
        yield {"kind": "support", "comment": support.comment_id, "created": _iso(support.created_at)}
    for notice in Notice.objects.filter(reporter=user).select_related("matter").order_by("pk"):
        yield {
            "kind": "notice",
            "receipt": notice.receipt,
            "about": f"{notice.matter.kind} {notice.matter.object_key}",
            "reason": notice.reason,
            "explanation": notice.explanation,
            "email": notice.email,
            "created": _iso(notice.created_at),
        }
    for objection in Objection.objects.filter(decision__matter__author=user).order_by("pk"):
        yield {
            "kind": "objection",
            "text": objection.text,
            "created": _iso(objection.created_at),
            "upheld": objection.upheld,
            "answer": objection.answer,
        }
    for decision in ModerationDecision.objects.filter(actor=user).order_by("pk"):
        yield {"kind": "decision", "uuid": str(decision.uuid), "measure": decision.measure}


def erase(user: User) -> int:
    """Visible comments stay as said by a deleted account; everything else the person wrote or did here goes.

    Held and hidden texts, earlier wordings, supports and the texts of notices and objections are emptied; payloads of
    the audit chain about the person's comments are erased by entries that name them. Returns how many rows it touched.
    """
    with transaction.atomic():
        touched = _forget_supports(user) + _forget_notices(user) + _forget_objections(user)
        own = list(Comment.objects.filter(author=user).order_by("pk"))
        Revision.objects.filter(comment__in=own).delete()
        _erase_payloads([comment.pk for comment in own])
        for comment in own:
            if comment.state in (State.HELD, State.HIDDEN):
                writing.empty(comment)
                matters.vanished(kind="comment", key=comment.pk)
            comment.author = None
            comment.save(update_fields=["author"])
            audit.record(actor=None, action="comment.author_erased", obj=comment)
        _forget_quotes(user)
        Matter.objects.filter(author=user).update(author=None)
        Matter.objects.filter(taken_by=user).update(taken_by=None, taken_at=None)
        decided = ModerationDecision.objects.filter(actor=user).update(actor=None)
        Objection.objects.filter(decided_by=user).update(decided_by=None)
        transaction.on_commit(cache.invalidate)
    return touched + len(own) + decided


def _iso(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _forget_supports(user: User) -> int:
    supported = list(Comment.objects.filter(supports__user=user))
    Support.objects.filter(user=user).delete()
    for comment in supported:
        comment.support_count = comment.supports.count()
        comment.save(update_fields=["support_count"])
    return len(supported)


def _forget_notices(user: User) -> int:
    return Notice.objects.filter(reporter=user).update(reporter=None, email="", explanation="–")


def _forget_objections(user: User) -> int:
    objections = list(Objection.objects.filter(decision__matter__author=user))
    for objection in objections:
        objection.text = "–"
        objection.save(update_fields=["text"])
        audit.record(actor=None, action="comment.objection_erased", obj=objection)
    return len(objections)


def _forget_quotes(user: User) -> None:
    """Reasons about the person and decided notices quote what was said."""
    for decision in ModerationDecision.objects.filter(matter__author=user).exclude(facts=""):
        decision.facts = "–"
        decision.save(update_fields=["facts"])
        audit.record(actor=None, action="moderation.decision_erased", obj=decision)
    Notice.objects.filter(matter__author=user).exclude(decision=None).update(explanation="–")


def _erase_payloads(keys: list[int]) -> None:
    """Reasons and facts quote what was said; the chain keeps their digest only."""
    told = AuditEntry.objects.filter(object_label="comments.Comment", object_pk__in=[str(key) for key in keys])
    for entry in told.filter(payload__data__contains='"facts"'):
        audit.erase(actor=None, entry=entry, reason="account.erased")
