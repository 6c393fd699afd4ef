"""Plan, change and publish an online dialogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.domain.events import free_slug, require_free_slug
from dialogues.enums import DialogueKind, EventStatus
from dialogues.models import Category, OnlineDialogue
from dialogues.models.online import MOMENTS
from dialogues.permissions import can_run
from portal import audit, cache
from portal.activity import targets
from portal.activity.domain.stream import publish as publish_activity
from portal.exceptions import DomainError, NotAllowed

FIELDS = ("kind", "title", "topic", "question", "answer_days", "project", *(field for _stage, field in MOMENTS))
LONGEST_CLOCK = 365


def create_dialogue(
    *,
    user: Any,
    title: str,
    topic: str,
    question: str,
    moments: Sequence[datetime],
    categories: Sequence[tuple[str, str]],
    kind: str = DialogueKind.TOPIC,
    answer_days: int = 28,
    project: Any = None,
    slug: str = "",
    sample: bool = False,
) -> OnlineDialogue:
    """Plans a draft. `moments` are the beginnings of the five phases in order, `categories` are (name, department).

    Raises NotAllowed, DomainError `phases_order`, `no_categories`, `answer_days` or `slug_taken`.
    """
    require_run(user)
    if slug:
        require_free_slug(slug)
    dialogue = OnlineDialogue(
        slug=slug or free_slug(title),
        kind=kind,
        title=title,
        topic=topic,
        question=question,
        answer_days=answer_days,
        project=project,
        sample=sample,
        created_by=user,
        **dict(zip((field for _stage, field in MOMENTS), moments, strict=True)),
    )
    check(dialogue)
    with transaction.atomic():
        dialogue.save()
        set_categories(dialogue, categories)
        audit.record(actor=user, action="dialogue.created", obj=dialogue, payload={"slug": dialogue.slug})
    return dialogue


def change_dialogue(
    *, user: Any, dialogue: OnlineDialogue, changes: Mapping[str, Any], categories: Sequence[tuple[str, str]]
) -> OnlineDialogue:
    """Changes fields, dates and categories; rights follow the new dates at once.

    Raises NotAllowed, DomainError `phases_order`, `no_categories`, `answer_days`, `category_used`.
    """
    require_run(user)
    for name in changes.keys() & set(FIELDS):
        setattr(dialogue, name, changes[name])
    check(dialogue)
    with transaction.atomic():
        dialogue.save()
        set_categories(dialogue, categories)
        payload = {"fields": sorted(changes.keys() & set(FIELDS))}
        audit.record(actor=user, action="dialogue.changed", obj=dialogue, payload=payload)
        transaction.on_commit(cache.invalidate)
    return dialogue


def publish_dialogue(*, user: Any, dialogue: OnlineDialogue, occurred_at: datetime | None = None) -> OnlineDialogue:
    """Makes a draft public and announces it on its project's timeline. A second call changes nothing."""
    require_run(user)
    if dialogue.is_public:
        return dialogue
    with transaction.atomic():
        dialogue.status, dialogue.published_at = EventStatus.PUBLISHED, occurred_at or timezone.now()
        dialogue.save(update_fields=["status", "published_at", "updated_at"])
        audit.record(actor=user, action="dialogue.published", obj=dialogue, payload={"slug": dialogue.slug})
        publish_activity(
            actor=user,
            verb="dialogue.opened",
            title=dialogue.title,
            url=dialogue.get_absolute_url(),
            project=dialogue.project,
            summary=dialogue.question,
            occurred_at=occurred_at,
            sample=dialogue.sample,
            topics=[targets.topic("dialogue", dialogue.slug)],
        )
    return dialogue


def set_categories(dialogue: OnlineDialogue, categories: Sequence[tuple[str, str]]) -> None:
    """Makes the dialogue's categories these; a category that holds contributions stays. Raises `no_categories`."""
    wanted = {name.strip(): department.strip() for name, department in categories if name.strip()}
    if not wanted or not all(wanted.values()):
        message = _("Bitte nennen Sie mindestens ein Thema und zu jedem Thema die zuständige Stelle.")
        raise DomainError("no_categories", message, field="categories")
    known = {category.name: category for category in dialogue.categories.all()}
    gone = [category for name, category in known.items() if name not in wanted]
    if any(category.contributions.exists() for category in gone):
        message = _("Zu einem Thema, das Sie gestrichen haben, gibt es schon Beiträge. Bitte lassen Sie es stehen.")
        raise DomainError("category_used", message, field="categories", status=409)
    for category in gone:
        category.delete()
    for position, (name, department) in enumerate(wanted.items()):
        Category.objects.update_or_create(
            dialogue=dialogue, name=name, defaults={"department": department, "position": position}
        )


def check(dialogue: OnlineDialogue) -> None:
    moments = [getattr(dialogue, field) for _stage, field in MOMENTS]
    if moments != sorted(moments) or moments[0] == moments[-1]:
        message = _("Die Phasen müssen nacheinander beginnen: informieren, sammeln, diskutieren, antworten, Ende.")
        raise DomainError("phases_order", message, field="closes_at")
    if not 1 <= dialogue.answer_days <= LONGEST_CLOCK:
        raise DomainError("answer_days", _("Bitte nennen Sie 1 bis 365 Tage."), field="answer_days")


def require_run(user: Any) -> None:
    if not can_run(user):
        raise NotAllowed
