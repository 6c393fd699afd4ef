"""Periodic work of the editorial site."""

from __future__ import annotations

from django.core.management import call_command


def publish_due() -> None:
    """Publishes and withdraws what is due by its dates (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)
