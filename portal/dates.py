"""Days with their weekday, as each language writes them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats


def weekday(day: date | datetime, *, year: bool = True) -> str:
    """Like „Sonntag, 22. November 2026“ or “Sunday, 22 November 2026”; the day is taken as it is, in no other zone."""
    return f"{formats.date_format(day, 'l')}, {formats.date_format(day, 'DATE_FORMAT' if year else 'MONTH_DAY_FORMAT')}"
