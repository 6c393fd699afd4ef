"""The city's moderation of what a class shows to everyone: its name and description, and released notes.

Inside the class the teacher decides; a text comes before the moderation when it is to be public.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mapviews.enums import NoteRelease, NoteState
from mapviews.models import ClassNote, Classroom
from portal import audit, cache
from portal.activity.domain import stream
from portal.comments import rules
from portal.comments.domain import matters
from portal.comments.enums import Measure, State
from portal.comments.kinds import Kind, Piece
from portal.exceptions import DomainError

CLASS_KEY, NOTE_KEY, ROLE = "classroom", "class_note", "moderator"
RELEASES = {
    NoteRelease.PUBLIC: State.VISIBLE,
    NoteRelease.HELD: State.HELD,
    NoteRelease.WITHDRAWN: State.HIDDEN,
    NoteRelease.NONE: State.HIDDEN,
}


class ClassroomKind(Kind):
    """Name and description of a class; hiding them takes the public page away, the class goes on."""

    slug = "klassen"
    label = gettext_lazy("Seite einer Klasse")
    the = gettext_lazy("Die Seite der Klasse")
    your = gettext_lazy("Die Seite Ihrer Klasse")

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        numbers = [int(key) for key in keys if key.isdecimal() and len(key) < 18]
        rows = Classroom.objects.filter(pk__in=numbers).select_related("teacher", "project")
        return {str(one.pk): class_piece(one) for one in rows}

    def lock(self, key: str) -> Piece | None:
        found = _class(key)
        return class_piece(found) if found else None

    def visible_to(self, key: str, user: Any) -> bool:
        return key.isdecimal() and len(key) < 18 and Classroom.objects.visible_to(user).filter(pk=key).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        found = _withhold(key, until=None)
        audit.record(actor=user, action="classroom.hidden", obj=found, role=ROLE, payload={"reason": reason})

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        audit.record(actor=user, action="classroom.held", obj=_withhold(key, until=until), role=ROLE)

    def show(self, key: str, *, user: Any) -> None:
        found = _demand_class(key)
        found.withheld, found.held_until = False, None
        found.save(update_fields=["withheld", "held_until", "updated_at"])
        if found.is_public:
            stream.reinstate(url=found.canonical_url)
        audit.record(actor=user, action="classroom.shown", obj=found, role=ROLE)
        transaction.on_commit(cache.invalidate)

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        found = _withhold(key, until=None)
        found.name, found.description = _("Klasse %(number)s") % {"number": found.pk}, ""
        found.save(update_fields=["name", "description"])
        audit.record(actor=user, action="classroom.text_deleted", obj=found, role=ROLE, payload={"reason": reason})


class ClassNoteKind(Kind):
    """Released notes. Their writers have no account: nobody to warn or to block."""

    slug = "klassennotizen"
    label = gettext_lazy("Notiz einer Klasse")
    the = gettext_lazy("Die Notiz")
    your = gettext_lazy("Ihre Notiz")
    measures = frozenset({Measure.HIDE, Measure.RESTORE, Measure.KEEP, Measure.DELETE})

    def pieces(self, keys: Sequence[str]) -> dict[str, Piece]:
        known = [uuid for key in keys if (uuid := _uuid(key))]
        return {str(note.uuid): note_piece(note) for note in _notes().filter(uuid__in=known)}

    def lock(self, key: str) -> Piece | None:
        note = _note(key)
        return note_piece(note) if note else None

    def visible_to(self, key: str, user: Any) -> bool:
        """Everyone sees what is released on a public page; nobody reports the rest, which only the class reads."""
        note = _note(key)
        if note is None or note.release != NoteRelease.PUBLIC:
            return False
        return Classroom.objects.public().filter(pk=note.classroom_id).exists()

    def hide(self, key: str, *, user: Any, reason: str) -> None:
        note = _set(_demand_note(key), NoteRelease.WITHDRAWN, NoteState.HIDDEN)
        audit.record(actor=user, action="class_note.hidden", obj=note.classroom, role=ROLE, payload={"reason": reason})

    def hold(self, key: str, *, user: Any, until: datetime) -> None:
        note = _set(_demand_note(key), NoteRelease.HELD, NoteState.WAITING, until)
        audit.record(actor=user, action="class_note.held", obj=note.classroom, role=ROLE)

    def show(self, key: str, *, user: Any) -> None:
        note = _demand_note(key)
        if not note.text:
            raise DomainError("gone", _("Dieser Text ist gelöscht."), status=409)
        _set(note, NoteRelease.PUBLIC, NoteState.SHOWN)
        audit.record(actor=user, action="class_note.shown", obj=note.classroom, role=ROLE)

    def delete(self, key: str, *, user: Any, reason: str) -> None:
        note = _set(_demand_note(key), NoteRelease.WITHDRAWN, NoteState.HIDDEN)
        note.text = ""
        note.save(update_fields=["text"])
        audit.record(actor=user, action="class_note.deleted", obj=note.classroom, role=ROLE, payload={"reason": reason})


def check_classroom(classroom: Classroom) -> None:
    """Its texts become public or changed: a rule hit withholds the page; the queue learns of it."""
    rule = None if classroom.sample else rules.hit(f"{classroom.name}\n{classroom.description}")
    if rule or classroom.held_until:
        classroom.withheld = rule is not None
        classroom.held_until = rules.decided_by(timezone.now()) if rule else None
        classroom.save(update_fields=["withheld", "held_until"])
    state = State.HELD if rule else State.HIDDEN if classroom.withheld else State.VISIBLE
    matters.written(
        kind=CLASS_KEY,
        key=classroom.pk,
        author=classroom.teacher,
        state=state,
        rule=rule.key if rule else "",
        held_until=classroom.held_until,
        sample=classroom.sample,
    )


def publish(note: ClassNote) -> None:
    """The teacher releases a note: a rule hit holds it for the moderation; inside the caller's transaction."""
    rule = None if note.classroom.sample else rules.hit(note.text)
    until = rules.decided_by(timezone.now()) if rule else None
    note.release, note.held_until = (NoteRelease.HELD if rule else NoteRelease.PUBLIC), until
    note.save(update_fields=["release", "held_until"])
    matters.written(
        kind=NOTE_KEY,
        key=note.uuid,
        author=None,
        state=State.HELD if rule else State.VISIBLE,
        rule=rule.key if rule else "",
        held_until=until,
        sample=note.classroom.sample,
    )
    transaction.on_commit(cache.invalidate)


def unpublish(note: ClassNote) -> None:
    """Back into the class alone; what the moderation withdrew stays withdrawn."""
    if note.release in (NoteRelease.PUBLIC, NoteRelease.HELD):
        note.release, note.held_until = NoteRelease.NONE, None
        note.save(update_fields=["release", "held_until"])
        matters.vanished(kind=NOTE_KEY, key=note.uuid)
        transaction.on_commit(cache.invalidate)


def class_piece(classroom: Classroom) -> Piece:
    """`classroom.teacher` and `.project` must be at hand."""
    state = State.VISIBLE
    if classroom.withheld:
        state = State.HELD if classroom.held_until else State.HIDDEN
    return Piece(
        key=str(classroom.pk),
        text=f"{classroom.name}\n\n{classroom.description}".strip(),
        title=classroom.name,
        url=classroom.canonical_url,
        state=state,
        created_at=classroom.created_at,
        author=classroom.teacher,
        author_name=classroom.teacher.public_name,
        project=classroom.project,
        sample=classroom.sample,
    )


def note_piece(note: ClassNote) -> Piece:
    """Without the pseudonym: it belongs to the class. `note.classroom.project` must be at hand."""
    return Piece(
        key=str(note.uuid),
        text=note.text,
        title=note.classroom.name,
        url=f"{note.classroom.canonical_url}#notizen",
        state=RELEASES[NoteRelease(note.release)] if note.text else State.DELETED,
        created_at=note.created_at,
        author_name=str(_("Jemand aus der Klasse")),
        project=note.classroom.project,
        sample=note.classroom.sample,
    )


def moment(ts: int) -> datetime:
    return datetime.fromtimestamp(ts / 1000, tz=UTC)


def _withhold(key: str, *, until: datetime | None) -> Classroom:
    found = _demand_class(key)
    found.withheld, found.held_until = True, until
    found.save(update_fields=["withheld", "held_until", "updated_at"])
    stream.withdraw(url=found.canonical_url)
    transaction.on_commit(cache.invalidate)
    return found


def _set(note: ClassNote, release: str, state: str, until: datetime | None = None) -> ClassNote:
    note.release, note.state, note.held_until = release, state, until
    note.save(update_fields=["release", "state", "held_until"])
    transaction.on_commit(cache.invalidate)
    return note


def _class(key: str) -> Classroom | None:
    if not key.isdecimal() or len(key) > 17:
        return None
    rows = Classroom.objects.select_for_update(of=("self",)).select_related("teacher", "project")
    return rows.filter(pk=key).first()


def _demand_class(key: str) -> Classroom:
    found = _class(key)
    if found is None:
        raise matters.gone()
    return found


def _notes() -> Any:
    return ClassNote.objects.select_related("classroom__project")


def _uuid(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _note(key: str) -> ClassNote | None:
    uuid = _uuid(key)
    return _notes().filter(uuid=uuid).first() if uuid else None


def _demand_note(key: str) -> ClassNote:
    note = _note(key)
    if note is None:
        raise matters.gone()
    return note
