"""Publish what happened, take it back from the public, and tell one person something."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal import cache
from portal.activity import targets
from portal.activity.enums import Audience
from portal.activity.models import Activity, ActivityTopic, Notification, Topic
from portal.text import normalise


def publish(
    *,
    actor: Any,
    verb: str,
    title: str,
    url: str,
    project: Any = None,
    summary: str = "",
    audience: str = Audience.PUBLIC,
    occurred_at: datetime | None = None,
    sample: bool = False,
    topics: Iterable[str] = (),
) -> Activity:
    """Adds one line to the public event log, inside the caller's transaction.

    `verb` is a registered key such as `comment.created` (portal.activity.verbs); `title` and `url` are those of the
    object at that time; `project` is the `projects.Project` on whose timeline it stands, or None. `actor` is not shown.
    Names of private persons do not belong into `title` or `summary`: the log outlives their accounts.
    `topics` names what else it belongs to (`targets.topic("dialogue", pk)`), so that its followers hear of it; the
    project, its area and its district are added here. The page cache is emptied on commit.
    """
    transaction.on_commit(cache.invalidate)
    activity = Activity.objects.create(
        actor=actor if getattr(actor, "pk", None) else None,
        verb=verb,
        title=_line(title, 255),
        url=url,
        project=project,
        summary=_line(summary, 500),
        audience=audience,
        occurred_at=occurred_at or timezone.now(),
        sample=sample,
    )
    _assign(activity, {*topics, *(targets.of_project(project) if project is not None else ())})
    return activity


def withdraw(*, url: str) -> int:
    """Takes every line about the object at `url` from the public (it was hidden); staff see it. Returns how many."""
    transaction.on_commit(cache.invalidate)
    return Activity.objects.filter(url=url).update(audience=Audience.STAFF)


def reinstate(*, url: str) -> int:
    """Shows the lines about `url` to the public again."""
    transaction.on_commit(cache.invalidate)
    return Activity.objects.filter(url=url).update(audience=Audience.PUBLIC)


def notify(*, user: Any, verb: str, title: str, url: str, summary: str = "", sample: bool = False) -> Notification:
    """Puts a note into the person's list at /konto/neuigkeiten/; mail follows by her wish (default: weekly)."""
    return Notification.objects.create(
        user=user, verb=verb, title=_line(title, 255), url=url, summary=_line(summary, 500), sample=sample
    )


def _assign(activity: Activity, keys: set[str]) -> None:
    """At most three queries, whatever the number of topics."""
    if not keys:
        return
    known = dict(Topic.objects.filter(key__in=keys).values_list("key", "pk"))
    if missing := keys - known.keys():
        Topic.objects.bulk_create([Topic(key=key) for key in sorted(missing)], ignore_conflicts=True)
        known = dict(Topic.objects.filter(key__in=keys).values_list("key", "pk"))
    now = timezone.now()
    ActivityTopic.objects.bulk_create(
        [ActivityTopic(activity=activity, topic_id=known[key], at=now) for key in sorted(keys)]
    )


def _line(words: Any, length: int) -> str:
    """One line without control characters, which feeds and mails cannot carry."""
    return " ".join(normalise(str(words)).split())[:length]
