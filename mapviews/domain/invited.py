"""Someone who is offered a station or a part in a class: the address, and the mail with its link."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.exceptions import DomainError

VALID = timedelta(days=14)


def address_of(user: Any, email: str) -> str:
    """Lower case, without spaces around it. Raises `bad_email`, `own_address`."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        message = _("Bitte geben Sie eine gültige E-Mail-Adresse ein.")
        raise DomainError("bad_email", message, field="email") from error
    if email == user.email.lower():
        raise DomainError("own_address", _("Das ist Ihre eigene Adresse."), field="email")
    return email


def letter(email: str, *, subject: str, text: str, path: str) -> EmailMessage:
    """Says what is offered and how long the link at `path` holds. A line break in a name does not reach the subject."""
    lines = [_("Guten Tag,"), "", text, "", f"{settings.BASE_URL}{path}", ""]
    lines.append(_("Der Link gilt 14 Tage. Möchten Sie nicht, brauchen Sie nichts zu tun."))
    return EmailMessage(" ".join(subject.split()), "\n".join(lines), None, [email])
