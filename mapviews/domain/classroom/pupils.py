"""Members of a class: join by code with a pseudonym, come back by a code of one's own, leave, be removed.

No account, no address: a row holds the pseudonym and the hash of the return code, nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain import tokens
from mapviews.domain.classroom import words
from mapviews.domain.classroom.classes import forget_notes
from mapviews.models import Classroom, Pupil
from mapviews.permissions import can_lead_classroom
from portal import audit
from portal.comments import rules
from portal.exceptions import DomainError, NotAllowed

MOST_PUPILS = 60
NAME_LIMIT = 30


@dataclass(frozen=True)
class Joined:
    """`code` is shown to the pupil, kept in the cookie of the room, and stored as a hash."""

    pupil: Pupil
    code: str


def find_class(code: str) -> Classroom:
    """The class that takes members by this code. Raises `no_class` (404), `class_over` (409)."""
    typed = words.typed(code)
    found = Classroom.objects.filter(join_code=typed).first() if typed else None
    if found is None:
        message = _("Diesen Code gibt es nicht, oder die Klasse nimmt gerade niemanden auf. Fragen Sie Ihre Lehrkraft.")
        raise DomainError("no_class", message, field="code", status=404)
    if is_over(found):
        raise DomainError("class_over", _("Das Schuljahr dieser Klasse ist vorbei."), field="code", status=409)
    return found


def is_over(classroom: Classroom) -> bool:
    return classroom.ends_on < timezone.localdate()


def join(*, code: str, pseudonym: str) -> Joined:
    """A new member. Raises `no_class`, `class_over`, `full`, `empty`, `too_long`, `not_this_name`, `taken`."""
    classroom = find_class(code)
    name = words.line(pseudonym, NAME_LIMIT, field="pseudonym")
    if rules.hit(name) or rules.LINK.search(name):
        raise DomainError("not_this_name", _("Bitte wählen Sie einen anderen Namen."), field="pseudonym")
    with transaction.atomic():
        Classroom.objects.select_for_update().get(pk=classroom.pk)
        if classroom.pupils.count() >= MOST_PUPILS:
            raise DomainError("full", _("Diese Klasse ist voll. Fragen Sie Ihre Lehrkraft."), status=409)
        if classroom.pupils.filter(pseudonym__iexact=name).exists():
            message = _("So heißt hier schon jemand. Bitte wählen Sie einen anderen Namen.")
            raise DomainError("taken", message, field="pseudonym", status=409)
        own = words.new_code(words.RETURN_LENGTH)
        return Joined(Pupil.objects.create(classroom=classroom, pseudonym=name, token_hash=tokens.hash_token(own)), own)


def find(code: str, *, slug: str | None = None) -> Pupil | None:
    """The member with this return code (in this class), while the school year lasts."""
    typed = words.typed(code)
    if len(typed) != words.RETURN_LENGTH:
        return None
    rows = Pupil.objects.select_related("classroom").filter(token_hash=tokens.hash_token(typed))
    found = rows.filter(classroom__slug=slug).first() if slug is not None else rows.first()
    return None if found is None or is_over(found.classroom) else found


def leave(*, pupil: Pupil) -> None:
    """The pupil's own wish: pseudonym and notes are deleted for good."""
    with transaction.atomic():
        _delete(pupil)


def remove(user: Any, *, pupil: Pupil) -> None:
    """The teacher takes somebody out, with everything they wrote. Raises `not_allowed`."""
    classroom = pupil.classroom
    if not can_lead_classroom(user, classroom):
        raise NotAllowed()
    with transaction.atomic():
        _delete(pupil)
        audit.record(actor=user, action="classroom.member_removed", obj=classroom)


def _delete(pupil: Pupil) -> None:
    forget_notes(pupil.classroom.notes.filter(pupil=pupil))
    pupil.delete()
