"""How allauth behaves here: plain German messages, safe redirects, passkeys bound to the host one came by."""

from __future__ import annotations

import base64
import hashlib
import ipaddress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

SITE_NAME = "Digitale Heimat PB"


def display(user: Any) -> str:
    return str(user.public_name)


def is_ip_address(host: str) -> bool:
    """Browsers offer passkeys for names only; `127.0.0.1` gets a link to `localhost` instead."""
    try:
        ipaddress.ip_address(host.rsplit(":", 1)[0].strip("[]") if host.count(":") == 1 else host.strip("[]"))
    except ValueError:
        return False
    return True


def _cipher() -> MultiFernet:
    """Keys made from SECRET_KEY and, for a change of key, SECRET_KEY_FALLBACKS."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = (hashlib.blake2b(b"mfa-secret:" + key.encode(), digest_size=32).digest() for key in keys)
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("Dieses Konto ist stillgelegt."),
        "email_password_mismatch": _("E-Mail-Adresse oder Passwort stimmen nicht. Bitte prüfen Sie beides."),
        "enter_current_password": _("Bitte geben Sie Ihr jetziges Passwort ein."),
        "incorrect_code": _("Dieser Code stimmt nicht oder ist abgelaufen."),
        "incorrect_password": _("Dieses Passwort stimmt nicht."),
        "too_many_login_attempts": _("Zu viele Fehlversuche. Bitte warten Sie fünf Minuten."),
        "rate_limited": _("Zu viele Versuche in kurzer Zeit. Bitte warten Sie eine Minute."),
    }

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """The account keeps the display name of the signup form; first and last name are not asked for."""
        user.display_name = form.cleaned_data.get("display_name", "")
        return super().save_user(request, user, form, commit=commit)

    def format_email_subject(self, subject: str) -> str:
        return f"{SITE_NAME}: {subject.strip()}"


class MFAAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Dieser Code stimmt nicht oder ist abgelaufen."),
        "rate_limited": _("Zu viele Versuche in kurzer Zeit. Bitte warten Sie eine Minute."),
    }

    def _get_site_name(self) -> str:
        return SITE_NAME

    def encrypt(self, text: str) -> str:
        """TOTP keys and the seed of recovery codes lie encrypted in the database."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = context.request.get_host()
        return {"id": host.rsplit(":", 1)[0] if host.count(":") == 1 else host, "name": SITE_NAME}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        return str(_("Mein Gerät"))
