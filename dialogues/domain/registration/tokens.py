"""Signed links of the mails: one to confirm, one to see, change and cancel. They end with the registration."""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext as _

from dialogues.models import Registration
from portal.exceptions import DomainError

CONFIRM, OWN = "dialogues.registration.confirm", "dialogues.registration.own"


def token(registration: Registration, salt: str = OWN) -> str:
    return signing.Signer(salt=salt).sign(registration.uuid.hex)


def own_path(registration: Registration) -> str:
    return reverse("dialogues:registration-own", args=[token(registration)])


def own_url(registration: Registration) -> str:
    return f"{settings.BASE_URL}{own_path(registration)}"


def confirm_url(registration: Registration) -> str:
    path = reverse("dialogues:registration-confirm", args=[token(registration, CONFIRM)])
    return f"{settings.BASE_URL}{path}"


def door_url(registration: Registration, slug: str) -> str:
    """What the QR code holds; it opens the check-in for those who run the door, and nothing for anyone else."""
    return f"{settings.BASE_URL}{reverse('dialogues:door-code', args=[slug, registration.code])}"


def read(given: str, salt: str = OWN) -> Registration:
    """The registration a link belongs to, also an ended one. Raises DomainError `bad_token` (404)."""
    try:
        key = signing.Signer(salt=salt).unsign(given)
    except signing.BadSignature as error:
        raise _refusal() from error
    found = Registration.objects.select_related("admission__event").filter(uuid=key).first()
    if found is None:
        raise _refusal()
    return found


def _refusal() -> DomainError:
    return DomainError("bad_token", _("Dieser Link gilt nicht mehr."), status=404)
