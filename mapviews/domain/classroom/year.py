"""The end of the school year: a mail before, then members and notes are deleted; boxes and values stay."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from mapviews.domain.classroom.classes import forget_notes
from mapviews.models import ClassInvitation, Classroom
from portal import audit, cache
from portal.outbox.domain import queue

TOLD_BEFORE = timedelta(days=14)


def remind() -> int:
    """The periodic job: two weeks before the end each class's teacher and deputy get one mail; returns how many."""
    today, sent = timezone.localdate(), 0
    due = Classroom.objects.filter(ends_on__gte=today, ends_on__lte=today + TOLD_BEFORE, told_end_at=None)
    for classroom in due.select_related("teacher", "deputy").order_by("pk"):
        with transaction.atomic():
            if Classroom.objects.filter(pk=classroom.pk, told_end_at=None).update(told_end_at=timezone.now()):
                sent += _mail(classroom)
    return sent


def _mail(classroom: Classroom) -> int:
    people = [p for p in (classroom.teacher, classroom.deputy) if p is not None and p.is_active and p.email]
    with override("de"):
        day = formats.date_format(classroom.ends_on, "DATE_FORMAT")
        subject = _("„%(name)s“ endet am %(day)s") % {"name": classroom.name, "day": day}
        lines = [
            _("Guten Tag,"), "",
            _("am Tag danach löschen wir die Namen der Mitglieder und alle Notizen. Boxen und Messwerte bleiben."), "",
            _("Notizen vorher mitnehmen oder das Ende ändern:"),
            f"{settings.BASE_URL}{classroom.canonical_url}leiten/",
        ]  # fmt: skip
    for person in people:
        queue.enqueue(message=EmailMessage(" ".join(subject.split()), "\n".join(lines), None, [person.email]))
    return len(people)


def empty(before: date, *, dry_run: bool = False) -> int:
    """Deletes pseudonyms and notes of classes that ended before this day; returns how many rows that is."""
    total = 0
    for classroom in Classroom.objects.filter(ends_on__lt=before, emptied_at=None).order_by("pk"):
        total += classroom.pupils.count() + classroom.notes.count()
        if dry_run:
            continue
        with transaction.atomic():
            notes, pupils = classroom.notes.count(), classroom.pupils.count()
            forget_notes(classroom.notes.all())
            classroom.pupils.all().delete()
            ClassInvitation.objects.filter(classroom=classroom).delete()
            Classroom.objects.filter(pk=classroom.pk).update(emptied_at=timezone.now(), join_code=None)
            audit.record(
                actor=None, action="classroom.emptied", obj=classroom, payload={"members": pupils, "notes": notes}
            )
            transaction.on_commit(cache.invalidate)
    return total
