"""Online dialogues in each phase, their people and contributions."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from dialogues.domain.online import dialogues, writing
from dialogues.enums import Stage
from dialogues.models import Contribution, OnlineDialogue
from dialogues.models.online import MOMENTS
from portal.accounts.enums import Role

OFFICE = "Amt für Gebäude"
_numbers = itertools.count(1)


@pytest.fixture
def moderator(make_user: Callable[..., Any]) -> Any:
    return make_user(Role.MODERATOR)


@pytest.fixture
def editor(make_user: Callable[..., Any]) -> Any:
    return make_user(Role.COMMUNICATIONS, department="Amt für Kommunikation")


@pytest.fixture
def lead(make_user: Callable[..., Any]) -> Any:
    """A project lead of the department that answers."""
    return make_user(Role.PROJECT_LEAD, department=OFFICE)


@pytest.fixture
def citizen(make_user: Callable[..., Any]) -> Any:
    return make_user()


def moments(stage: str, now: datetime) -> list[datetime]:
    """Beginnings of the phases so that `stage` holds at `now`; each lasts ten days."""
    order = [Stage.BEFORE, *(known for known, _field in MOMENTS)]
    place = order.index(Stage(stage))
    return [now + timedelta(days=10 * (number + 1 - place) - 5) for number in range(len(MOMENTS))]


@pytest.fixture
def make_dialogue(moderator: Any) -> Callable[..., OnlineDialogue]:
    """`make_dialogue(stage="collect", published=True, **fields)`."""

    def make(stage: str = Stage.COLLECT, published: bool = True, **fields: Any) -> OnlineDialogue:
        defaults = {
            "title": f"Stadthaus-Dialog {next(_numbers)}",
            "topic": "Rund um das neue Stadthaus.",
            "question": "Was soll das Stadthaus können?",
            "moments": moments(stage, timezone.now()),
            "categories": [("Wege", OFFICE), ("Digitales", "Amt für IT")],
        }
        dialogue = dialogues.create_dialogue(user=moderator, **(defaults | fields))
        return dialogues.publish_dialogue(user=moderator, dialogue=dialogue) if published else dialogue

    return make


@pytest.fixture
def dialogue(make_dialogue: Callable[..., OnlineDialogue]) -> OnlineDialogue:
    return make_dialogue()


@pytest.fixture
def move(db: None) -> Callable[[OnlineDialogue, str], OnlineDialogue]:
    """`move(dialogue, "discuss")`: that phase holds now."""

    def to(dialogue: OnlineDialogue, stage: str) -> OnlineDialogue:
        for (_known, field), value in zip(MOMENTS, moments(stage, timezone.now()), strict=True):
            setattr(dialogue, field, value)
        dialogue.save()
        return dialogue

    return to


@pytest.fixture
def write(make_user: Callable[..., Any]) -> Callable[..., Contribution]:
    """`write(dialogue, "Titel", user=…, **fields)`: a contribution of this person, or of a new one."""

    def make(dialogue: OnlineDialogue, title: str = "Mehr Bänke vor dem Stadthaus", **fields: Any) -> Contribution:
        defaults = {
            "user": fields.pop("user", None) or make_user(),
            "kind": "idea",
            "category": dialogue.categories.first(),
            "title": title,
            "text": "Wer wartet, möchte sitzen. Am besten im Schatten.",
        }
        return writing.contribute(dialogue=dialogue, **(defaults | fields))

    return make


@pytest.fixture
def browse() -> Callable[[Any], Client]:
    """`browse(user)`: a client signed in as this person."""

    def client(user: Any) -> Client:
        found = Client()
        found.force_login(user)
        return found

    return client
