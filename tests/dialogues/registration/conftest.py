"""Events one registers for, and people who do; mails are read from the outbox as they would be sent."""

from __future__ import annotations

import re
from collections.abc import Callable
from email import message_from_bytes
from typing import Any

import pytest

from dialogues.domain.registration import asking, setup, tokens
from dialogues.models import Event, Registration
from portal.outbox.models import Mail


@pytest.fixture
def make_open(make_event: Callable[..., Event], moderator: Any) -> Callable[..., Event]:
    """`make_open(seats=2, days=5, party_max=5, …)`: a published event whose registration is open."""

    def make(seats: int | None = 2, days: float = 5, event: dict[str, Any] | None = None, **fields: Any) -> Event:
        found = make_event(days=days, **(event or {}))
        settings = {"seats_total": seats, "party_max": 5} | fields
        setup.configure(user=moderator, event=found, **settings)
        return Event.objects.get(pk=found.pk)

    return make


def ask(event: Event, address: str = "anna@test.example", persons: int = 1, **fields: Any) -> Registration:
    """Someone without account fills in the form; the mail is on its way."""
    name = fields.pop("name", address.split("@")[0])
    assert asking.register(user=None, event=event, name=name, email=address, persons=persons, **fields) is None
    return Registration.objects.filter(admission__event=event, email=address).latest("pk")


def join(event: Event, address: str = "anna@test.example", persons: int = 1, **fields: Any) -> Registration:
    """The same, and the link was pressed."""
    return asking.confirm(token=tokens.token(ask(event, address, persons, **fields), tokens.CONFIRM))


def mails(address: str) -> list[Mail]:
    return list(Mail.objects.to_address(address).order_by("pk"))


def subjects(address: str) -> list[str]:
    return [mail.subject for mail in mails(address)]


def links(mail: Mail) -> list[str]:
    """The paths of the links, without the host."""
    return re.findall(r"https?://[^/\s]+(/\S+)", mail.text)


def calendar_of(mail: Mail) -> str:
    """The calendar entry that hangs at the mail, as it will be sent; "" where there is none."""
    for part in message_from_bytes(bytes(mail.message)).walk():
        if part.get_content_type() == "text/calendar":
            return bytes(part.get_payload(decode=True)).decode().replace("\r\n ", "").replace("\r\n", "\n")
    return ""


def states(event: Event) -> list[tuple[str, str]]:
    """(who, state) in order of asking."""
    rows = Registration.objects.filter(admission__event=event).order_by("pk")
    return [(row.email.split("@")[0], row.state) for row in rows]


@pytest.fixture(autouse=True)
def _mails_are_rows(settings: Any) -> None:
    """pytest-django collects mails in memory; here they lie in the outbox, as in the portal."""
    settings.EMAIL_BACKEND = "portal.outbox.backend.OutboxBackend"
