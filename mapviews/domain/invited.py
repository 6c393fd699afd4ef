"""The address of someone who is offered a station or a class."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.exceptions import DomainError


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
