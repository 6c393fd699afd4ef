"""Publish pages by code: the way the demo and commands take; editors use Wagtail's own views."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db import transaction

from portal.cms.models import BasePage
from portal.exceptions import NotAllowed

P = TypeVar("P", bound=BasePage)


def publish_page(*, user: Any, page: P, parent: BasePage | None = None) -> P:
    """Puts a new page below `parent` (or keeps a known one where it is) and publishes it as a revision of `user`.

    Effects as by hand: Wagtail's log, its signals (news, cache, search index). Raises NotAllowed.
    """
    where = parent if page.pk is None else page
    if where is None or (not where.permissions_for_user(user).can_publish_subpage() and page.pk is None):
        raise NotAllowed()
    if page.pk is not None and not page.permissions_for_user(user).can_publish():
        raise NotAllowed()
    with transaction.atomic():
        if page.pk is None:
            page.live = False
            page.owner = user
            where.add_child(instance=page)
        page.full_clean()
        page.save_revision(user=user, log_action=True).publish(user=user)
    page.refresh_from_db()
    return page
