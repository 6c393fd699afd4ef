"""Publish what happened."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from portal.activity.enums import Audience
from portal.activity.models import Activity


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
) -> Activity:
    """Adds one line to the public event log, inside the caller's transaction.

    `verb` is a registered key such as `comment.created` (portal.activity.verbs); `title` and `url` are those of the object
    at that time; `project` is the `projects.Project` on whose timeline it stands, or None. `actor` is not shown.
    """
    return Activity.objects.create(
        actor=actor if getattr(actor, "pk", None) else None,
        verb=verb,
        title=title,
        url=url,
        project=project,
        summary=summary,
        audience=audience,
        occurred_at=occurred_at or timezone.now(),
        sample=sample,
    )
