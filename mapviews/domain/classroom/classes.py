"""Begin, change and end a class; open, renew and close its code; its public page."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain.classroom import moderation, words
from mapviews.domain.stations import free_slug as station_slug
from mapviews.enums import GroupKind
from mapviews.models import ClassNote, Classroom
from mapviews.permissions import can_lead_classroom, can_own_classroom, can_register_station
from portal import audit, cache
from portal.activity.domain import stream
from portal.activity.models import Activity
from portal.comments.domain import matters, rights
from portal.exceptions import DomainError, NotAllowed

MOST_CLASSES = 20
LONGEST = timedelta(days=400)
NAME_LIMIT, TEXT_LIMIT = 120, 1000
RESERVED = {"neu", "mitmachen", "vertretung"}
VERB = "classroom.opened"


def school_year_end(today: date) -> date:
    """31 July, the last day of the school year in North Rhine-Westphalia (SchulG NRW § 7 (1))."""
    end = date(today.year, 7, 31)
    return end if today <= end - timedelta(days=30) else date(today.year + 1, 7, 31)


def create(
    user: Any,
    *,
    name: str,
    ends_on: date,
    kind: str = GroupKind.SCHOOL,
    description: str = "",
    project: Any = None,
    approve_first: bool = True,
    is_public: bool = False,
    sample: bool = False,
) -> Classroom:
    """A class with an open code. Raises `sign_in`, `blocked`, `links`, `empty`, `too_long`, `bad_date`, `too_many`."""
    if not can_register_station(user) or user.pk is None:
        raise NotAllowed(_("Bitte melden Sie sich an, um eine Klasse anzulegen."))
    fields = _checked(user, name=name, ends_on=ends_on, description=description, sample=sample)
    if Classroom.objects.led_by(user).count() >= MOST_CLASSES:
        raise DomainError("too_many", _("Sie leiten schon sehr viele Klassen. Bitte beenden Sie zuerst eine."))
    with transaction.atomic():
        classroom = Classroom.objects.create(
            **fields,
            slug=free_slug(fields["name"]),
            kind=kind,
            teacher=user,
            project=project,
            approve_first=approve_first,
            is_public=is_public,
            join_code=words.new_code(words.JOIN_LENGTH),
            sample=sample,
        )
        audit.record(actor=user, action="classroom.created", obj=classroom)
        _tell(user, classroom)
    return classroom


def change(user: Any, *, classroom: Classroom, **fields: Any) -> Classroom:
    """New texts, end, project and settings (the names of `create`). A new end begins a new school year.

    Raises what `create` raises, and `not_allowed`.
    """
    if not can_lead_classroom(user, classroom):
        raise NotAllowed()
    checked = _checked(
        user,
        name=fields["name"],
        ends_on=fields["ends_on"],
        description=fields["description"],
        sample=classroom.sample,
    )
    with transaction.atomic():
        for name, value in (fields | checked).items():
            setattr(classroom, name, value)
        if classroom.ends_on >= timezone.localdate():
            classroom.emptied_at = None
            classroom.told_end_at = None
        classroom.save()
        audit.record(actor=user, action="classroom.changed", obj=classroom, payload={"public": classroom.is_public})
        _tell(user, classroom)
    return classroom


def _checked(user: Any, *, name: str, ends_on: date, description: str, sample: bool) -> dict[str, Any]:
    if not sample:
        rights.demand_may_write(user)
        rights.demand_no_links(user, f"{name} {description}")
    name = words.line(name, NAME_LIMIT, field="name")
    if len(description) > TEXT_LIMIT:
        raise DomainError("too_long", _("Höchstens 1.000 Zeichen."), field="description")
    today = timezone.localdate()
    if not today <= ends_on <= today + LONGEST:
        message = _("Bitte wählen Sie einen Tag in den nächsten 13 Monaten.")
        raise DomainError("bad_date", message, field="ends_on")
    return {"name": name, "description": description.strip(), "ends_on": ends_on}


def free_slug(name: str) -> str:
    base = station_slug(name) if name else "klasse"
    taken = set(Classroom.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _tell(user: Any, classroom: Classroom) -> None:
    """The public page comes to the stream and before the moderation, or leaves both."""
    transaction.on_commit(cache.invalidate)
    if not classroom.is_public:
        stream.withdraw(url=classroom.canonical_url)
        matters.vanished(kind=moderation.CLASS_KEY, key=classroom.pk)
        for note in classroom.notes.exclude(release="none"):
            moderation.unpublish(note)
        return
    moderation.check_classroom(classroom)
    if classroom.withheld:
        stream.withdraw(url=classroom.canonical_url)
    elif not stream.reinstate(url=classroom.canonical_url):
        stream.publish(
            actor=user,
            verb=VERB,
            title=classroom.name,
            url=classroom.canonical_url,
            project=classroom.project,
            summary=classroom.description,
            sample=classroom.sample,
        )
    else:
        Activity.objects.filter(url=classroom.canonical_url).update(title=classroom.name, project=classroom.project)


def set_code(user: Any, *, classroom: Classroom, is_open: bool) -> str | None:
    """A new code (the old one stops at once), or none: nobody joins. Who has joined stays. Raises `not_allowed`."""
    if not can_lead_classroom(user, classroom):
        raise NotAllowed()
    with transaction.atomic():
        classroom.join_code = words.new_code(words.JOIN_LENGTH) if is_open else None
        classroom.save(update_fields=["join_code", "updated_at"])
        audit.record(actor=user, action="classroom.code_changed", obj=classroom, payload={"open": is_open})
    return classroom.join_code


def end(user: Any, *, classroom: Classroom) -> None:
    """Deletes the class with members and notes for good; its boxes stay stations of their owner.

    Raises `not_allowed`.
    """
    if not can_own_classroom(user, classroom):
        raise NotAllowed()
    with transaction.atomic():
        audit.record(actor=user, action="classroom.ended", obj=classroom)
        remove(classroom)


def remove(classroom: Classroom) -> None:
    """The rows of a class, inside the caller's transaction."""
    stream.withdraw(url=classroom.canonical_url)
    matters.vanished(kind=moderation.CLASS_KEY, key=classroom.pk)
    forget_notes(ClassNote.objects.filter(classroom=classroom))
    classroom.delete()
    transaction.on_commit(cache.invalidate)


def forget_notes(notes: Any) -> int:
    """Deletes notes and what waits about them in the queue; returns how many."""
    for note in notes.exclude(release="none"):
        matters.vanished(kind=moderation.NOTE_KEY, key=note.uuid)
    return int(notes.delete()[0])
