"""Short texts and codes of a class: cleaned, capped, drawn from signs that nobody mistakes."""

from __future__ import annotations

import secrets
import unicodedata

from django.utils.translation import gettext as _

from portal.exceptions import DomainError

SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without I, L, O, 0 and 1
JOIN_LENGTH, RETURN_LENGTH = 8, 12


def line(value: str, limit: int, *, field: str) -> str:
    """One line in NFC without control characters. Raises `empty`, `too_long`."""
    shown = "".join(" " if unicodedata.category(c)[0] in "CZ" else c for c in unicodedata.normalize("NFC", value))
    text = " ".join(shown.split())
    if not text:
        raise DomainError("empty", _("Bitte schreiben Sie etwas."), field=field)
    if len(text) > limit:
        raise DomainError("too_long", _("Höchstens %(limit)d Zeichen.") % {"limit": limit}, field=field)
    return text


def new_code(length: int) -> str:
    """Eight signs are 40 bits, twelve are 59: nobody guesses them through a throttled door."""
    return "".join(secrets.choice(SIGNS) for _sign in range(length))


def typed(code: str) -> str:
    """A code as typed from a wall or a card: any case, with spaces or dashes."""
    return "".join(c for c in code[:64].upper() if c.isalnum())[:RETURN_LENGTH]
