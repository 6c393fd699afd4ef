"""Dialogues, contributions and series of events as things one follows (portal.activity.targets)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from dialogues.models import Contribution, OnlineDialogue, Series
from portal.activity.targets import Subject


def dialogues(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    """By slug, those this person may see."""
    rows = OnlineDialogue.objects.visible_to(user).filter(slug__in=ids)
    return {row.slug: Subject(row.title, row.get_absolute_url()) for row in rows}


def contributions(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    """By receipt, those this person may see."""
    rows = Contribution.objects.visible_to(user).filter(receipt__in=ids).select_related("dialogue")
    return {row.receipt: Subject(row.title, row.get_absolute_url()) for row in rows}


def series(user: Any, ids: Collection[str]) -> dict[str, Subject]:
    """By slug, those this person may see."""
    rows = Series.objects.visible_to(user).filter(slug__in=ids)
    return {row.slug: Subject(row.title, row.get_absolute_url()) for row in rows}
