"""What classes keep about people: the teacher's part, invitations, and when pseudonyms and notes go."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mapviews.domain.classroom import classes, deputy, year
from mapviews.models import ClassInvitation, ClassNote, Classroom
from portal.accounts.domain import personal, privacy
from portal.accounts.domain.personal import Column
from portal.rest import timestamp

COLUMNS = {
    "mapviews.Classroom.teacher": Column("classrooms"),
    "mapviews.Classroom.deputy": Column("classrooms"),
    "mapviews.ClassNote.author": Column("classrooms"),
    "mapviews.ClassInvitation.offered_by": Column("classrooms"),
    "mapviews.ClassInvitation.email": Column("classrooms"),
    "mapviews.Pupil.pseudonym": Column(
        stays=True, reason="a name for one school year, without account; nothing tells whose it was"
    ),
}


def register() -> None:
    personal.register(COLUMNS)
    privacy.register_export("classrooms", export, _("Klassen und Gruppen, die Sie leiten"))
    privacy.register_erasure("classrooms", erase, preview)
    privacy.register_retention("classroom_texts", _("Namen und Notizen von Klassen"), days=1, run=forget)


def export(user: Any) -> Iterable[dict[str, Any]]:
    """Classes of the person and her own notes; those of members are the class's export."""
    for classroom in Classroom.objects.led_by(user).order_by("pk"):
        yield {
            "name": classroom.name,
            "description": classroom.description,
            "part": "teacher" if classroom.teacher_id == user.pk else "deputy",
            "url": classroom.canonical_url,
            "ends_on": classroom.ends_on.isoformat(),
            "created_at": timestamp(classroom.created_at),
        }
    for note in ClassNote.objects.filter(author=user).order_by("pk"):
        yield {"note": note.text, "at": timestamp(note.created_at)}
    for one in _invitations(user).select_related("classroom"):
        mine = one.offered_by_id == user.pk
        yield {"name": one.classroom.name, "invitation": "made" if mine else "received"}


def _invitations(user: Any) -> Any:
    return ClassInvitation.objects.filter(Q(offered_by=user) | Q(email__iexact=user.email))


def preview(user: Any) -> Iterable[privacy.Fate]:
    own = Classroom.objects.filter(teacher=user)
    stay = _("gehen mit ihren Boxen an die Vertretung")
    yield privacy.Fate(_("Klassen und Gruppen mit Vertretung"), own.exclude(deputy=None).count(), stay)
    yield privacy.Fate(_("Klassen und Gruppen ohne Vertretung, mit allen Notizen"), own.filter(deputy=None).count())


def erase(user: Any) -> int:
    """A class goes to its deputy, or ends. Runs before the stations are erased ("classrooms" < "stations")."""
    _invitations(user).delete()
    found = list(Classroom.objects.filter(teacher=user).select_related("teacher", "deputy"))
    for classroom in found:
        if classroom.deputy_id and classroom.deputy is not None and classroom.deputy.is_active:
            deputy.hand_over(classroom)
        else:
            classes.remove(classroom)
    left = Classroom.objects.filter(deputy=user).update(deputy=None)
    return len(found) + left + ClassNote.objects.filter(author=user).update(author=None)


def forget(before: datetime, dry_run: bool) -> int:
    """One day: the last day of the school year is still the class's own; on the next everything goes."""
    return year.empty(timezone.localdate(before) + timedelta(days=1), dry_run=dry_run)
