"""The example accounts of the demo, one per role. No living person is named; they exist only where DEMO is on."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from portal.accounts.enums import Role
from portal.accounts.models import User

CITIZEN = "buergerin@demo.example"

# address -> (display name, department, roles)
ACCOUNTS: dict[str, tuple[str, str, tuple[Role, ...]]] = {
    CITIZEN: ("Beispiel-Bürgerin", "", ()),
    "redaktion@demo.example": (
        "Redaktion (Beispiel)",
        "Amt für Kommunikation",
        (Role.COMMUNICATIONS, Role.SENSOR_DESK),
    ),
    "moderation@demo.example": ("Moderation (Beispiel)", "Stabsstelle Digitalisierung", (Role.MODERATOR,)),
    # An objection is decided by someone else than the person whose decision it is about.
    "moderation2@demo.example": ("Zweite Moderation (Beispiel)", "Amt für Kommunikation", (Role.MODERATOR,)),
    "projektleitung@demo.example": ("Projektleitung (Beispiel)", "Stabsstelle Digitalisierung", (Role.PROJECT_LEAD,)),
    "amtsleitung@demo.example": ("Amtsleitung (Beispiel)", "Fachamt", (Role.PROJECT_LEAD,)),
    "geschaeftsstelle@demo.example": (
        "Geschäftsstelle Ethikrat (Beispiel)",
        "Geschäftsstelle Ethikrat",
        (Role.ETHICS_OFFICE,),
    ),
    "ethik1@demo.example": ("Vorsitz Ethikrat (Beispiel)", "", (Role.ETHICS_CHAIR, Role.ETHICS_MEMBER)),
    **{
        f"ethik{number}@demo.example": (f"Mitglied {number} Ethikrat (Beispiel)", "", (Role.ETHICS_MEMBER,))
        for number in range(2, 9)
    },
    "dsb@demo.example": ("Datenschutz (Beispiel)", "Datenschutz", (Role.DPO,)),
    "admin@demo.example": ("Administration (Beispiel)", "Amt für IT", (Role.ADMIN, Role.SENSOR_DESK)),
}


def build() -> dict[str, User]:
    """Creates or completes every demo account and returns them by address; idempotent, and refused outside the demo."""
    if not settings.DEMO:
        raise RuntimeError("Demo-Konten gibt es nur, wo DEMO an ist.")
    with transaction.atomic():
        return {address: _account(address, *details) for address, details in ACCOUNTS.items()}


def _account(address: str, name: str, department: str, roles: tuple[Role, ...]) -> User:
    user = User.objects.filter(email=address).first() or User(email=address)
    if user.pk is None:
        user.display_name = name
    user.department = department
    user.is_active, user.is_staff = True, Role.ADMIN in roles
    if not user.check_password(settings.DEMO_PASSWORD):
        user.set_password(settings.DEMO_PASSWORD)
    user.save()
    user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in roles])
    EmailAddress.objects.update_or_create(user=user, email=address, defaults={"verified": True, "primary": True})
    return User.objects.get(pk=user.pk)
