"""Put mails into the outbox, take an address out of it, clear delivered bodies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from portal.outbox.enums import State
from portal.outbox.models import Mail

SUBJECT_LENGTH = 400


def enqueue(*, message: EmailMessage) -> Mail | None:
    """Writes one mail as a row in the caller's transaction; None where it has no recipients.

    The Message-ID is made once, so a mail sent twice after a crash carries the same one. A subject with a line break
    raises `BadHeaderError` (Django), so no header can be smuggled in.
    """
    mail = _row(message)
    if mail is not None:
        mail.save(force_insert=True)
    return mail


def enqueue_many(*, messages: Iterable[EmailMessage]) -> int:
    """The same for many mails, in one statement; returns how many have recipients. The caller chooses the chunk."""
    return len(Mail.objects.bulk_create([mail for message in messages if (mail := _row(message))]))


def _row(message: EmailMessage) -> Mail | None:
    recipients = sorted({address.strip().lower() for address in message.recipients() if address.strip()})
    if not recipients:
        return None
    mime = message.message()
    return Mail(
        message_id=mime["Message-ID"],
        sender=message.from_email or settings.DEFAULT_FROM_EMAIL,
        recipients="|" + "|".join(recipients) + "|",
        subject=str(message.subject)[:SUBJECT_LENGTH],
        text=str(message.body),
        message=mime.as_bytes(linesep="\r\n"),  # type: ignore[call-arg]  # Django's own message classes take it
    )


def remove_address(*, address: str) -> int:
    """Deletes every mail to this address, sent or not (erasure of an account); returns how many."""
    deleted, _by_model = Mail.objects.to_address(address).delete()
    return deleted


def purge_bodies(*, older_than: timedelta | None = None) -> int:
    """Empties text and message of mails that were delivered or given up longer ago than the setting says."""
    limit = timezone.now() - (settings.OUTBOX_BODY_RETENTION if older_than is None else older_than)
    finished = Mail.objects.filter(state__in=[State.DELIVERED, State.FAILED], purged_at=None, created_at__lt=limit)
    return finished.update(text="", message=b"", purged_at=timezone.now())


def delete_old(*, older_than: timedelta | None = None) -> int:
    """Deletes the rows themselves after the second period; recipients are personal data."""
    limit = timezone.now() - (settings.OUTBOX_ROW_RETENTION if older_than is None else older_than)
    return Mail.objects.exclude(state=State.WAITING).filter(created_at__lt=limit).delete()[0]


def prune() -> None:
    """The periodic job: bodies first, rows later."""
    purge_bodies()
    delete_old()
