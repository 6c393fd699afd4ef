"""Who is looking at a matter right now, so that two moderators do not work on one thing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from portal.comments.domain import queue, rights
from portal.comments.models import Matter

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User

AGAIN_AFTER = timedelta(minutes=1)


def look_at(*, user: User | AnonymousUser, matter: Matter) -> Any:
    """Notes that the moderator looks at it, for ten minutes; gives back who was there before, if anybody is.

    A hint and no lock: what decides is `version` (portal.comments.domain.moderation). Error: not_allowed.
    """
    person = rights.demand_moderator(user)
    other = queue.somebody_else(matter, person)
    now = timezone.now()
    fresh = matter.taken_by_id == person.pk and matter.taken_at is not None and now - matter.taken_at < AGAIN_AFTER
    if other is None and not fresh:
        Matter.objects.filter(pk=matter.pk).update(taken_by=person, taken_at=now)
    return other
