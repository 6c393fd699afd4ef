"""Groups of readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from portal import audit
from portal.exceptions import NotAllowed
from portal.newsletter.models import Segment

if TYPE_CHECKING:
    from portal.accounts.models import User


def add(*, user: User, title: str, slug: str, text: str = "", active: bool = True) -> Segment:
    """Adds a group that people may join. Audited as `newsletter.segment_added`. Raises NotAllowed."""
    if not user.has_perm("newsletter.send_newsletter"):
        raise NotAllowed
    with transaction.atomic():
        found = Segment.objects.create(title=title, slug=slug, text=text, active=active)
        audit.record(actor=user, action="newsletter.segment_added", obj=found, payload={"slug": slug})
    return found
