"""The number by which calendars tell a newer entry of an event from an older one (RFC 5545, SEQUENCE)."""

from __future__ import annotations

from django.db.models import F

from dialogues.models import Event


def count_revision(event: Event) -> None:
    """The next number for calendars that hold this event already; it never falls."""
    Event.objects.filter(pk=event.pk).update(sequence=F("sequence") + 1)
    event.refresh_from_db(fields=["sequence"])
