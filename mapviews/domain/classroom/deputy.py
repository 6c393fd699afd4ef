"""A second person who leads the class, invited by mail; she takes over when the teacher's account is erased."""

from __future__ import annotations

from typing import Any

from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mapviews.domain import invited, tokens
from mapviews.models import ClassInvitation, Classroom, Station
from mapviews.permissions import can_own_classroom, can_register_station
from portal import audit
from portal.exceptions import DomainError, NotAllowed
from portal.outbox.domain import queue


def invite(user: Any, *, classroom: Classroom, email: str) -> ClassInvitation:
    """Mails a link; an earlier invitation ends. Raises `not_allowed`, `bad_email`, `own_address`."""
    if not can_own_classroom(user, classroom):
        raise NotAllowed()
    email = invited.address_of(user, email)
    code, hashed = tokens.new_token("dhv")
    with transaction.atomic():
        ClassInvitation.objects.filter(classroom=classroom).delete()
        made = ClassInvitation.objects.create(
            classroom=classroom,
            email=email,
            code_hash=hashed,
            offered_by=user,
            expires_at=timezone.now() + invited.VALID,
        )
        audit.record(actor=user, action="classroom.deputy_invited", obj=classroom)
        queue.enqueue(message=_mail(classroom, email, code))
    return made


def _mail(classroom: Classroom, email: str, code: str) -> EmailMessage:
    return invited.letter(
        email,
        subject=_("Vertretung für „%s“") % classroom.name,
        text=_(
            "jemand möchte, dass Sie auf der Digitalen Heimat PB eine Klasse oder Gruppe mit leiten, die zusammen "
            "misst. Sie brauchen dafür ein Konto mit dieser E-Mail-Adresse."
        ),
        path=f"/sensoren/klassen/vertretung/{code}/",
    )


def find(code: str) -> ClassInvitation | None:
    """The open invitation with this code."""
    rows = ClassInvitation.objects.filter(code_hash=tokens.hash_token(code), expires_at__gt=timezone.now())
    return rows.select_related("classroom", "offered_by").first()


def accept(user: Any, *, code: str) -> Classroom:
    """The person of the address leads with the teacher. Raises `not_allowed`, `no_offer`, `other_address`."""
    if not can_register_station(user) or user.pk is None:
        raise NotAllowed()
    with transaction.atomic():
        rows = ClassInvitation.objects.select_for_update(of=("self",)).select_related("classroom")
        found = rows.filter(code_hash=tokens.hash_token(code), expires_at__gt=timezone.now()).first()
        if found is None:
            raise DomainError("no_offer", _("Diese Einladung gibt es nicht mehr."), status=404)
        if found.email != user.email.lower():
            message = _("Diese Einladung ging an eine andere E-Mail-Adresse. Bitte melden Sie sich mit dieser an.")
            raise DomainError("other_address", message, status=403)
        classroom = found.classroom
        classroom.deputy = user
        classroom.save(update_fields=["deputy", "updated_at"])
        found.delete()
        audit.record(actor=user, action="classroom.deputy_joined", obj=classroom)
    return classroom


def forget_expired() -> int:
    """The periodic job: invitations nobody took hold an address no longer needed; returns how many."""
    return ClassInvitation.objects.filter(expires_at__lte=timezone.now()).delete()[0]


def dismiss(user: Any, *, classroom: Classroom) -> None:
    """The teacher ends the deputy's part or an open invitation; the deputy her own. Raises `not_allowed`."""
    if not can_own_classroom(user, classroom) and user.pk != classroom.deputy_id:
        raise NotAllowed()
    with transaction.atomic():
        ClassInvitation.objects.filter(classroom=classroom).delete()
        classroom.deputy = None
        classroom.save(update_fields=["deputy", "updated_at"])
        audit.record(actor=user, action="classroom.deputy_dismissed", obj=classroom)


def hand_over(classroom: Classroom) -> int:
    """The deputy becomes the teacher, and the boxes hers: they go on sending. Earlier places and alerts go.

    Called when the teacher's account is erased, inside that transaction; returns how many boxes changed hands.
    """
    boxes = Station.objects.filter(class_box__classroom=classroom, owner=classroom.teacher)
    for station in boxes:
        station.locations.filter(is_current=False).delete()
        for channel in station.channels.all():
            channel.thresholds.all().delete()
    moved = boxes.update(owner=classroom.deputy, silence_hours=None, silence_told_at=None)
    classroom.notes.filter(author=classroom.teacher).update(author=None)
    classroom.teacher, classroom.deputy = classroom.deputy, None  # type: ignore[assignment]
    classroom.save(update_fields=["teacher", "deputy", "updated_at"])
    audit.record(actor=None, action="classroom.handed_over", obj=classroom, payload={"boxes": moved})
    return moved
