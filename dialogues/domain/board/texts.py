"""Plain text that guests and moderators write: length and characters are checked, nothing is ever markup."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext as _

from portal.exceptions import DomainError

# Control characters, and the bidirectional overrides that can make a text read differently from what it says.
_UNWANTED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")


def clean(value: object, limit: int, *, field: str, required: bool = True) -> str:
    """The text in NFC without control characters, at most `limit` characters.

    Raises DomainError `invalid` (not a text), `empty` or `too_long`.
    """
    if value is None:
        value = ""
    if not isinstance(value, str):
        raise DomainError("invalid", _("Hier wird ein Text erwartet."), field=field)
    if len(value) > 20 * limit:
        raise too_long(limit, field)
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        raise DomainError("invalid", _("Der Text enthält ungültige Zeichen."), field=field) from error
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n"))
    text = _LINES.sub("\n\n", _SPACES.sub(" ", _UNWANTED.sub("", text))).strip()
    if required and not text:
        raise DomainError("empty", _("Bitte schreiben Sie etwas, bevor Sie absenden."), field=field)
    if len(text) > limit:
        raise too_long(limit, field)
    return text


def too_long(limit: int, field: str) -> DomainError:
    message = _("Der Text ist zu lang. Erlaubt sind %(limit)d Zeichen; Ihr Text ist noch da.") % {"limit": limit}
    return DomainError("too_long", message, field=field)
