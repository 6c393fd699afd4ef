"""Which words hold a comment back, and until when that is decided. Rules act on what is written, not on who writes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LINK = re.compile(r"https?://|\bwww\.|\b[\w.+-]+@[\w-]+\.\w", re.IGNORECASE)
_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?\d{4}){3,7}(?: ?\d{1,3})?\b")
_PHONE = re.compile(r"(?<![\d.,])(?:\+49[ /-]?|\b0)[1-9][\d /()-]{6,18}\d")
# Stems of words that a person shall look at before everyone reads them. Short on purpose: a filter is no moderation.
_STEMS = re.compile(
    r"\b(?:arschl|drecks(?:au|ack|pack)|fick|fotze|hurens|missgeburt|wichs|vergas(?!s)|abgeknallt|aufknüpf)",
    re.IGNORECASE,
)
MANY_LINKS = 3


@dataclass(frozen=True)
class Rule:
    """`key` is stored with the comment; `words` tell the author what was noticed."""

    key: str
    words: Any


WORDS = Rule("words", _("Ein Wort darin prüfen wir vorher."))
PERSONAL = Rule("personal_data", _("Darin steht etwas, das eine Telefon- oder Kontonummer sein kann."))
LINKS = Rule("links", _("Darin stehen viele Links."))
SHOUTING = Rule("shouting", _("Fast alles ist in Großbuchstaben geschrieben."))
RULES = {rule.key: rule for rule in (WORDS, PERSONAL, LINKS, SHOUTING)}


def hit(text: str) -> Rule | None:
    """The first rule that holds this text back, or None."""
    if _STEMS.search(text):
        return WORDS
    if _IBAN.search(text) or _PHONE.search(text):
        return PERSONAL
    if len(LINK.findall(text)) > MANY_LINKS:
        return LINKS
    letters = [c for c in text if c.isalpha()]
    if len(letters) >= 40 and sum(c.isupper() for c in letters) > 0.7 * len(letters):
        return SHOUTING
    return None


def decided_by(moment: datetime) -> datetime:
    """The end of the second working day after `moment`, local time: the promise "spätestens bis <Werktag>"."""
    day = timezone.localtime(moment).date()
    left = 2
    while left:
        day += timedelta(days=1)
        left -= _is_working_day(day)
    return timezone.make_aware(datetime.combine(day, time(18, 0)))


def _is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _holidays(day.year)


def _holidays(year: int) -> set[date]:
    """Public holidays of North Rhine-Westphalia (Feiertagsgesetz NW § 2)."""
    easter = _easter(year)
    moving = {easter + timedelta(days=days) for days in (-2, 1, 39, 50, 60)}
    return moving | {date(year, m, d) for m, d in ((1, 1), (5, 1), (10, 3), (11, 1), (12, 25), (12, 26))}


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus/Jones/Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    e = (32 + 2 * (b % 4) + 2 * (c // 4) - d - c % 4) % 7
    f = d + e - 7 * ((a + 11 * d + 22 * e) // 451) + 114
    return date(year, f // 31, f % 31 + 1)
