"""What the moderation writes: statements of reasons to authors, answers to who reported (DSA Art. 16(5), 17)."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.core.mail import send_mail
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from portal.activity.domain import stream
from portal.comments import kinds
from portal.comments.enums import RESTRICTING, Ground, Measure, State
from portal.comments.kinds import Piece
from portal.comments.models import ModerationDecision, Notice
from portal.dates import weekday
from portal.text import plain

OBJECTION_PERIOD = timedelta(days=184)  # DSA Art. 20(1): at least six months


def tell_author(decision: ModerationDecision, piece: Piece) -> None:
    """Statement of reasons by mail and in the account's list: measure, facts, ground, how to object and until when."""
    author = decision.matter.author
    if author is None:
        return
    if decision.measure in RESTRICTING:
        subject, url = _subject(decision), decision.get_absolute_url()
        body = f"{_effect(decision, piece)}\n\n{_reasons(decision)}\n\n{_redress(decision)}"
    elif decision.measure == Measure.UNBLOCK:
        subject, url = _("Sie dürfen wieder schreiben"), decision.get_absolute_url()
        body = _("Die Sperre Ihres Kontos ist aufgehoben.")
    else:
        words = {"your": kinds.get(decision.matter.kind).your, "where": piece.title}
        subject, url = _("%(your)s ist sichtbar") % words, piece.url
        body = _("%(your)s zu „%(where)s“ ist für alle zu sehen. Hier:") % words
    mail(author.email, subject, body, url)
    stream.notify(user=author, verb="comment.decided", title=subject, url=url, sample=piece.sample)


def tell_objection_failed(decision: ModerationDecision, answer: str) -> None:
    author = decision.matter.author
    if author is not None:
        body = _("Es bleibt bei der Entscheidung. Begründung: %(answer)s") % {"answer": plain(answer)}
        mail(author.email, _("Ihr Widerspruch wurde geprüft"), body, decision.get_absolute_url())


def tell_objection_upheld(decision: ModerationDecision, answer: str) -> None:
    """For measures that leave nothing to show again (a warning, a text that is gone)."""
    author = decision.matter.author
    if author is not None:
        body = _("Ihr Widerspruch hatte Erfolg. Begründung: %(answer)s") % {"answer": plain(answer)}
        mail(author.email, _("Ihr Widerspruch wurde geprüft"), body, decision.get_absolute_url())


def confirm_notice(notice: Notice) -> None:
    """DSA Art. 16(4): without undue delay, where an address is known."""
    if notice.email:
        subject = _("Ihre Meldung %(receipt)s ist eingegangen") % {"receipt": notice.receipt}
        body = _("Ein Mensch prüft Ihre Meldung. Wir schreiben Ihnen, wie entschieden wurde. Der Stand steht hier:")
        mail(notice.email, subject, body, notice.get_absolute_url())


def answer_notices(decision: ModerationDecision) -> None:
    """Closes the open notices with this decision and tells who reported."""
    for notice in decision.matter.notices.filter(decision=None):
        notice.decision = decision
        notice.save(update_fields=["decision"])
        if notice.email:
            subject = _("Ihre Meldung %(receipt)s ist entschieden") % {"receipt": notice.receipt}
            mail(notice.email, subject, outcome(notice), notice.get_absolute_url())


def outcome(notice: Notice) -> str:
    """One paragraph for who reported: what became of it and why; nothing about the author."""
    decision = notice.decision
    if decision is None:
        return str(_("Ihre Meldung wird noch geprüft."))
    words = {
        Measure.HIDE: _("Der gemeldete Text ist ausgeblendet."),
        Measure.DELETE: _("Der gemeldete Text ist gelöscht."),
        Measure.HOLD: _("Der gemeldete Text ist angehalten, bis er geprüft ist."),
        Measure.GONE: _("Die Person hat den gemeldeten Text inzwischen selbst gelöscht."),
    }
    known = words.get(Measure(decision.measure))
    if known:
        return str(known)
    hidden = decision.matter.state in (State.HIDDEN, State.DELETED)
    told = _("Der gemeldete Text ist nicht mehr zu sehen.") if hidden else _("Der gemeldete Text bleibt sichtbar.")
    if decision.facts and decision.measure == Measure.KEEP:
        told += " " + _("Begründung: %(facts)s") % {"facts": plain(decision.facts)}
    return str(told)


def objection_ends(decision: ModerationDecision) -> str:
    return formats.date_format(timezone.localtime(decision.created_at + OBJECTION_PERIOD), "DATE_FORMAT")


def mail(address: str, subject: str, body: str, path: str) -> None:
    """Into the outbox, in the same transaction; `path` is a path of this portal."""
    text = f"{_('Guten Tag,')}\n\n{body}\n\n{settings.BASE_URL}{path}\n\nDigitale Heimat PB\n"
    send_mail(" ".join(subject.split()), text, None, [address])


def _subject(decision: ModerationDecision) -> str:
    words = {"your": kinds.get(decision.matter.kind).your}
    return {
        Measure.HIDE: _("%(your)s wurde ausgeblendet"),
        Measure.DELETE: _("%(your)s wurde gelöscht"),
        Measure.HOLD: _("%(your)s wird geprüft"),
        Measure.WARN: _("Eine Verwarnung von der Moderation"),
        Measure.BLOCK: _("Sie können eine Zeit lang nicht schreiben"),
    }[Measure(decision.measure)] % words


def _effect(decision: ModerationDecision, piece: Piece) -> str:
    words = {"your": kinds.get(decision.matter.kind).your, "where": piece.title}
    if decision.measure == Measure.WARN:
        return (
            _("Es geht um diesen Text: %(your)s zu „%(where)s“. Er bleibt stehen. Bitte halten Sie die Regeln ein.")
            % words
        )
    if decision.measure == Measure.BLOCK and decision.until is not None:
        until = timezone.localtime(decision.until)
        words["day"] = f"{weekday(until)}, {formats.time_format(until, 'H:i')}"
        return (
            _("Bis %(day)s Uhr können Sie hier lesen, aber nicht schreiben. Anlass: %(your)s zu „%(where)s“.") % words
        )
    if decision.measure == Measure.HOLD:
        return _("%(your)s zu „%(where)s“ ist für andere zurzeit nicht zu sehen, bis er geprüft ist.") % words
    return _("%(your)s zu „%(where)s“ ist für andere nicht mehr zu sehen.") % words


def _reasons(decision: ModerationDecision) -> str:
    ground = decision.provision if decision.ground == Ground.LAW else decision.get_ground_display()
    return _("Verstoß: %(reason)s\nWas vorlag: %(facts)s\nGrundlage: %(ground)s") % {
        "reason": decision.get_reason_display(),
        "facts": plain(decision.facts),
        "ground": ground,
    }


def _redress(decision: ModerationDecision) -> str:
    return _(
        "Ein Mensch hat das entschieden. Sie können sich an eine Streitbeilegungsstelle oder ein Gericht wenden. "
        "Am einfachsten ist ein Widerspruch bei uns: Sie können bis zum %(day)s widersprechen; dann entscheidet "
        "eine andere Person. Das geht auf dieser Seite:"
    ) % {"day": objection_ends(decision)}
