"""Comments on the invented example projects: questions, answers of the city, a quote, a pinned one. All is sample."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from portal.accounts.models import User
from portal.comments.domain import steering, support, writing
from portal.comments.models import Comment, Thread
from projects.models import Project

Said = tuple[str, float, str]  # key of the author ("stadt" is the project lead), days ago, text
DATA = Path(__file__).resolve().parent / "data" / "talk.json"
TREES = "baumsensoren-riemekepark"
NAMES = {"a": "Anwohnerin", "b": "Nachbar", "c": "Radfahrer", "d": "Großmutter", "e": "Student"}


def build(people: Mapping[str, User]) -> None:
    """Idempotent: a comment with the same words by the same person is found again."""
    said = {key: neighbour(key, name) for key, name in NAMES.items()} | {"stadt": people["projektleitung@demo.example"]}
    for slug, talk in json.loads(DATA.read_text(encoding="utf-8")).items():
        project = Project.objects.filter(slug=slug, sample=True).select_related("thread").first()
        if project is None:
            continue
        tops = [_say(said, project.thread, each["said"], each["answers"]) for each in talk]
        for number, top in enumerate(tops):
            for key in list(NAMES)[: (3 * number + 2) % 6]:
                if said[key] != top.author:
                    support.give(user=said[key], comment=top)
        if slug == TREES:
            _quote(said["e"], project.thread, tops[-2])
            steering.pin(user=people["redaktion@demo.example"], comment=tops[0])


def _say(said: Mapping[str, User], thread: Thread, top: Said, answers: list[Said]) -> Comment:
    first = _write(said, thread, top)
    for answer in answers:
        _write(said, thread, answer, first)
    return first


def _write(said: Mapping[str, User], thread: Thread, words: Said, parent: Comment | None = None) -> Comment:
    key, days, text = words
    return writing.create(
        user=said[key],
        thread=thread,
        text=text,
        parent=parent,
        official=key == "stadt",
        sample=True,
        at=timezone.now() - timedelta(days=days),
    )


def _quote(user: Any, thread: Thread, quoted: Comment) -> None:
    text = f"Dafür bin ich auch:\n{quoted.get_absolute_url()}\nIch würde das Blatt jede Woche erneuern."
    writing.create(user=user, thread=thread, text=text, sample=True, at=timezone.now() - timedelta(days=1))


def neighbour(key: str, name: str) -> User:
    """Somebody invented, who cannot sign in."""
    address = f"beispiel-{key}@demo.example"
    found, is_new = User.objects.get_or_create(email=address, defaults={"display_name": f"{name} (Beispiel)"})
    if is_new:
        found.set_unusable_password()
        found.save(update_fields=["password"])
    return found
