"""Notices, decisions with reasons, and objections (DSA Art. 16, 17 and 20 as TRUST.md takes them)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import audit, cache
from portal.activity.domain import stream
from portal.comments import permissions, targets
from portal.comments.domain import rights, writing
from portal.comments.enums import Ground, Measure, Reason, State
from portal.comments.models import Comment, ModerationDecision, Notice, Objection
from portal.exceptions import DomainError, NotAllowed
from portal.text import normalise, plain

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

ROLE = "moderator"


def report(*, user: User | AnonymousUser, comment: Comment, reason: str, explanation: str, email: str = "") -> Notice:
    """Anyone reports a comment; `receipt` of the notice is its number, mailed where an address is known.

    A second report of the same signed-in person while the first is open gives the first one back.
    Errors: no_thread, gone, no_reason, no_explanation.
    """
    rights.demand_thread(user, comment.thread)
    if not comment.is_visible:
        raise DomainError("gone", _("Dieser Kommentar steht nicht mehr da."), status=409)
    if reason not in Reason.values:
        raise DomainError("no_reason", _("Bitte wählen Sie einen Grund."), field="reason")
    explanation = normalise(explanation)[:1000]
    if not explanation:
        raise DomainError("no_explanation", _("Bitte schreiben Sie, was nicht stimmt."), field="explanation")
    reporter = user if user.is_authenticated else None
    with transaction.atomic():
        mine = Notice.objects.filter(comment=comment, reporter=reporter, decision=None)
        if reporter is not None and (open_notice := mine.first()):
            return open_notice
        address = reporter.email if reporter else email
        notice = Notice.objects.create(
            comment=comment, reason=reason, explanation=explanation, reporter=reporter, email=address
        )
        audit.record(actor=user, action="comment.reported", obj=comment, payload={"receipt": notice.receipt})
        if address:
            _mail(
                address,
                _("Ihre Meldung %(receipt)s ist eingegangen") % {"receipt": notice.receipt},
                _("Wir prüfen den Kommentar und schreiben Ihnen, wie entschieden wurde. Der Kommentar steht hier:"),
                comment.get_absolute_url(),
            )
    return notice


def hide(
    *,
    user: User | AnonymousUser,
    comment: Comment,
    reason: str,
    facts: str,
    ground: str = Ground.RULES,
    provision: str = "",
) -> ModerationDecision:
    """Hides a comment from everyone, tells the author why and how to object, and closes its open notices.

    `reason` is the rule broken, `facts` what is wrong in plain words (for the author); `provision` is demanded where
    `ground` is the law. Errors: not_allowed, own, already_decided, no_reason, no_facts, no_provision.
    """
    person = rights.demand_moderator(user)
    if reason not in Reason.values:
        raise DomainError(
            "no_reason", _("Bitte wählen Sie, gegen welche Regel der Kommentar verstößt."), field="reason"
        )
    facts, provision = normalise(facts)[:1000], normalise(provision)[:200]
    if not facts:
        message = _("Bitte schreiben Sie, was genau vorliegt. Ohne Begründung wird nichts ausgeblendet.")
        raise DomainError("no_facts", message, field="facts")
    if ground == Ground.LAW and not provision:
        raise DomainError("no_provision", _("Bitte nennen Sie die Vorschrift."), field="provision")
    with transaction.atomic():
        comment = _taken(person, comment, State.VISIBLE, State.HELD)
        comment.state = State.HIDDEN
        comment.hidden_reason = reason
        comment.held_until = None
        comment.pinned = False
        comment.save(update_fields=["state", "hidden_reason", "held_until", "pinned"])
        decision = _decide(
            person, comment, Measure.HIDE, reason=reason, facts=facts, ground=ground, provision=provision
        )
        stream.withdraw(url=comment.get_absolute_url())
        _tell_author(decision)
    return decision


def release(*, user: User | AnonymousUser, comment: Comment) -> ModerationDecision:
    """Shows a held comment. Errors: not_allowed, own, already_decided."""
    person = rights.demand_moderator(user)
    with transaction.atomic():
        comment = _taken(person, comment, State.HELD)
        _show(comment)
        decision = _decide(person, comment, Measure.RELEASE)
        writing.publish_released(comment)
        _tell_author(decision)
    return decision


def keep(*, user: User | AnonymousUser, comment: Comment, facts: str = "") -> ModerationDecision:
    """Leaves a reported comment where it is and tells who reported it. Errors: not_allowed, own, already_decided."""
    person = rights.demand_moderator(user)
    with transaction.atomic():
        comment = _taken(person, comment, State.VISIBLE)
        if not comment.notices.filter(decision=None).exists():
            raise _already_decided()
        return _decide(person, comment, Measure.KEEP, facts=normalise(facts)[:1000])


def restore(*, user: User | AnonymousUser, comment: Comment, facts: str) -> ModerationDecision:
    """Shows a hidden comment again; a reason is demanded here too.

    Errors: not_allowed, own, no_facts, already_decided, objection_open.
    """
    person = rights.demand_moderator(user)
    facts = normalise(facts)[:1000]
    if not facts:
        raise DomainError(
            "no_facts", _("Bitte schreiben Sie, warum der Kommentar wieder sichtbar wird."), field="facts"
        )
    with transaction.atomic():
        comment = _taken(person, comment, State.HIDDEN)
        if Objection.objects.filter(decision__comment=comment, decided_at=None).exists():
            message = _("Gegen die Entscheidung liegt ein Widerspruch vor; bitte entscheiden Sie dort.")
            raise DomainError("objection_open", message, status=409)
        return _restored(person, comment, facts)


def object_to(*, user: User | AnonymousUser, decision: ModerationDecision, text: str) -> Objection:
    """The author objects to a removal, once. Errors: not_allowed, no_text, already_decided."""
    rights.demand_sign_in(user)
    text = normalise(text)[:2000]
    if not permissions.is_author(user, decision.comment):
        raise NotAllowed()
    if not text:
        raise DomainError("no_text", _("Bitte schreiben Sie, warum die Entscheidung falsch ist."), field="text")
    with transaction.atomic():
        comment = rights.locked(decision.comment)
        latest = comment.decisions.filter(measure=Measure.HIDE).first()
        if comment.state != State.HIDDEN or latest != decision or Objection.objects.filter(decision=decision).exists():
            raise _already_decided()
        objection = Objection.objects.create(decision=decision, text=text)
        audit.record(actor=user, action="comment.objected", obj=objection)
    return objection


def decide_objection(*, user: User | AnonymousUser, objection: Objection, upheld: bool, answer: str) -> Objection:
    """Another moderator than the remover decides, with reasons; if upheld the comment is shown again.

    Errors: not_allowed, same_moderator, no_answer, already_decided.
    """
    person = rights.demand_moderator(user)
    if not permissions.can_decide_objection(user, objection.decision):
        message = _("Über den Widerspruch entscheidet eine andere Person als die, die ausgeblendet hat.")
        raise NotAllowed(message, code="same_moderator")
    answer = normalise(answer)[:2000]
    if not answer:
        raise DomainError("no_answer", _("Bitte begründen Sie die Entscheidung."), field="answer")
    with transaction.atomic():
        comment = rights.locked(objection.decision.comment)
        objection = Objection.objects.select_related("decision").get(pk=objection.pk)
        if not objection.is_open:
            raise _already_decided()
        objection.upheld, objection.answer = upheld, answer
        objection.decided_by, objection.decided_at = person, timezone.now()
        objection.save(update_fields=["upheld", "answer", "decided_by", "decided_at"])
        audit.record(actor=user, action="comment.objection_decided", obj=objection, role=ROLE)
        if upheld and comment.state == State.HIDDEN:
            _restored(person, comment, answer)
        elif comment.author:
            _mail(
                comment.author.email,
                _("Ihr Widerspruch wurde geprüft"),
                _("Der Kommentar bleibt ausgeblendet. Begründung: %(answer)s") % {"answer": plain(answer)},
                objection.decision.get_absolute_url(),
            )
    return objection


def _taken(user: User, comment: Comment, *states: str) -> Comment:
    """The comment, locked, if nobody was faster and it is not one's own."""
    comment = rights.locked(comment)
    if comment.state not in states:
        raise _already_decided()
    if permissions.is_author(user, comment):
        raise NotAllowed(_("Über den eigenen Kommentar entscheidet eine andere Person."), code="own")
    return comment


def _already_decided() -> DomainError:
    message = _("Hier wurde inzwischen schon entschieden. Bitte laden Sie die Seite neu.")
    return DomainError("already_decided", message, status=409)


def _show(comment: Comment) -> None:
    comment.state = State.VISIBLE
    comment.hidden_reason = ""
    comment.held_until = None
    comment.save(update_fields=["state", "hidden_reason", "held_until"])


def _restored(user: User, comment: Comment, facts: str) -> ModerationDecision:
    _show(comment)
    decision = _decide(user, comment, Measure.RESTORE, facts=facts)
    writing.publish_released(comment)
    _tell_author(decision)
    return decision


def _decide(user: User, comment: Comment, measure: Measure, **reasons: str) -> ModerationDecision:
    decision = ModerationDecision.objects.create(comment=comment, measure=measure, actor=user, **reasons)
    audit.record(actor=user, action=f"comment.{_PAST[measure]}", obj=comment, role=ROLE, payload=dict(reasons))
    audit.record(actor=user, action="moderation.decided", obj=decision, role=ROLE)
    for notice in comment.notices.filter(decision=None):
        notice.decision = decision
        notice.save(update_fields=["decision"])
        _tell_reporter(notice)
    transaction.on_commit(cache.invalidate)
    return decision


_PAST = {
    Measure.HIDE: "hidden",
    Measure.RESTORE: "restored",
    Measure.RELEASE: "released",
    Measure.KEEP: "kept",
}


def _tell_author(decision: ModerationDecision) -> None:
    """Statement of reasons by mail and in the account's list: measure, facts, ground, how to object."""
    comment = decision.comment
    if comment.author is None:
        return
    where = targets.get(comment.thread.target).title(comment.thread)
    if decision.measure == Measure.HIDE:
        ground = decision.provision if decision.ground == Ground.LAW else decision.get_ground_display()
        subject = _("Ihr Kommentar wurde ausgeblendet")
        body = _(
            "Ihr Kommentar zu „%(where)s“ ist für andere nicht mehr zu sehen.\n\n"
            "Verstoß: %(reason)s\nWas vorlag: %(facts)s\nGrundlage: %(ground)s\n\n"
            "Ein Mensch hat das entschieden. Sie können widersprechen; dann entscheidet eine andere Person. "
            "Das geht auf dieser Seite:"
        ) % {
            "where": where,
            "reason": decision.get_reason_display(),
            "facts": plain(decision.facts),
            "ground": ground,
        }
        url = decision.get_absolute_url()
    else:
        subject = _("Ihr Kommentar ist sichtbar")
        body = _("Ihr Kommentar zu „%(where)s“ ist für alle zu sehen. Er steht hier:") % {"where": where}
        url = comment.get_absolute_url()
    _mail(comment.author.email, subject, body, url)
    stream.notify(user=comment.author, verb="comment.decided", title=subject, url=url, sample=comment.sample)


def _tell_reporter(notice: Notice) -> None:
    if not notice.email or notice.decision is None:
        return
    hidden = notice.decision.measure == Measure.HIDE
    body = _("Der gemeldete Kommentar wurde ausgeblendet.") if hidden else _("Der gemeldete Kommentar bleibt sichtbar.")
    if notice.decision.facts and not hidden:
        body += " " + _("Begründung: %(facts)s") % {"facts": plain(notice.decision.facts)}
    subject = _("Ihre Meldung %(receipt)s ist entschieden") % {"receipt": notice.receipt}
    _mail(notice.email, subject, body, notice.comment.get_absolute_url())


def _mail(address: str, subject: str, body: str, path: str) -> None:
    """Into the outbox, in the same transaction; `path` is a path of this portal."""
    text = f"{_('Guten Tag,')}\n\n{body}\n\n{settings.BASE_URL}{path}\n\nDigitale Heimat PB\n"
    send_mail(" ".join(subject.split()), text, None, [address])
