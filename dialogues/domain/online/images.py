"""Pictures of contributions: at most three, each drawn anew by `portal.pictures`."""

from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from dialogues import permissions
from dialogues.domain.online import gates
from dialogues.models import Contribution, ContributionImage
from portal import audit, cache
from portal.exceptions import DomainError, NotAllowed
from portal.pictures import redraw

MOST = 3


def add(*, user: Any, contribution: Contribution, upload: Any, alt: str) -> ContributionImage:
    """Adds a picture to the own contribution (staff: to one they entered). `upload` has `size` and `open()`.

    Errors: sign_in, blocked, not_allowed, too_late, too_many, no_alt, too_big, no_image.
    """
    person = gates.demand_voice(user)
    demand_hand(person, contribution)
    if contribution.images.count() >= MOST:
        raise DomainError("too_many", _("Mehr als drei Bilder gehen nicht."), field="image", status=409)
    if not alt.strip():
        message = _("Bitte schreiben Sie in einem Satz, was zu sehen ist. Wer nicht sehen kann, hört diesen Satz.")
        raise DomainError("no_alt", message, field="alt")
    alt = gates.line(alt, 250, field="alt")
    data, (width, height) = redraw(upload)
    with transaction.atomic():
        image = ContributionImage(contribution=contribution, alt=alt, width=width, height=height)
        image.file.save(f"{image.uuid}.jpg", ContentFile(data), save=False)
        image.save()
        audit.record(actor=user, action="contribution.image_added", obj=contribution)
        transaction.on_commit(cache.invalidate)
    return image


def remove(*, user: Any, image: ContributionImage) -> None:
    """Removes a picture with its file. Errors: sign_in, not_allowed."""
    person = gates.demand_sign_in(user)
    contribution = image.contribution
    if not (permissions.is_author(person, contribution) or permissions.can_run(person)):
        raise NotAllowed
    with transaction.atomic():
        drop(image)
        audit.record(actor=user, action="contribution.image_removed", obj=contribution)
        transaction.on_commit(cache.invalidate)


def remove_all(contribution: Contribution) -> None:
    for image in contribution.images.all():
        drop(image)


def drop(image: ContributionImage) -> None:
    """The row now, the file when the transaction holds."""
    file = image.file
    image.delete()
    transaction.on_commit(lambda: file.delete(save=False))


def demand_hand(user: Any, contribution: Contribution) -> None:
    if permissions.can_record(user) and contribution.recorded_by_id == user.pk:
        return
    if not permissions.is_author(user, contribution):
        raise NotAllowed(_("Bilder fügt hinzu, wer den Beitrag geschrieben hat."))
    if not permissions.can_edit_contribution(user, contribution):
        message = _("Bilder gehen nur, solange gesammelt wird und die Stadt noch nicht geantwortet hat.")
        raise DomainError("too_late", message, status=409)
