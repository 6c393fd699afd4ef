"""The mail that tells members and project what the Council has decided, with anchors of the chain."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from ethics.domain.redaction import public
from ethics.models import ReviewCase
from portal import audit
from portal.accounts.models import User


def anchor_lines(*streams: str) -> list[str]:
    """Lines "stream number hash" below a sentence that says what they are for; `audit_verify --anchors` reads them."""
    heads = [f"{stream} {seq} {hash_}" for stream in streams for seq, hash_ in [audit.head(stream)] if seq]
    if not heads:
        return []
    intro = _("Prüfanker: Heben Sie diese Mail auf. Damit lässt sich später zeigen, ob das Protokoll verändert wurde.")
    return ["", intro, *heads]


def announce(case: ReviewCase, recipients: list[User]) -> None:
    """One mail a person into the outbox, in the caller's transaction; says nothing that is not public now."""
    lines = [
        _("Der Ethikrat hat eine Empfehlung veröffentlicht."),
        "",
        case.title,
        f"{case.get_outcome_display()}: {public(case.recommendation.sentence)}",
        f"{settings.BASE_URL}{case.get_absolute_url()}",
        "",
        _("Prüfsumme der veröffentlichten Fassung (SHA-256):"),
        case.public_hash,
        *anchor_lines(case.stream, "council"),
    ]
    subject = _("Ethikrat: %(title)s") % {"title": case.title}
    for person in recipients:
        EmailMessage(subject, "\n".join(lines), to=[person.email]).send()
