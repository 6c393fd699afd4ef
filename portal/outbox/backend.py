"""PLACEHOLDER until the outbox stands: mails go to the console."""

from django.core.mail.backends.console import EmailBackend as OutboxBackend  # noqa: F401
