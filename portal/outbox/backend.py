"""EMAIL_BACKEND: a mail is a row in the caller's transaction; the worker delivers it after the commit."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from portal.outbox.domain.queue import enqueue


class OutboxBackend(BaseEmailBackend):
    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        return sum(enqueue(message=message) is not None for message in email_messages)
