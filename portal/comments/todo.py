"""What `/konto/` shows of talk: the moderator's queue (portal.accounts.todo)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.todo import Door, Item
from portal.comments import permissions
from portal.comments.domain import queue


def waiting(user: Any) -> Iterable[Item]:
    if not permissions.can_moderate(user):
        return []
    found = queue.waiting(user=user)
    number = found.count()
    if not number:
        return []
    first = found.first()
    words = ngettext("%(n)s Text wartet auf Ihre Entscheidung", "%(n)s Texte warten auf Ihre Entscheidung", number)
    due = first.due_at if first else None
    return [Item(title=words % {"n": number}, url=reverse("moderation:queue"), due=due, icon="shield")]


def places(user: Any) -> Iterable[Door]:
    if permissions.can_moderate(user):
        text = _("Angehaltene und gemeldete Texte, Widersprüche")
        yield Door(title=_("Moderation"), url=reverse("moderation:queue"), text=text, icon="shield")
