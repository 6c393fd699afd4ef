"""Notes at a moment or span of a channel: written by members, decided by the teacher, released to everyone or not."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain.classroom import moderation, words
from mapviews.domain.classroom.classes import forget_notes
from mapviews.domain.classroom.pupils import is_over
from mapviews.domain.ingest.batch import now_ms
from mapviews.enums import NoteRelease, NoteState, Publicity
from mapviews.models import Channel, ClassBox, ClassNote, Classroom, Pupil
from mapviews.permissions import can_lead_classroom
from portal import audit
from portal.comments import rules
from portal.exceptions import DomainError, NotAllowed

TEXT_LIMIT = 280
MOST_NOTES, MOST_AN_HOUR = 1000, 20
LONGEST = 31 * 86_400_000  # ms
AHEAD = 3_600_000
EARLIEST = 946_684_800_000  # 2000, as for values


def write(
    *,
    classroom: Classroom,
    channel: Channel,
    text: str,
    starts: datetime,
    ends: datetime | None = None,
    pupil: Pupil | None = None,
    user: Any = None,
) -> ClassNote:
    """A member's or the teacher's note. The class sees it at once, or after the teacher looked (setting, rule hit).

    Raises `not_allowed`, `class_over`, `no_box`, `daily_only`, `empty`, `too_long`, `links`, `bad_time`, `too_many`.
    """
    leads = pupil is None and can_lead_classroom(user, classroom)
    if not leads and (pupil is None or pupil.classroom_id != classroom.pk):
        raise NotAllowed()
    if is_over(classroom):
        raise DomainError("class_over", _("Das Schuljahr dieser Klasse ist vorbei."), status=409)
    box = ClassBox.objects.live().select_related("station").filter(classroom=classroom, station=channel.station_id)
    found = box.first()
    if found is None:
        raise DomainError("no_box", _("Diese Box gehört nicht zur Klasse."), status=404)
    if not found.class_sees_every and not leads:
        message = _("Diese Box steht in einer Wohnung. Hier schreiben wir nichts auf: Es würde zeigen, wer da ist.")
        raise DomainError("daily_only", message)
    text = words.line(text, TEXT_LIMIT, field="text")
    if rules.LINK.search(text):
        raise DomainError("links", _("Bitte keine Links und keine Mail-Adressen."), field="text")
    first, last = _times(starts, ends)
    _demand_room(classroom, pupil)
    rule = rules.hit(text)
    shown = leads or (not classroom.approve_first and rule is None)
    return ClassNote.objects.create(
        classroom=classroom,
        channel=channel,
        pupil=pupil,
        author=user if leads else None,
        starts=first,
        ends=last,
        text=text,
        state=NoteState.SHOWN if shown else NoteState.WAITING,
    )


def _times(starts: datetime, ends: datetime | None) -> tuple[int, int | None]:
    first = int(starts.timestamp() * 1000)
    last = int(ends.timestamp() * 1000) if ends else None
    if not EARLIEST <= first <= now_ms() + AHEAD:
        raise DomainError("bad_time", _("Bitte wählen Sie eine Zeit, zu der gemessen wurde."), field="starts")
    if last is not None and not first < last <= first + LONGEST:
        message = _("Das Ende liegt nach dem Anfang, höchstens 31 Tage später.")
        raise DomainError("bad_time", message, field="ends")
    return first, last


def _demand_room(classroom: Classroom, pupil: Pupil | None) -> None:
    if classroom.notes.count() >= MOST_NOTES:
        raise DomainError("too_many", _("Die Klasse hat sehr viele Notizen. Bitte löschen Sie alte."), status=409)
    if pupil is not None:
        lately = pupil.notes.filter(created_at__gte=timezone.now() - timedelta(hours=1)).count()
        if lately >= MOST_AN_HOUR:
            raise DomainError("too_many", _("Das waren viele Notizen. Bitte warten Sie eine Stunde."), status=429)


def readable(classroom: Classroom, *, pupil: Pupil | None) -> Any:
    """What a member reads: what the class sees, and one's own waiting notes. `pupil` None: the teacher, everything."""
    rows = classroom.notes.select_related("pupil", "author", "channel__phenomenon", "channel__station").exclude(text="")
    if pupil is None:
        return rows
    mine = Q(pupil=pupil) & ~Q(release=NoteRelease.WITHDRAWN)
    return rows.filter(Q(state=NoteState.SHOWN) | mine)


def public(classroom: Classroom) -> Any:
    """Released notes at stations whose every value is public: a note at home could tell who was there."""
    return classroom.notes.filter(
        release=NoteRelease.PUBLIC,
        channel__station__in=ClassBox.objects.live()
        .filter(classroom=classroom, station__publicity=Publicity.PUBLIC)
        .values("station"),
    ).select_related("channel__phenomenon", "channel__station")


def show(user: Any, *, note: ClassNote) -> None:
    """The class sees it. Raises `not_allowed`, `withdrawn`."""
    _demand(user, note)
    with transaction.atomic():
        note.state = NoteState.SHOWN
        note.save(update_fields=["state"])
        audit.record(actor=user, action="class_note.approved", obj=note.classroom)


def hide(user: Any, *, note: ClassNote) -> None:
    """Nobody but the teacher sees it. Raises `not_allowed`."""
    _demand(user, note)
    with transaction.atomic():
        moderation.unpublish(note)
        note.state = NoteState.HIDDEN
        note.save(update_fields=["state"])
        audit.record(actor=user, action="class_note.hidden_by_teacher", obj=note.classroom)


def publish(user: Any, *, note: ClassNote) -> None:
    """Everyone sees it on the class's public page, without the pseudonym.

    Raises `not_allowed`, `withdrawn`, `not_public`, `not_at_homes`.
    """
    _demand(user, note)
    if not note.classroom.is_public:
        raise DomainError("not_public", _("Die Klasse hat keine öffentliche Seite."), status=409)
    if note.channel.station.publicity != Publicity.PUBLIC or not note.channel.station.is_public:
        message = _("Notizen zu nicht öffentlichen Boxen und zu Innenräumen veröffentlichen wir nicht.")
        raise DomainError("not_at_homes", message, status=409)
    with transaction.atomic():
        note.state = NoteState.SHOWN
        note.save(update_fields=["state"])
        moderation.publish(note)
        audit.record(actor=user, action="class_note.published", obj=note.classroom)


def unpublish(user: Any, *, note: ClassNote) -> None:
    """Back into the class. Raises `not_allowed`, `withdrawn`."""
    _demand(user, note)
    with transaction.atomic():
        moderation.unpublish(note)
        audit.record(actor=user, action="class_note.unpublished", obj=note.classroom)


def report(*, pupil: Pupil, note: ClassNote) -> None:
    """A member finds it hurtful: it waits for the teacher. Raises `not_allowed`."""
    if pupil.classroom_id != note.classroom_id or note.state != NoteState.SHOWN:
        raise NotAllowed()
    if note.author_id is not None:
        raise NotAllowed(_("Diese Notiz ist von der Lehrkraft."))
    with transaction.atomic():
        moderation.unpublish(note)
        note.state = NoteState.WAITING
        note.save(update_fields=["state"])


def delete(*, note: ClassNote, pupil: Pupil | None = None, user: Any = None) -> None:
    """By its writer or the teacher, for good. Raises `not_allowed`."""
    own = pupil is not None and note.pupil_id == pupil.pk
    leads = can_lead_classroom(user, note.classroom)
    if not own and not leads:
        raise NotAllowed()
    with transaction.atomic():
        if leads:
            audit.record(actor=user, action="class_note.removed", obj=note.classroom)
        forget_notes(ClassNote.objects.filter(pk=note.pk))


def _demand(user: Any, note: ClassNote) -> None:
    if not can_lead_classroom(user, note.classroom):
        raise NotAllowed()
    if note.release in (NoteRelease.WITHDRAWN, NoteRelease.HELD) and not note.text:
        raise DomainError("withdrawn", _("Diese Notiz hat die Moderation gelöscht."), status=409)
    if note.release == NoteRelease.WITHDRAWN:
        raise DomainError("withdrawn", _("Diese Notiz hat die Moderation zurückgenommen."), status=409)
