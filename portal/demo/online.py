"""The Stadthaus-Dialog of the strategy paper (chapter 6.4) and a conversion process, through the domain functions.

The paper names both formats. Every contribution, person, support, poll and answer is invented and marked as
Beispieldaten; answers attach only to invented projects. One answer is overdue on purpose, so that one sees it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from dialogues.domain.online import answers, dialogues, harvesting, merging, polls, proposals, support, writing
from dialogues.models import Category, Contribution, OnlineDialogue, Result
from portal.accounts.models import User
from portal.cms.models import ContactSettings
from projects.domain.life import add_milestone
from projects.models import Milestone, Project

CONTENT = Path(__file__).parent / "data" / "contributions.json"
MODERATOR, EDITOR, CITIZEN = "moderation@demo.example", "redaktion@demo.example", "buergerin@demo.example"
MILESTONE = "Probe: Sprechstunde per Video am Abend"


def build(people: Mapping[str, Any]) -> None:
    """Adds each dialogue that is not there yet; what exists stays as it is."""
    content = json.loads(CONTENT.read_text(encoding="utf-8"))
    contact()
    crowd = [person(number, name) for number, name in enumerate(content["people"], 1)]
    for words in content["dialogues"]:
        if not OnlineDialogue.objects.filter(slug=words["slug"]).exists():
            Scene(people, crowd, words).play()
    propose(people)


def contact() -> None:
    settings = ContactSettings.load()
    if not settings.phone:
        settings.phone, settings.phone_hours = "05251 000-0 (Beispielnummer)", "montags bis freitags, 8 bis 16 Uhr"
        settings.address = "Stadt Paderborn, Stadthaus-Dialog (Beispiel), Am Abdinghof 11, 33098 Paderborn"
        settings.save()


def person(number: int, name: str) -> User:
    """An invented resident without a password: nobody signs in as them."""
    address = f"einwohner{number}@demo.example"
    return User.objects.filter(email=address).first() or User.objects.create_user(email=address, display_name=name)


class Scene:
    """One dialogue with everything in it."""

    def __init__(self, people: Mapping[str, Any], crowd: list[User], words: dict[str, Any]) -> None:
        self.staff, self.editor, self.citizen = people[MODERATOR], people[EDITOR], people[CITIZEN]
        self.crowd, self.words = crowd, words
        self.now = timezone.now()
        self.project = Project.objects.filter(slug=words["project"]).first() if words["project"] else None
        self.milestone: Milestone | None = None

    def play(self) -> None:
        self.dialogue = dialogues.create_dialogue(
            user=self.staff,
            slug=self.words["slug"],
            kind=self.words["kind"],
            title=self.words["title"],
            topic=self.words["topic"],
            question=self.words["question"],
            moments=[self.moment(days) for days in self.words["starts"]],
            categories=[(name, department) for name, department in self.words["categories"]],
            answer_days=self.words["answer_days"],
            project=self.project,
            sample=True,
        )
        dialogues.publish_dialogue(
            user=self.staff, dialogue=self.dialogue, occurred_at=self.moment(self.words["starts"][0])
        )
        self.categories: list[Category] = list(self.dialogue.categories.all())
        for words in self.words["contributions"]:
            self.contribute(words)
        for words in self.words["offline"]:
            self.record(words)
        for words in self.words["contributions"]:
            if "merge" in words:
                into = Contribution.objects.get(dialogue=self.dialogue, title=words["merge"])
                twin = Contribution.objects.get(dialogue=self.dialogue, title=words["title"])
                merging.merge(user=self.staff, duplicate=twin, into=into)
        self.ask()
        self.harvest()

    def moment(self, days: int) -> datetime:
        return self.now + timedelta(days=days)

    def contribute(self, words: dict[str, Any]) -> None:
        contribution = writing.contribute(
            user=self.crowd[words["by"]],
            dialogue=self.dialogue,
            kind=words["kind"],
            category=self.categories[words["category"]],
            title=words["title"],
            text=words["text"],
            place=words.get("place", ""),
            sample=True,
            at=self.moment(words["days"]),
        )
        self.follow_up(contribution, words)

    def record(self, words: dict[str, Any]) -> None:
        contribution = writing.record(
            user=self.staff,
            dialogue=self.dialogue,
            channel=words["channel"],
            received_at=self.moment(words["days"]),
            kind=words["kind"],
            category=self.categories[words["category"]],
            title=words["title"],
            text=words["text"],
            sample=True,
        )
        self.follow_up(contribution, words)

    def follow_up(self, contribution: Contribution, words: dict[str, Any]) -> None:
        """Supports of the invented residents (at most eight), then the answers in their order."""
        others = [one for one in [*self.crowd, self.citizen] if one.pk != contribution.author_id]
        for one in others[: words["supports"]]:
            support.give(user=one, contribution=contribution, sample=True)
        for given in words.get("answers", []):
            answers.answer(
                user=self.editor,
                contribution=contribution,
                status=given["status"],
                reason=given["reason"],
                due=self.moment(given["due"]).date() if "due" in given else None,
                milestone=self.step() if given.get("milestone") else None,
                department=contribution.department,
                sample=True,
                at=self.moment(given["days"]),
            )

    def step(self) -> Milestone | None:
        """The milestone of the invented project in which an idea lives on."""
        if self.project is None:
            return None
        known = Milestone.objects.filter(project=self.project, title=MILESTONE).first()
        on = (self.now + timedelta(days=45)).date()
        return known or add_milestone(self.editor, project=self.project, title=MILESTONE, on=on, sample=True)

    def ask(self) -> None:
        for words in self.words["polls"]:
            polls.ask(user=self.staff, dialogue=self.dialogue, sample=True, **words)
            poll = self.dialogue.polls.prefetch_related("options").latest("pk")
            for option, one in zip(poll.options.all(), self.crowd, strict=False):
                polls.vote(user=one, poll=poll, choices=[option.pk], sample=True)

    def harvest(self) -> None:
        words = self.words.get("harvest")
        result = (
            Result.objects.filter(event__slug=words["event"], published_at__isnull=False).first() if words else None
        )
        if result is not None and words is not None:
            category = self.categories[words["category"]]
            harvesting.adopt(user=self.staff, dialogue=self.dialogue, result=result, category=category)


def propose(people: Mapping[str, Any]) -> None:
    """A club's proposal that waits for the staff."""
    from dialogues.models import EventProposal

    if EventProposal.objects.filter(sample=True).exists():
        return
    begin = timezone.localtime().replace(hour=15, minute=0, second=0, microsecond=0) + timedelta(days=21)
    proposals.propose(
        user=people[CITIZEN],
        organiser="Nachbarschaftsverein Riemeke (Beispiel)",
        title="Offenes Messen: Wir bauen Sensoren",
        topic="Mit Lötkolben und Anleitung baut jede Gruppe einen Sensor für Temperatur und Feuchte. Material ist da.",
        starts_at=begin,
        ends_at=begin + timedelta(hours=3),
        venue="Bürgertreff im Riemekeviertel (Beispiel)",
        accessibility="Stufenlos, Toilette für Rollstuhlfahrende im Erdgeschoss.",
        sample=True,
    )
