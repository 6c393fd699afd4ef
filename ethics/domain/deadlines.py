"""Deadlines by the calendar of the city: counted in days, ending with the day (BGB §§ 187 and 188, VwVfG § 31).

Hours are never counted, so the day on which clocks change is a day like any other.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

LAST_MOMENT = time(23, 59, 59)


def end_of_day(days: int) -> datetime:
    """The last second of the day `days` days from today, in the city's zone."""
    return closing(timezone.localdate() + timedelta(days=days))


def closing(day: date) -> datetime:
    """The last second of `day`, in the city's zone."""
    return datetime.combine(day, LAST_MOMENT, tzinfo=timezone.get_current_timezone())


def days_until(moment: datetime) -> int:
    """Whole calendar days from today to the day of `moment`; negative for the past."""
    return (timezone.localdate(moment) - timezone.localdate()).days


def has_passed(moment: datetime | None) -> bool:
    return moment is not None and moment <= timezone.now()
