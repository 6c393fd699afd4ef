"""The refusals that several acts share, in plain words, and the texts they check."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.models import Contribution, OnlineDialogue
from portal.comments.domain import rights
from portal.exceptions import DomainError
from portal.text import normalise

if TYPE_CHECKING:
    from portal.accounts.models import User

PER_MINUTE, PER_DAY = 3, 20


def demand_sign_in(user: Any) -> User:
    return rights.demand_sign_in(user)


def demand_voice(user: Any) -> User:
    """Signed in and not blocked by the moderation."""
    return rights.demand_may_write(user)


def demand_dialogue(user: Any, dialogue: OnlineDialogue) -> None:
    """404 where the dialogue is not there for this person."""
    if not OnlineDialogue.objects.visible_to(user).filter(pk=dialogue.pk).exists():
        raise DomainError("no_dialogue", _("Diesen Dialog gibt es nicht."), status=404)


def demand_stage(allowed: bool, dialogue: OnlineDialogue) -> None:
    """409 where the phase does not allow the act; says which phase holds now."""
    if not allowed:
        message = _("Das geht in dieser Phase nicht mehr oder noch nicht. Jetzt gilt: %(stage)s.")
        raise DomainError("wrong_stage", message % {"stage": dialogue.stage.label}, status=409)


def fresh(dialogue: OnlineDialogue) -> OnlineDialogue:
    """The dates as they are now: an editor may have moved them since the page was loaded."""
    return OnlineDialogue.objects.select_related("project").get(pk=dialogue.pk)


def locked(contribution: Contribution) -> Contribution:
    """The row as it is now, locked to the end of the transaction."""
    rows = Contribution.objects.select_for_update(of=("self",)).select_related("dialogue__project", "author", "thread")
    return rows.get(pk=contribution.pk)


def words(text: str, most: int, *, field: str) -> str:
    """The normalised text. Raises DomainError `empty` or `too_long` before anything looks inside it."""
    if len(text) > most * 4:
        raise too_long(len(text), most, field)
    text = normalise(text)
    if not text:
        raise DomainError("empty", _("Bitte schreiben Sie etwas."), field=field)
    if len(text) > most:
        raise too_long(len(text), most, field)
    return text


def line(text: str, most: int, *, field: str) -> str:
    """Like `words`, on one line: titles stand in subjects of mails and in feeds."""
    return " ".join(words(text, most, field=field).split())


def too_long(length: int, most: int, field: str) -> DomainError:
    message = _("Der Text ist zu lang: %(length)s Zeichen, möglich sind %(most)s.")
    return DomainError("too_long", message % {"length": length, "most": most}, field=field)


def demand_no_links(user: User, text: str) -> None:
    """New accounts post no links and no addresses of mail; those who enter for others or answer may."""
    if not (permissions.can_record(user) or permissions.can_answer_somewhere(user)):
        rights.demand_no_links(user, text)


def demand_pace(user: User) -> None:
    now = timezone.now()
    mine = Contribution.objects.filter(author=user)
    if (
        mine.filter(created_at__gte=now - timedelta(minutes=1))[:PER_MINUTE].count() >= PER_MINUTE
        or mine.filter(created_at__gte=now - timedelta(days=1))[:PER_DAY].count() >= PER_DAY
    ):
        message = _("Das waren viele Beiträge in kurzer Zeit. Bitte warten Sie etwas; Ihr Text bleibt stehen.")
        raise DomainError("too_fast", message, status=429)


def due_after(received: datetime, days: int) -> datetime:
    """The end of the day, local time, so many days after a contribution came in."""
    day = timezone.localtime(received).date() + timedelta(days=days)
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))
