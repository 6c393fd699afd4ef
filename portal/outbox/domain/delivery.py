"""Deliver what waits: claim, send, note the result; no transaction is open while the mail server answers."""

from __future__ import annotations

import logging
import smtplib
import ssl
import sys
from collections.abc import Callable
from datetime import timedelta
from email.utils import parseaddr
from urllib.parse import SplitResult, unquote, urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.outbox.enums import State
from portal.outbox.models import Mail

logger = logging.getLogger(__name__)

BATCH = 20
MAX_ATTEMPTS = 12
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=4)
STRANDED_AFTER = timedelta(minutes=5)
TIMEOUT_SECONDS = 20

Transport = Callable[[Mail], None]


def deliver_due(transport: Transport | None = None) -> int:
    """Delivers up to BATCH waiting mails; returns how many. Without EMAIL_URL and outside the demo they wait."""
    send = transport or transport_from_settings()
    if send is None:
        return 0
    release_stranded()
    delivered = 0
    for _number in range(BATCH):
        mail = _claim()
        if mail is None:
            break
        delivered += _attempt(mail, send)
    return delivered


def deliver_waiting() -> None:
    """The periodic job: a cheap look first, so an idle outbox writes nothing."""
    if Mail.objects.filter(state__in=[State.WAITING, State.SENDING]).exists():
        deliver_due()


def release_stranded() -> int:
    """Mails whose sender died go back to waiting. They may then arrive twice, with one Message-ID; none is lost."""
    limit = timezone.now() - STRANDED_AFTER
    return Mail.objects.filter(state=State.SENDING, claimed_at__lt=limit).update(state=State.WAITING)


def _claim() -> Mail | None:
    with transaction.atomic():
        mail = Mail.objects.due().select_for_update(skip_locked=True).first()
        if mail is None:
            return None
        mail.state, mail.claimed_at, mail.attempts = State.SENDING, timezone.now(), mail.attempts + 1
        mail.save(update_fields=["state", "claimed_at", "attempts"])
    return mail


def _attempt(mail: Mail, send: Transport) -> bool:
    try:
        send(mail)
    except (OSError, smtplib.SMTPException) as error:
        _note_failure(mail, error)
        return False
    mail.state, mail.delivered_at, mail.last_error = State.DELIVERED, timezone.now(), ""
    mail.save(update_fields=["state", "delivered_at", "last_error"])
    return True


def _note_failure(mail: Mail, error: Exception) -> None:
    refused = isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        500 <= code < 600 for code, _text in error.recipients.values()
    )
    mail.last_error = f"{type(error).__name__}: {getattr(error, 'smtp_code', '')}".strip(": ")
    given_up = refused or mail.attempts >= MAX_ATTEMPTS
    mail.state = State.FAILED if given_up else State.WAITING
    mail.next_attempt_at = timezone.now() + min(FIRST_WAIT * 2 ** (mail.attempts - 1), LONGEST_WAIT)
    mail.save(update_fields=["state", "last_error", "next_attempt_at"])
    logger.warning("mail %s: %s (attempt %s, %s)", mail.uuid, mail.last_error, mail.attempts, mail.state)


def transport_from_settings() -> Transport | None:
    """smtp, smtps or consolemail by EMAIL_URL; the demo delivers into its own Postfach; else None."""
    if settings.EMAIL_URL:
        parts = urlsplit(settings.EMAIL_URL)
        if parts.scheme == "consolemail":
            return _print
        return lambda mail: _send_by_smtp(mail, parts)
    if settings.DEMO:
        return lambda mail: None
    return None


def _print(mail: Mail) -> None:
    sys.stdout.write(bytes(mail.message).decode(errors="replace") + "\n")


def _send_by_smtp(mail: Mail, server: SplitResult) -> None:
    """smtps speaks TLS from the start; smtp changes to TLS where offered, and must where there is a password."""
    host, context = server.hostname or "localhost", ssl.create_default_context()
    connection: smtplib.SMTP
    if server.scheme == "smtps":
        connection = smtplib.SMTP_SSL(host, server.port or 465, timeout=TIMEOUT_SECONDS, context=context)
    else:
        connection = smtplib.SMTP(host, server.port or 25, timeout=TIMEOUT_SECONDS)
    with connection:
        connection.ehlo()
        if server.scheme == "smtp" and (connection.has_extn("starttls") or server.username):
            connection.starttls(context=context)
            connection.ehlo()
        if server.username:
            connection.login(unquote(server.username), unquote(server.password or ""))
        connection.sendmail(parseaddr(mail.sender)[1], mail.addresses, bytes(mail.message))
