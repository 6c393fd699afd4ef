"""Times of values in templates of the Klassenraum."""

from __future__ import annotations

from datetime import UTC, datetime

from django import template

register = template.Library()


@register.filter
def moment(ts: int) -> datetime:
    """Milliseconds since 1970 as a moment."""
    return datetime.fromtimestamp(ts / 1000, tz=UTC)
